"""One source out of what somebody pasted: a DOI, a PMID, or a reference in any format we read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from references.citekeys import is_citekey
from references.csl import Item
from references.errors import LibraryError
from references.forms import form_values
from references.importing import citekey_base, free_citekey, stored_like
from references.lookup import find, identifier_of
from references.models import Reference
from references.readers import FORMATS, Read, Record, Unread, detect

MAX_CHARS = 500_000
MANY = 1_000  # records; of more than one it does not matter how many there are
IDENTIFIER = re.compile(r"(?:(?:doi|pmid)\s*:?\s*)?\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filled:
    """What came out of a pasted text, or why nothing did.

    `notes` are what a person should check. `known` is the stored source that has the identifier
    named in `shared` already, or title, year and first author where that is “title”; `many` is the
    number of references if it is more than one.
    """

    item: Item | None = None
    citekey: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    known: Reference | None = None
    shared: str = ""
    many: int = 0

    @property
    def values(self) -> dict[str, Any]:
        """What the form of a new source begins with; empty if there is nothing to fill in."""
        if self.item is None:
            return {}
        values = form_values(Reference(citekey=self.citekey, csl=self.item))
        return {name: value for name, value in values.items() if name != "version"}


def fill(text: str) -> Filled:
    """The one source that the text stands for. Nothing is stored.

    A single word is an identifier and is looked up; anything else goes to the readers.
    """
    if not text.strip():
        return Filled(problem=_("Paste a DOI, a PMID or a reference first."))
    if len(text) > MAX_CHARS:
        problem = _("This is over %(most)d characters. Import it as a file.")
        return Filled(problem=problem % {"most": MAX_CHARS})
    if detect("", text) == "text" and IDENTIFIER.fullmatch(text.strip()):
        return _looked_up(text)
    records = _records(text)
    if len(records) > 1:
        return Filled(many=len(records))
    if not records:
        return Filled(problem=_("There is no reference in this text."))
    record = records[0]
    if isinstance(record, Unread):
        return Filled(problem=record.reason)
    return _filled(record.item, key=record.key, notes=record.notes)


def _looked_up(text: str) -> Filled:
    """What the services know of an identifier; they are not asked for what the library has."""
    named = Reference.objects.filter(citekey=text.strip()).first()
    if named:
        return Filled(known=named, shared=_("citekey"))
    try:
        variable, value = identifier_of(text)
        stored = Reference.objects.filter(**{variable.lower(): value.lower()}).first()
        return Filled(known=stored, shared=variable) if stored else _filled(find(text))
    except LibraryError as error:
        advice = _("A reference that is pasted as text is read without asking anybody.")
        return Filled(problem=f"{error} {advice}")


def _records(text: str) -> Sequence[Record]:
    """The records in the text; the lines of one wrapped reference are one record."""
    format_name = detect("", text)
    records = list(islice(FORMATS[format_name](text), MANY))
    if format_name == "text" and len(records) > 1 and sum(map(_has_date, records)) < 2:
        joined = list(FORMATS[format_name](" ".join(text.split())))
        if all(map(_has_date, joined)):
            return joined
    return records


def _has_date(record: Record) -> bool:
    return isinstance(record, Read) and "issued" in record.item


def _filled(item: Item, *, key: str = "", notes: tuple[str, ...] = ()) -> Filled:
    stored = stored_like(item)
    if stored:
        citekey, shared = stored
        return Filled(known=Reference.objects.get(citekey=citekey), shared=shared)
    taken = set(Reference.objects.values_list("citekey", flat=True))
    free_key = is_citekey(key) and key not in taken
    citekey = key if free_key else free_citekey(citekey_base(item), taken)
    return Filled(item=item, citekey=citekey, notes=notes)
