"""What a page says of itself to search engines, as JSON-LD in the vocabulary of schema.org."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from pydantic_core import to_json

from references.entries import Status
from references.formatting.dates import date_parts
from references.links import doi_url, pubmed_url, web_url
from references.models import Reference

# As in Django's json_script: no text can end the element or open a comment in it.
ESCAPES = (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"))
# Of the types of CSL-JSON, those with a class of their own. https://schema.org/CreativeWork
CLASSES = {
    "article-journal": "ScholarlyArticle",
    "article": "ScholarlyArticle",
    "paper-conference": "ScholarlyArticle",
    "review": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}

# The classes that have pages: chapters, and whatever is an Article.
WITH_PAGES = {"Chapter", "NewsArticle", "Report", "ScholarlyArticle"}


def json_ld(data: Mapping[str, Any]) -> SafeString:
    """The data as a script element, which browsers do not run."""
    text = to_json({"@context": "https://schema.org", **data}).decode()
    for character, escaped in ESCAPES:
        text = text.replace(character, escaped)
    return SafeString(f'<script type="application/ld+json">{text}</script>')  # escaped above


def scholarly_article(reference: Reference) -> dict[str, Any]:
    """A source: https://schema.org/ScholarlyArticle, or the class that its type has.

    Its addresses are its own; our page about it is another thing.
    """
    item = reference.csl
    class_ = CLASSES.get(str(item.get("type")), "CreativeWork")
    known = {
        "@type": class_,
        "url": web_url(str(item.get("URL", ""))),
        "headline": item.get("title"),
        "author": [_agent(name) for name in item.get("author", ())],
        "datePublished": "-".join(f"{part:02}" for part in date_parts(item.get("issued"))),
        "publisher": item.get("publisher") and {"@type": "Organization", "name": item["publisher"]},
        "isPartOf": _container(item),
        "pagination": item.get("page") if class_ in WITH_PAGES else None,
        "identifier": _identifiers(item),
        "sameAs": _addresses(reference),
        "creativeWorkStatus": "Retracted" if reference.status == Status.RETRACTED else "",
        "correction": [
            {"@type": "CorrectionComment", "text": notice.text, "url": notice.url or None}
            for notice in reference.notices
        ],
    }
    return _without_empty(known)


def _agent(name: Mapping[str, Any]) -> dict[str, Any]:
    if literal := name.get("literal"):
        return {"@type": "Organization", "name": literal}
    parts = {"givenName": name.get("given"), "familyName": name.get("family")}
    return {"@type": "Person", "name": " ".join(filter(None, parts.values())), **parts}


def _container(item: Mapping[str, Any]) -> dict[str, Any]:
    """The journal, or the volume of it in which the source stands; else the work."""
    if not item.get("container-title"):
        return {}
    is_journal = CLASSES.get(str(item.get("type"))) == "ScholarlyArticle"
    series = "CreativeWorkSeries" if item.get("ISSN") else "CreativeWork"
    work = {
        "@type": "Periodical" if is_journal else series,
        "name": item["container-title"],
        "issn": item.get("ISSN"),
    }
    if is_journal and item.get("volume"):
        return {"@type": "PublicationVolume", "volumeNumber": item["volume"], "isPartOf": work}
    return work


def _identifiers(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": item[name]}
        for name in ("DOI", "PMID", "PMCID")
        if item.get(name)
    ]


def _addresses(reference: Reference) -> list[str]:
    doi, pmid = reference.doi, reference.pmid
    return [*([doi_url(doi)] if doi else []), *([pubmed_url(pmid)] if pmid else [])]


def _without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data without members that say nothing, at any depth."""
    return {name: kept for name, value in data.items() if (kept := _kept(value))}


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_empty(value)
    if isinstance(value, list):
        return [_kept(inner) for inner in value]
    return value
