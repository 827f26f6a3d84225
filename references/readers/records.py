"""What reading a file of sources gives, record by record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from references.csl import Item, read_item
from references.errors import InvalidItem
from references.text import clean_text

SHOWN = 200  # characters of a record that could not be read
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
    while True:
        try:
            item = read_item(found)
        except InvalidItem as error:
            variable = error.field.partition(".")[0]
            if variable in NEEDED or variable not in found:
                return unread(line, str(error), text)
            value = shown(str(found.pop(variable)), 80)
            left_out.append(
                _("%(variable)s “%(value)s” was left out: %(reason)s")
                % {"variable": variable, "value": value, "reason": error.reason}
            )
        else:
            name = clean_text(key, single_line=True, name=True).strip()
            return Read(line, item, name, (*notes, *left_out))


def unread(line: int, reason: str, text: str = "") -> Unread:
    """A record that could not be read, with its beginning."""
    return Unread(line, reason, shown(text, SHOWN))


def shown(text: str, most: int) -> str:
    """The beginning of a text on one line."""
    line = clean_text(text[: most * 4], single_line=True, name=True)
    return line if len(line) <= most else f"{line[: most - 1]}…"
