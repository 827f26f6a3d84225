"""Reading CSL-JSON items: the one entrance by which a source comes into the library."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from references.errors import InvalidItem
from references.text import clean_text
from references.variables import (
    DATE_PARTS,
    DATE_VARIABLES,
    FLAGS,
    ITEM_TYPES,
    LONG_VARIABLES,
    NAME_PARTS,
    NAME_VARIABLES,
    TEXT_VARIABLES,
)

Item = dict[str, Any]

MAX_LINE = 2_000  # characters of a variable
MAX_LONG = 20_000  # characters of an abstract or a note
MAX_DOI = 300  # characters; it is indexed
MAX_NAMES = 5_000  # the largest physics collaborations sign with about 5,000 names
MAX_CUSTOM_DEPTH = 5
MAX_CUSTOM_VALUES = 200
EARLIEST_YEAR, LATEST_YEAR = 1000, 2999

_DOI_PREFIX = re.compile(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PMID = re.compile(r"[1-9]\d{0,8}")
_PMCID = re.compile(r"PMC[1-9]\d{0,9}")


def read_item(raw: object) -> Item:
    """The item in its one stored form: known variables, clean texts, whole dates.

    Empty variables are left out. Numbers in texts become strings, a DOI loses the address in
    front of it. `custom` is kept as it is but for the cleaning of its texts.

    Raises:
        InvalidItem: it names the first variable with a fault, and what is wrong with it.
    """
    if not isinstance(raw, Mapping):
        raise InvalidItem("", _("A reference is a JSON object with variables such as “title”."))
    item: Item = {}
    for variable, value in raw.items():
        read = _reader(variable)(variable, value)
        if read not in ("", None, [], {}):
            item[variable] = read
    for needed in ("type", "title"):
        if needed not in item:
            raise InvalidItem(needed, _("This is missing. Every reference has one."))
    return item


def _reader(variable: object) -> Callable[[str, object], Any]:
    if isinstance(variable, str) and variable in _READERS:
        return _READERS[variable]
    raise InvalidItem(
        clean_text(str(variable), single_line=True)[:80],
        _("CSL-JSON has no such variable. What is your own belongs into “custom”."),
    )


def _text(variable: str, value: object, *, name: bool = False) -> str:
    if not isinstance(value, str):
        value = _as_text(variable, value)
    is_long = variable in LONG_VARIABLES
    most = MAX_LONG if is_long else MAX_LINE
    if len(value) > most:
        raise InvalidItem(
            variable, _("This is too long: at most %(most)d characters.") % {"most": most}
        )
    return clean_text(value, single_line=not is_long, name=name).strip()


def _as_text(variable: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise InvalidItem(variable, _("This must be a text."))


def _type(variable: str, value: object) -> str:
    if value not in ITEM_TYPES:
        raise InvalidItem(variable, _("This is not a type that CSL knows, such as “book”."))
    return str(value)


def _url(variable: str, value: object) -> str:
    text = _text(variable, value)
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if text and (not good or re.search(r"[\s<>\"]", text)):
        raise InvalidItem(
            variable, _("This must be a web address that begins with http:// or https://.")
        )
    return text


def _doi(variable: str, value: object) -> str:
    text = _DOI_PREFIX.sub("", _text(variable, value))
    if text and (len(text) > MAX_DOI or not _DOI.fullmatch(text)):
        raise InvalidItem(variable, _("A DOI looks like 10.1000/182, without spaces."))
    return text


def _pmid(variable: str, value: object) -> str:
    text = _text(variable, value)
    if text and not _PMID.fullmatch(text):
        raise InvalidItem(variable, _("A PMID is a number of up to nine digits."))
    return text


def _pmcid(variable: str, value: object) -> str:
    text = _text(variable, value).upper()
    if text and not _PMCID.fullmatch(text):
        raise InvalidItem(variable, _("A PMCID looks like PMC7330451."))
    return text


def _names(variable: str, value: object) -> list[Item]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidItem(variable, _("This must be a list of names."))
    if len(value) > MAX_NAMES:
        raise InvalidItem(
            variable, _("These are too many names: at most %(most)d.") % {"most": MAX_NAMES}
        )
    return [name for name in (_name(variable, raw) for raw in value) if name]


def _name(variable: str, raw: object) -> Item:
    if not isinstance(raw, Mapping) or not NAME_PARTS.issuperset(raw):
        raise InvalidItem(
            variable,
            _("A name has “family” and “given”, or, for a group, “literal”, and nothing else."),
        )
    parts = {part: _flag_or_text(variable, part, value) for part, value in raw.items()}
    return parts if _has_words(parts) else {}


def _has_words(name: Item) -> bool:
    return any(name.get(part) for part in ("family", "given", "literal"))


def _flag_or_text(variable: str, part: str, value: object) -> str | bool:
    if part in FLAGS and isinstance(value, bool):
        return value
    return _text(variable, value, name=part in NAME_PARTS)


def _date(variable: str, value: object) -> Item:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not DATE_PARTS.issuperset(value):
        raise InvalidItem(
            variable, _("A date has “date-parts” such as [[2020, 4, 1]], or “literal” in words.")
        )
    date: Item = {
        part: _flag_or_text(variable, part, words)
        for part, words in value.items()
        if part != "date-parts"
    }
    raw = value.get("date-parts") or []
    if not isinstance(raw, list) or len(raw) > 2:
        raise _wrong_date(variable)
    found = [_day(variable, day) for day in raw]
    if any(found):
        date["date-parts"] = [day for day in found if day]
    return {part: words for part, words in date.items() if words not in ("", False)}


def _day(variable: str, raw: object) -> list[int]:
    """Year, month and day as far as they are known; an unknown rest may be null or missing."""
    if not isinstance(raw, list) or len(raw) > 3:
        raise _wrong_date(variable)
    known = list(raw)
    while known and known[-1] in (None, ""):
        known.pop()
    if not known:
        return []
    try:
        numbers = [int(str(part)) for part in known]
        datetime.date(*[*numbers, 1, 1][:3])
    except (ValueError, OverflowError):
        raise _wrong_date(variable) from None
    if not EARLIEST_YEAR <= numbers[0] <= LATEST_YEAR:
        raise _wrong_date(variable)
    return numbers


def _wrong_date(variable: str) -> InvalidItem:
    return InvalidItem(
        variable,
        _("This is no date: give a year of four digits, then month and day where known."),
    )


def _categories(variable: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise InvalidItem(variable, _("This must be a list of texts."))
    return [_text(variable, text) for text in value]


def _custom(variable: str, value: object) -> Item:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InvalidItem(variable, _("This must be a JSON object."))
    cleaned: Item = _cleaned(value, MAX_CUSTOM_DEPTH, [MAX_CUSTOM_VALUES])
    corrections = cleaned.get("correction")
    if corrections is not None:
        for correction in corrections if isinstance(corrections, list) else [corrections]:
            _check_correction(correction)
    return cleaned


def _cleaned(value: object, depth: int, values_left: list[int]) -> Any:
    """The JSON value with clean texts, if it is neither too deep nor too large."""
    values_left[0] -= 1
    if depth < 0 or values_left[0] < 0:
        raise InvalidItem("custom", _("This holds too much. Keep only what belongs to the source."))
    if isinstance(value, Mapping):
        return {
            _text("custom", key): _cleaned(inner, depth - 1, values_left)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_cleaned(inner, depth - 1, values_left) for inner in value]
    if value is None or isinstance(value, bool | int):
        return value
    return _text("custom", value)


def _check_correction(correction: object) -> None:
    if not isinstance(correction, dict):
        raise InvalidItem("custom.correction", _("A correction is a JSON object."))
    for key, read in (("citation", _text), ("DOI", _doi), ("PMID", _pmid), ("ref", _text)):
        correction[key] = read(f"custom.correction.{key}", correction.get(key))
        if not correction[key]:
            del correction[key]
    if not {"citation", "DOI", "PMID", "ref"} & correction.keys():
        raise InvalidItem(
            "custom.correction",
            _("A correction says where it appeared: “citation”, “DOI”, “PMID” or “ref”."),
        )


_READERS: dict[str, Callable[[str, object], Any]] = {
    **dict.fromkeys(TEXT_VARIABLES | {"id"}, _text),
    **dict.fromkeys(NAME_VARIABLES, _names),
    **dict.fromkeys(DATE_VARIABLES, _date),
    "type": _type,
    "URL": _url,
    "DOI": _doi,
    "PMID": _pmid,
    "PMCID": _pmcid,
    "custom": _custom,
    "categories": _categories,
}
