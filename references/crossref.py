"""Understanding Crossref's answers: a work as an item, and the notices about it.

Format: https://api.crossref.org/swagger-ui/index.html (the message of /works/{doi}). Nothing here
asks for anything; a value of the wrong kind is an `UnexpectedAnswer` and nothing else.
"""

import datetime
import html
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from references.csl import MAX_NAMES, Item, read_item
from references.errors import InvalidItem
from references.notices import Notice, NoticeType
from references.services import UnexpectedAnswer
from references.text import clean_text
from references.variables import (
    DATE_PARTS,
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_PARTS,
    NAME_VARIABLES,
    TEXT_VARIABLES,
)

SERVICE = "Crossref"
MAX_MARKUP = 20_000  # characters of a text with its markup
MAX_NOTICES = 500  # about one work; the most that are known are a few dozen

_TYPES = {
    "journal-article": "article-journal",
    "posted-content": "article",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "chapter",
    "proceedings-article": "paper-conference",
    "proceedings": "book",
    "monograph": "book",
    "book": "book",
    "edited-book": "book",
    "reference-book": "book",
    "report": "report",
    "report-component": "report",
    "standard": "standard",
    "dissertation": "thesis",
    "dataset": "dataset",
    "database": "dataset",
    "peer-review": "review",
    "journal": "periodical",
    "journal-issue": "periodical",
}

_KINDS = {
    "correction": NoticeType.CORRECTION,
    "corrigendum": NoticeType.CORRECTION,
    "erratum": NoticeType.CORRECTION,
    "retraction": NoticeType.RETRACTION,
    "partial_retraction": NoticeType.RETRACTION,
    "withdrawal": NoticeType.RETRACTION,
    "removal": NoticeType.RETRACTION,
    "expression_of_concern": NoticeType.CONCERN,
}

# It goes behind “retracted in” and its like.
WITHOUT_DOI = "a notice without a DOI"

# Of another service's CSL-JSON: what is ours to say, or speaks of the service itself.
_NOT_TAKEN = frozenset({"accessed", "annote", "citation-key", "citation-label", "note", "source"})

_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
# What stands in escaped markup; other words between < and > may be part of a sentence.
_KNOWN_TAG = re.compile(
    r"</?(?:jats:|mml:)?(?:i|b|u|em|strong|sub|sup|sc|scp|italic|bold|underline|inf|p|br|span"
    r"|title|tt|math|mi|mn|mo|mrow|msub|msup|mtext)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Not “Retracted-nipple repair”, nor a title in capitals throughout.
_RETRACTED = re.compile(
    r"\s*(?:[\[(]retracted(?: (?:article|chapter|paper))?[\])]\s*:?"
    r"|retracted(?: (?:article|chapter|paper))?(?:\s*:|\s+[\u2013\u2014-]\s))\s*",
    re.IGNORECASE,
)
_RETRACTED_CAPITALS = re.compile(r"\s*RETRACTED(?: ARTICLE| CHAPTER| PAPER)?\s+(?=[^a-z]*[a-z])")
_WITHDRAWN = re.compile(
    r"\s*[\[(]?(?:withdrawn(?: article)?|removed|temporary removal)[\])]?\s*:\s*", re.IGNORECASE
)


def item_of(message: Mapping[str, Any]) -> Item:
    """The work as CSL-JSON for `read_item`, which still has to check it.

    Raises:
        UnexpectedAnswer: a value in the message is of the wrong kind.
    """
    message = _mapping(message)
    doi = _text(message, "DOI")
    kind = _text(message, "type")
    short = plain(_first(message, "short-container-title")).replace(".", "")
    item: Item = {
        "type": _TYPES.get(kind, "document"),
        "title": without_prefix(_title(message)),
        "container-title": plain(_first(message, "container-title")),
        "container-title-short": " ".join(short.split()),
        "author": _names(message, "author"),
        "editor": _names(message, "editor"),
        "issued": _issued(message),
        "volume": _text(message, "volume"),
        "issue": _text(message, "issue"),
        "page": _text(message, "page") or _text(message, "article-number"),
        "publisher": plain(_text(message, "publisher")),
        "DOI": doi,
        "URL": "" if doi else _text(message, "URL"),
        "ISSN": _first(message, "ISSN"),
        "ISBN": _first(message, "ISBN"),
        "genre": "Preprint" if _text(message, "subtype") == "preprint" else "",
    }
    return {variable: value for variable, value in item.items() if value}


def item_of_csl(data: object) -> Item:
    """The item of the CSL-JSON that doi.org gives, without what is not of CSL.

    Raises:
        UnexpectedAnswer: this is no JSON object.
    """
    item: Item = {}
    for variable, value in _mapping(data).items():
        if variable in _NOT_TAKEN:
            continue
        if variable in TEXT_VARIABLES:
            text = value[0] if isinstance(value, list) and value else value
            item[variable] = plain(text) if isinstance(text, str) else text
        elif variable in NAME_VARIABLES and isinstance(value, list):
            item[variable] = [_kept(name, NAME_PARTS) for name in value]
        elif variable in DATE_VARIABLES:
            item[variable] = _kept(value, DATE_PARTS)
    kind = str(_mapping(data).get("type"))
    item["type"] = kind if kind in ITEM_TYPES else _TYPES.get(kind, "document")
    if isinstance(item.get("title"), str):
        item["title"] = without_prefix(item["title"])
    if item.get("DOI"):
        item.pop("URL", None)
    return {variable: value for variable, value in item.items() if value}


def notices_of_message(message: Mapping[str, Any]) -> list[Notice]:
    """What was published about the work later, each publication once.

    Crossref takes notices from publishers and from Retraction Watch, often the same one twice.

    Raises:
        UnexpectedAnswer: a value in the message is of the wrong kind.
    """
    message = _mapping(message)
    found: dict[tuple[str, NoticeType], Notice] = {}
    updates = _list(message, "updated-by")
    if len(updates) > MAX_NOTICES:
        raise _unexpected()
    for update in updates:
        notice = _notice(_mapping(update))
        found.setdefault((notice.doi.lower(), notice.type), notice)
    notices = list(found.values())
    is_told = any(notice.type == NoticeType.RETRACTION for notice in notices)
    if not is_told and says_retracted(_title(message)):
        notices.append(Notice(NoticeType.RETRACTION, WITHOUT_DOI, service="crossref"))
    return notices


def plain(text: str) -> str:
    """A text without the HTML or JATS in it; “&amp;lt;i&amp;gt;” is markup too.

    Raises:
        UnexpectedAnswer: the markup cannot be read.
    """
    if len(text) > MAX_MARKUP:
        raise _unexpected()
    try:
        once = html.unescape(_TAG.sub("", text))
        return clean_text(html.unescape(_KNOWN_TAG.sub("", once)), single_line=True)
    except ValueError:  # a character reference with thousands of digits
        raise _unexpected() from None


def says_retracted(title: str) -> bool:
    """Whether a title begins with the word that publishers put before retracted works."""
    return bool(_RETRACTED.match(title) or _RETRACTED_CAPITALS.match(title))


def without_prefix(title: str) -> str:
    """The title as it was before the publisher wrote “RETRACTED:” or its like before it."""
    for prefix in (_RETRACTED, _RETRACTED_CAPITALS, _WITHDRAWN):
        found = prefix.match(title)
        if found and title[found.end() :].strip():
            return title[found.end() :].strip()
    return title


def _unexpected() -> UnexpectedAnswer:
    return UnexpectedAnswer(SERVICE, _("A value in the record is not what it should be."))


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _unexpected()
    return value


def _list(message: Mapping[str, Any], key: str) -> list[Any]:
    value = message.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _unexpected()
    return value


def _text(message: Mapping[str, Any], key: str) -> str:
    return _as_text(message.get(key))


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _unexpected()
    return str(value)


def _first(message: Mapping[str, Any], key: str) -> str:
    """The first text of a list that is not empty."""
    return next(filter(None, map(_as_text, _list(message, key))), "")


def _title(message: Mapping[str, Any]) -> str:
    """The title, and the subtitle behind a colon unless the title has it already."""
    title, subtitle = plain(_first(message, "title")), plain(_first(message, "subtitle"))
    if not title or not subtitle or title.lower().endswith(subtitle.lower()):
        return title or subtitle
    return f"{title}{' ' if title[-1] in ':?!' else ': '}{subtitle}"


def _names(message: Mapping[str, Any], key: str) -> list[Item]:
    names = []
    # One more than is allowed, for the item to be refused for it.
    for raw in map(_mapping, _list(message, key)[: MAX_NAMES + 1]):
        parts = {part: plain(_text(raw, part)) for part in ("family", "given", "suffix")}
        if not parts["family"]:
            parts = {"literal": plain(_text(raw, "name")) or parts["given"]}
        name = {part: text for part, text in parts.items() if text}
        names += [name] if name else []
    return names


def _issued(message: Mapping[str, Any]) -> Item:
    """The date in print, else online, else the earlier one of whatever Crossref knows."""
    for key in ("published-print", "published-online", "issued"):
        parts = _date_parts(message.get(key))
        if parts:
            return {"date-parts": [parts]}
    return {}


def _date_parts(value: object) -> list[int]:
    """Year, month and day as far as they are known."""
    if value is None:
        return []
    days = _list(_mapping(value), "date-parts")
    parts = days[0] if days else []
    if not isinstance(parts, list):
        raise _unexpected()
    known: list[int] = []
    for part in parts[:3]:
        if part is None:
            break
        if isinstance(part, bool) or not isinstance(part, int) or not 0 < part < 10_000:
            raise _unexpected()
        known.append(part)
    return known


def _notice(update: Mapping[str, Any]) -> Notice:
    kind = re.sub(r"[\s-]+", "_", _text(update, "type").strip().lower())
    is_watch = _text(update, "source") == "retraction-watch"
    doi = _doi(_text(update, "DOI"))
    return Notice(
        type=_KINDS.get(kind, NoticeType.OTHER),
        text=doi or WITHOUT_DOI,
        doi=doi,
        service="retraction-watch" if is_watch else "crossref",
        published=_iso(_date_parts(update.get("updated"))),
    )


def _iso(parts: list[int]) -> str:
    """The date as 2024, 2024-05 or 2024-05-06, or nothing when there is no such day."""
    try:
        day = datetime.date(*[*parts, 1, 1][:3]) if parts else None
    except ValueError:
        return ""
    return day.isoformat()[: len("2024-05-06") - 3 * (3 - len(parts))] if day else ""


def _doi(text: str) -> str:
    """The DOI in its stored form, or nothing when it is none."""
    try:
        return str(read_item({"type": "document", "title": "-", "DOI": text}).get("DOI", ""))
    except InvalidItem:
        return ""


def _kept(value: object, parts: frozenset[str]) -> object:
    """An object without the keys that CSL does not know."""
    if not isinstance(value, Mapping):
        return value
    return {key: inner for key, inner in value.items() if key in parts}
