"""Web addresses of identifiers, and the check that keeps other schemes out of links."""

from urllib.parse import quote, urlsplit


def doi_url(doi: str) -> str:
    """The address that resolves a DOI."""
    return f"https://doi.org/{quote(doi, safe='/():;._-')}"


def pubmed_url(pmid: str) -> str:
    """The record of a PMID in PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid, safe='')}/"


def pmc_url(pmcid: str) -> str:
    """The full text of a PMCID in PubMed Central."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{quote(pmcid, safe='')}/"


def web_url(url: str) -> str:
    """The address if a link may lead to it, which means http or https; else nothing."""
    try:
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else ""
    except ValueError:
        return ""
