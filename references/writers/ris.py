"""RIS, the oldest common form: a tag and a value a line.

Format: https://github.com/aurimasv/translators/wiki/RIS-Tag-Map
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "legal_case": "CASE",
    "legislation": "STAT",
    "motion_picture": "VIDEO",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
OTHER = "GEN"
NAMES = {"author": "AU", "editor": "ED"}
# The tag of each variable that is a text, in the order in which they stand.
TEXTS = {
    "title": "TI",
    "container-title": "T2",
    "container-title-short": "J2",
    "volume": "VL",
    "issue": "IS",
    "DOI": "DO",
    "PMCID": "C2",
    "URL": "UR",
    "publisher": "PB",
    "publisher-place": "CY",
    "edition": "ET",
    "language": "LA",
    "abstract": "AB",
}
DATES = {"issued": "PY", "accessed": "Y2"}


def write(items: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """One record an item. No value can begin a line, so none can begin a record."""
    for citekey, item in items:
        lines = [f"{tag}  - {_line(value)}" for tag, value in _fields(citekey, item)]
        yield "\n".join([*lines, "ER  - ", "", ""])


def _line(value: str) -> str:
    return " ".join(value.split())


def _fields(citekey: str, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(str(item.get("type")), OTHER)
    yield "ID", citekey
    for variable, tag in NAMES.items():
        yield from ((tag, _name(name)) for name in item.get(variable, ()))
    yield from ((tag, str(item[name])) for name, tag in TEXTS.items() if item.get(name))
    yield from _pages(str(item.get("page", "")))
    yield from (("SN", str(item[name])) for name in ("ISSN", "ISBN") if item.get(name))
    if pmid := str(item.get("PMID", "")):
        yield "AN", f"PMID: {pmid}"
    dates = ((tag, _date(item.get(variable))) for variable, tag in DATES.items())
    yield from ((tag, date) for tag, date in dates if date)
    words = str(item.get("keyword", "")).split(", ")
    yield from (("KW", word) for word in words if word)


def _name(name: Mapping[str, Any]) -> str:
    if literal := name.get("literal"):
        return str(literal)
    particles = [name.get(part, "") for part in ("dropping-particle", "non-dropping-particle")]
    family = " ".join(filter(None, [*particles, name.get("family", "")]))
    return ", ".join(filter(None, [family, name.get("given", ""), name.get("suffix", "")]))


def _pages(page: str) -> Iterator[tuple[str, str]]:
    first, dash, last = page.partition("-")
    if first:
        yield "SP", first
    if dash and last:
        yield "EP", last


def _date(date: Mapping[str, Any] | None) -> str:
    """Year, month and day as RIS writes them: 2016/04/12."""
    parts = ((date or {}).get("date-parts") or [[]])[0]
    numbers = [str(part) if place == 0 else f"{part:02}" for place, part in enumerate(parts)]
    return "/".join(numbers) if len(numbers) < 2 else "/".join([*numbers, "", ""][:3])
