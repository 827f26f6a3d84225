"""CSL-JSON: a list of items, one item alone, or an object with a list called “items”.

Format: https://github.com/citation-style-language/schema (csl-data.json).
"""

import json
import re
from collections.abc import Generator, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from references.readers.records import MAX_RECORD, SHOWN, Record, record, too_long, unread

MAX_BRACKETS = 1_000_000  # that open; each takes much more memory than its one character
# Numbers stay as they are written; what JSON does not know, such as NaN, holds nothing.
_DECODER = json.JSONDecoder(parse_float=str, parse_constant=lambda _name: None)
_SPACE = re.compile(r"[ \t\n\r]*")


def read(text: str) -> Iterator[Record]:
    """The records of a file of CSL-JSON; after broken JSON there is none."""
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        reason = _("This JSON has more than %(most)d brackets. Split it and import the parts.")
        yield unread(1, reason % {"most": MAX_BRACKETS}, text)
        return
    line, place = 1, 0
    try:
        for value in _values(text):
            line += text.count("\n", place, value.begin)
            place = value.begin
            yield _record(line, value.json, text[place : value.end])
    except RecursionError:
        reason = _("This JSON is nested too deep to be a list of references.")
        yield unread(line, reason, text[place:])
    except ValueError as error:
        line = getattr(error, "lineno", line)
        yield unread(line, _("This is not JSON: %(error)s") % {"error": error}, text[place:])


def _record(line: int, raw: Any, text: str) -> Record:
    if not isinstance(raw, dict):
        reason = _("A reference is a JSON object with variables such as “title”.")
        return unread(line, reason, text)
    if len(text) > MAX_RECORD:
        return too_long(line, text)
    key = raw.get("id") or raw.get("citation-key")
    known = key if isinstance(key, str | int) else ""
    return record(line, raw, key=str(known), text=text[: 4 * SHOWN])


class _Value(NamedTuple):
    """A value, and where its text begins and ends."""

    begin: int
    end: int
    json: Any


def _values(text: str) -> Iterator[_Value]:
    """What may be items, one after the other."""
    outermost = _behind_space(text, 0)
    begin = _list_in(text, outermost) if text.startswith("{", outermost) else outermost
    if text.startswith("[", begin):
        end = yield from _elements(text, begin)
    else:
        value, end = _DECODER.raw_decode(text, begin)
        yield _Value(begin, end, value)
    end = _behind_space(text, end)
    if begin == outermost and end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)


def _elements(text: str, place: int) -> Generator[_Value, None, int]:
    """The values of the list that begins at the place; returns where it ends."""
    place = _behind_space(text, place + 1)
    if text.startswith("]", place):
        return place + 1
    while True:
        value, end = _DECODER.raw_decode(text, place)
        yield _Value(place, end, value)
        place = _behind_space(text, end)
        if text.startswith("]", place):
            return place + 1
        if not text.startswith(",", place):
            raise json.JSONDecodeError("Expecting ',' delimiter", text, place)
        place = _behind_space(text, place + 1)


def _list_in(text: str, begin: int) -> int:
    """Where the list called “items” of the object begins; without one, the object's own place."""
    place = _behind_space(text, begin + 1)
    while text.startswith('"', place):
        name, place = _DECODER.raw_decode(text, place)
        place = _behind_space(text, place)
        if not text.startswith(":", place):
            break
        place = _behind_space(text, place + 1)
        if name == "items" and text.startswith("[", place):
            return place
        _value, place = _DECODER.raw_decode(text, place)
        place = _behind_space(text, place)
        if not text.startswith(",", place):
            break
        place = _behind_space(text, place + 1)
    return begin


def _behind_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
