"""What reading a file of sources gives, record by record."""

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from references.csl import Item, read_item
from references.errors import InvalidItem
from references.text import clean_text

SHOWN = 200  # characters of a record that could not be read
MAX_RECORD = 5_000_000  # characters; a paper with 5,000 authors takes a third of it
MAX_FAULTS = 100  # variables of a record
# Without these there is no source; any other variable with a fault is left out and named.
NEEDED = ("type", "title")


@dataclass(frozen=True, slots=True)
class Read:
    """A record that became an item. `key` is what its file calls it; it may not be a citekey.

    `line` is where the record begins, from 1. `notes` say what was left out or had to be guessed.
    """

    line: int
    item: Item
    key: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that did not become an item: where it begins, why, and its first words."""

    line: int
    reason: str
    text: str = ""


Record = Read | Unread


def record(
    line: int,
    raw: Mapping[str, Any],
    *,
    key: str = "",
    text: str = "",
    notes: tuple[str, ...] = (),
) -> Record:
    """A record from what a reader found, its variables normalised by `read_item`.

    A variable with a fault is left out and a note says so; without a type or a title the record
    is unread. `text` is the record as it stands in the file, to show what could not be read.
    """
    found = {variable: value for variable, value in raw.items() if variable != "id"}
    left_out: list[str] = []
    try:
        try:
            item = read_item(found)
        except InvalidItem:
            left_out = _faults(found)
            if len(left_out) > MAX_FAULTS:
                reason = _("Over %(most)d of its variables have a fault. The first: %(fault)s")
                return unread(line, reason % {"most": MAX_FAULTS, "fault": left_out[0]}, text)
            item = read_item(found)
    except InvalidItem as error:
        return unread(line, str(error), text)
    name = clean_text(key, single_line=True, name=True).strip()
    return Read(line, item, name, (*notes, *left_out))


def _faults(found: dict[str, Any]) -> list[str]:
    """Take out the variables with a fault, and say what they were and why; in one pass."""
    left_out: list[str] = []
    for variable, value in list(found.items()):
        try:
            if variable not in NEEDED:
                read_item({"type": "document", "title": "-", variable: value})
        except InvalidItem as error:
            del found[variable]
            words = value if isinstance(value, str) else reprlib.repr(value)
            names = {"variable": shown(variable, 80), "value": shown(words, 80)}
            message = _("%(variable)s “%(value)s” was left out: %(reason)s")
            left_out.append(message % {**names, "reason": error.reason})
            if len(left_out) > MAX_FAULTS:
                break
    return left_out


def too_long(line: int, text: str) -> Unread:
    """A record over `MAX_RECORD`, with its beginning."""
    reason = _("This record is longer than %(most)d characters.")
    return unread(line, reason % {"most": MAX_RECORD}, text)


def unread(line: int, reason: str, text: str = "") -> Unread:
    """A record that could not be read, with its beginning."""
    return Unread(line, reason, shown(text, SHOWN))


def shown(text: str, most: int) -> str:
    """The beginning of a text on one line."""
    line = clean_text(text[: most * 4], single_line=True, name=True)
    return line if len(line) <= most else f"{line[: most - 1]}…"
