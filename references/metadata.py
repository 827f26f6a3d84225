"""What a page says of a source to reference managers: citation_* names, and COinS.

Formats: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing (Highwire Press tags);
https://web.archive.org/web/20170424223537/http://ocoins.info/ (COinS, over OpenURL 1.0).
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode


class Meta(NamedTuple):
    """One name and value for the head of a page."""

    name: str
    content: str


SINGLE = {
    "citation_title": "title",
    "citation_journal_title": "container-title",
    "citation_journal_abbrev": "container-title-short",
    "citation_publisher": "publisher",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_doi": "DOI",
    "citation_pmid": "PMID",
    "citation_issn": "ISSN",
    "citation_isbn": "ISBN",
    "citation_language": "language",
}
OPENURL = {
    "rft.atitle": "title",
    "rft.jtitle": "container-title",
    "rft.volume": "volume",
    "rft.issue": "issue",
    "rft.pages": "page",
    "rft.issn": "ISSN",
}


def citation_metas(item: Mapping[str, Any]) -> list[Meta]:
    """The Highwire Press tags of an item."""
    return list(_metas(item))


def _metas(item: Mapping[str, Any]) -> Iterator[Meta]:
    for name, variable in SINGLE.items():
        if item.get(variable):
            yield Meta(name, str(item[variable]))
    for person in item.get("author", ()):
        yield Meta("citation_author", _name(person))
    if date := "/".join(_date(item)):
        yield Meta("citation_publication_date", date)
    first, _dash, last = str(item.get("page", "")).partition("-")
    for name, page in (("citation_firstpage", first), ("citation_lastpage", last)):
        if page:
            yield Meta(name, page)


def coins(item: Mapping[str, Any]) -> str:
    """The item as an OpenURL context object, for the title of an empty span."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        *((name, str(item[variable])) for name, variable in OPENURL.items() if item.get(variable)),
        *(("rft.au", _name(person)) for person in item.get("author", ())),
    ]
    if date := "-".join(_date(item)):
        pairs.append(("rft.date", date))
    if doi := item.get("DOI"):
        pairs.append(("rft_id", f"info:doi/{doi}"))
    return urlencode(pairs)


def _name(person: Mapping[str, Any]) -> str:
    parts = (person.get("literal") or person.get("family", ""), person.get("given", ""))
    return ", ".join(filter(None, parts))


def _date(item: Mapping[str, Any]) -> list[str]:
    parts = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    return [f"{part:02}" for part in parts]
