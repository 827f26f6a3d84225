"""References pasted as text in AMA or Vancouver style, one or a whole list.

The grammar works from the tail: identifiers and addresses first, then “2016;7(2):10-19”, then the
authors from the head, and what is left is title and journal.
Style: AMA Manual of Style, 11th edition, chapter 3; https://www.nlm.nih.gov/citingmedicine.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from references.readers.records import Record, record, unread
from references.readers.text_parts import (
    QUOTES,
    Names,
    names_of,
    split_title_and_journal,
    take_identifiers,
    without_quotes,
)
from references.text import clean_text

MAX_ENTRY = 2_000  # characters
NUMBER = re.compile(
    r"\A\s*(?:\[(?P<square>\d{1,4})\]|\((?P<round>\d{1,4})\)|(?P<bare>\d{1,4})[.)])\s*"
    rf"(?=[^\W\d_]|[{QUOTES}‘])"
)
FIRST_YEAR, LAST_YEAR = 1500, 2099
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)[a-z]?"
MONTH = r"(?P<month>[A-Z][a-z]{2,8})\b\.?(?:[-–/][A-Z][a-z]+)?"
DATE = rf"{YEAR}(?:\s+{MONTH}(?:\s+(?P<day>\d{{1,2}}))?)?"
PAGE = r"[A-Za-z]{0,6}\.?\s?\d[\w.]*(?:\s*[-–—‐‑−]+\s*[A-Za-z]{0,6}\d*\w*)?"
PLACE = re.compile(
    rf"(?:(?<=[.,;?!)\]])\s*|\s)\(?{DATE}\)?\s*[;,]\s*"
    r"(?P<volume>[A-Za-z]{0,8}\.?\s?\d[\w./–-]{0,12}|[IVXLC]{1,8})?\s?"
    r"(?P<supplement>(?:Suppl|Pt|Spec No)\.?(?:\s?[\w]{1,6})?)?\s*"
    r"(?:\(\s?(?P<issue>[^()]{1,40})\))?\s*"
    rf"(?::\s*(?P<page>{PAGE}(?:,\s*{PAGE}){{0,5}}))?"
)
ONLINE = re.compile(
    r"\s*(?P<online>Preprint posted online|Published online|Posted online)\s+"
    r"(?P<month>[A-Z][a-z]+)\s+(?:(?P<day>\d{1,2}),\s+)?(?P<year>\d{4})"
)
ACCESSED = re.compile(
    r"(?:Accessed|Cited|Retrieved)(?: on)?\s+(?P<month>[A-Z][a-z]+)\.?\s+(?P<day>\d{1,2}),\s+"
    r"(?P<year>\d{4})\.?"
)
PUBLISHED = re.compile(
    r"\s*(?:Published|Updated|Reviewed)\s+(?:(?P<month>[A-Z][a-z]+)\.?\s+)?(?:(?P<day>\d{1,2}),\s+)?"
    r"(?P<year>\d{4})\.?"
)
BOOK = re.compile(
    r"(?:(?P<edition>\d{1,2})(?:st|nd|rd|th) ed\.\s+)?(?P<publisher>[^.;]{2,80});\s?(?P<year>\d{4})"
    rf"(?::(?P<page>{PAGE}))?\.?\s*$"
)
# One of these a text has that is a reference.
SOURCE = {"issued", "accessed", "DOI", "PMID", "PMCID", "URL", "ISBN", "volume", "status"}
HOST = re.compile(r"\.\s+In:\s+(?P<host>.{3,600})$")
EDITORS = re.compile(r"^(?P<names>.{2,400}?),?\s+(?:eds?|editors?)\.\s+", re.IGNORECASE)


def read(text: str) -> Iterator[Record]:
    """The references of a pasted list: one a paragraph, one a line, or one a number."""
    for line, entry in _entries(text):
        if len(entry) > MAX_ENTRY:
            reason = _("This is longer than a reference: over %(most)d characters.")
            yield unread(line, reason % {"most": MAX_ENTRY}, entry)
        else:
            raw, notes = parse(entry)
            if SOURCE.isdisjoint(raw):
                reason = _(
                    "This has no date, address or identifier: it does not read as a reference."
                )
                yield unread(line, reason, entry)
            else:
                yield record(line, raw, text=entry, notes=notes)


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Each entry with the line it begins at; wrapped lines are joined."""
    numbered = sum(_number(line) > 0 for line in io.StringIO(text)) > 1
    paragraphs = _BLANK_LINE.search(text.strip()) is not None
    begun: tuple[int, list[str]] | None = None
    last = 0
    for number, whole in enumerate(io.StringIO(text), 1):
        line = whole.strip()
        found = _number(line, last)
        begins = found > 0 if numbered else not paragraphs
        last = found or last
        if begun and (not line or begins):
            yield begun[0], " ".join(begun[1])
            begun = None
        if line and begun:
            begun[1].append(line)
        elif line:
            begun = (number, [line])
    if begun:
        yield begun[0], " ".join(begun[1])


def _number(line: str, last: int = 0) -> int:
    """The number in a list that the line begins with, or 0.

    A bare year is one only behind the number before it: a line may be wrapped before “2010. ”.
    """
    found = NUMBER.match(line)
    if not found:
        return 0
    number = int(found["square"] or found["round"] or found["bare"])
    is_year = found["bare"] and FIRST_YEAR <= number <= LAST_YEAR
    return 0 if is_year and number != last + 1 else number


def parse(entry: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The CSL-JSON variables of one entry, and notes on what had to be guessed."""
    text = clean_text(entry, single_line=True)
    if _number(text):
        text = NUMBER.sub("", text, count=1)
    item, text = take_identifiers(text)
    if found := ACCESSED.search(text):
        item["accessed"] = _date(found)
        text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    kind = (
        _journal_article(item, text)
        or _online_article(item, text)
        or _book(item, text)
        or _web_page(item, text)
    )
    notes = []
    if kind != "article-journal":
        notes.append(_("The type was guessed from the form of the text: check it."))
    if item.get("custom", {}).get("et-al"):
        notes.append(_("The text names some of the authors only (“et al”)."))
    return {**item, "type": kind}, tuple(notes)


def _journal_article(item: dict[str, Any], text: str) -> str:
    places = [found for found in PLACE.finditer(text) if found["volume"] or found["page"]]
    places = [found for found in places if found["volume"] or found["issue"] or found["page"]]
    if not places:
        return ""
    place = places[-1]
    item["issued"] = _date(place)
    item["volume"] = (place["volume"] or "").strip()
    issue = " ".join(filter(None, [place["issue"], place["supplement"]]))
    item["issue"] = re.sub(r"^(?:No|Nr|Issue)\.?\s+", "", issue.strip())
    item["page"] = expanded(place["page"] or "")
    _head(item, text[: place.start()].rstrip(" ,;("), journal=True)
    return "article-journal"


def _online_article(item: dict[str, Any], text: str) -> str:
    found = ONLINE.search(text)
    if not found:
        return ""
    item["issued"] = _date(found)
    _head(item, text[: found.start()], journal=True)
    preprint = not found["online"].startswith("Published")
    return "article" if preprint else "article-journal"


def _book(item: dict[str, Any], text: str) -> str:
    found = BOOK.search(text)
    if not found:
        return ""
    item["issued"] = {"date-parts": [[int(found["year"])]]}
    item["publisher"], item["edition"] = found["publisher"].strip(), found["edition"] or ""
    item["page"] = expanded(found["page"] or "")
    head = text[: found.start()].rstrip()
    host = HOST.search(head)
    if host is None:
        _head(item, head, journal=False)
        return "book"
    title = host["host"].rstrip(". ")
    if editors := EDITORS.match(title):
        names = names_of(editors["names"])
        item["editor"] = names.people if names else []
        title = title[editors.end() :]
    item["container-title"] = title
    _head(item, head[: host.start() + 1], journal=False)
    return "chapter"


def _web_page(item: dict[str, Any], text: str) -> str:
    if found := PUBLISHED.search(text):
        item["issued"] = _date(found)
        text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    _head(item, text, journal=". " in text.rstrip(". "))
    return "webpage" if item.get("URL") else "document"


def _head(item: dict[str, Any], head: str, *, journal: bool) -> None:
    """Authors, title and, where there is one, what it appeared in."""
    names, rest = _authors(head, needs_more=1 + journal)
    if names:
        item["author"] = names.people
        if names.et_al:
            item["custom"] = {**item.get("custom", {}), "et-al": True}
    title, container = split_title_and_journal(rest) if journal else (rest, "")
    item["title"] = without_quotes(title)
    if container:
        item["container-title"] = container


def _authors(head: str, *, needs_more: int) -> tuple[Names | None, str]:
    """The names before the first full stop, if they are names, and what follows."""
    for found in re.finditer(r"\.\s+|:\s+(?=[A-Z\"“])", head[:1500]):
        before, after = head[: found.start()], head[found.end() :]
        names = names_of(before)
        if names:
            return names, after
        if found[0].startswith(".") and not re.search(r"(?:^|[\s.])[A-Z]$", before):
            if after.rstrip(". ").count(". ") + 1 >= needs_more:
                return Names([{"literal": before}], et_al=False), after
            break
    return None, head


def expanded(page: str) -> str:
    """A range of pages with hyphen and whole numbers: 484–91 → 484-491."""
    page = re.sub(r"\s*[-–—‐‑−]+\s*", "-", page.strip().rstrip("."))
    found = re.fullmatch(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", page)
    if found and len(found[4]) <= len(found[2]) and found[3] in ("", found[1]):
        first, last = found[2], found[4]
        return f"{found[1]}{first}-{found[1]}{first[: len(first) - len(last)]}{last}"
    return page


def _date(found: re.Match[str]) -> dict[str, Any]:
    parts = [int(found["year"])]
    month = MONTHS.get((found["month"] or "")[:3].lower())
    if month:
        parts.append(month)
        if found["day"] and 1 <= int(found["day"]) <= 28 + (month != 2) * 2 + (month in _LONG):
            parts.append(int(found["day"]))
    return {"date-parts": [parts]}


_LONG = frozenset({1, 3, 5, 7, 8, 10, 12})
