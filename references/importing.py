"""Bringing records of a file into the library: what is new, what is here, what differs."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models.functions import Lower

from references.actions import add_aliases, add_references, save_reference
from references.citekeys import MAX_CITEKEY, is_citekey
from references.csl import Item
from references.errors import LibraryError
from references.models import Reference
from references.readers import Read, Record, Unread
from references.text import clean_text

BATCH = 500  # records looked up and stored at once
MAX_FAMILY = 30  # letters of a name in a citekey
NO_DATE = "nd"
_LETTERS = re.compile(r"[a-z0-9]+")


class Outcome(Enum):
    """What became of a record."""

    NEW = "new"  # it was stored, or would be
    SAME = "same"  # the library has it, word for word or with more
    DIFFERS = "differs"  # the library has it with other values; nothing was changed
    UNREAD = "unread"  # it could not be read, or not be stored


@dataclass(frozen=True, slots=True)
class Imported:
    """A record and what became of it; `differences` are the variables with other values."""

    record: Record
    outcome: Outcome
    citekey: str = ""
    differences: tuple[str, ...] = ()
    reason: str = ""


def import_records(
    records: Iterable[Record], *, by: User, dry_run: bool = False
) -> Iterator[Imported]:
    """Store what is new, and say of every record what became of it, in order.

    Records are stored in batches, each whole or not at all; what is stored already is never
    changed. Running it again over the same file stores nothing. A key of the file that can be no
    citekey becomes an alias, so that texts which came with the file can still cite by it.
    """
    batch: list[Record] = []
    taken = set(Reference.objects.values_list("citekey", flat=True))
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield from _import_batch(batch, by, taken, dry_run=dry_run)
            batch = []
    yield from _import_batch(batch, by, taken, dry_run=dry_run)


def _import_batch(
    batch: list[Record], by: User, taken: set[str], *, dry_run: bool
) -> list[Imported]:
    library = _Library([record for record in batch if isinstance(record, Read)], taken)
    results = [_judge(record, library) for record in batch]
    if dry_run:
        return results
    new = [result for result in results if result.outcome == Outcome.NEW]
    try:
        add_references(by=by, items={result.citekey: _item(result) for result in new})
    except IntegrityError:
        # Somebody stored one of them meanwhile: each by itself, to say which.
        results = [_store(result, by) for result in results]
    add_aliases({_foreign_key(result.record): result.citekey for result in results})
    return results


def _foreign_key(record: Record) -> str:
    """The key that the file gave a record, as a text would have it."""
    return clean_text(record.key, single_line=True) if isinstance(record, Read) else ""


def _item(result: Imported) -> Item:
    return result.record.item if isinstance(result.record, Read) else {}


def _store(result: Imported, by: User) -> Imported:
    if result.outcome != Outcome.NEW:
        return result
    try:
        save_reference(by=by, citekey=result.citekey, csl=_item(result))
    except LibraryError as error:
        return replace(result, outcome=Outcome.UNREAD, reason=error.message)
    return result


def _judge(record: Record, library: "_Library") -> Imported:
    if isinstance(record, Unread):
        return Imported(record, Outcome.UNREAD, reason=record.reason)
    stored = library.find(record.item)
    if stored is not None:
        citekey, item = stored
        differences = differing(record.item, item)
        outcome = Outcome.DIFFERS if differences else Outcome.SAME
        return Imported(record, outcome, citekey, differences)
    citekey = library.free_citekey(record)
    library.add(citekey, record.item)
    return Imported(record, Outcome.NEW, citekey)


def differing(new: Item, stored: Item) -> tuple[str, ...]:
    """The variables that both have with other values, or that only the new one has."""
    return tuple(
        sorted(
            name
            for name, value in new.items()
            if name != "id"
            and stored.get(name) != value
            and taken_over(stored, new, name) != stored
        )
    )


def taken_over(stored: Item, new: Item, *variables: str) -> Item:
    """The stored item with these variables of the new one.

    In `custom` only what the new one says is replaced, and no notice of the stored one goes: what
    editors say of a source, and what is known against it, does not stand in files.
    """
    item = stored | {variable: new[variable] for variable in variables}
    if "custom" in variables:
        before, after = stored.get("custom") or {}, new["custom"]
        item["custom"] = before | after
        if notices := _listed(before.get("notices")):
            more = [each for each in _listed(after.get("notices")) if each not in notices]
            item["custom"]["notices"] = [*notices, *more]
    return item


def _listed(value: Any) -> list[Any]:
    """A list, or what stands alone where a list could be."""
    if isinstance(value, list):
        return value
    return [value] if value else []


class _Library:
    """What of the library a batch may meet again, found in a few queries."""

    def __init__(self, records: Iterable[Read], taken: set[str]) -> None:
        items = [record.item for record in records]
        self.taken = taken
        self.known: dict[tuple[str, ...], tuple[str, Item]] = {}
        for citekey, csl in _candidates(items):
            self.add(citekey, csl)

    def find(self, item: Item) -> tuple[str, Item] | None:
        """The stored source that the item stands for, by identifiers first."""
        for fact in facts(item):
            if fact in self.known:
                return self.known[fact]
        return None

    def add(self, citekey: str, item: Item) -> None:
        """Note that the library has this source now."""
        self.taken.add(citekey)
        for fact in facts(item):
            self.known.setdefault(fact, (citekey, item))

    def free_citekey(self, record: Read) -> str:
        """The file's own key where it can be a citekey and is free, else one that is made."""
        if is_citekey(record.key) and record.key not in self.taken:
            return record.key
        return free_citekey(citekey_base(record.item), self.taken)


def _candidates(items: Iterable[Item]) -> Iterable[tuple[str, Item]]:
    """The stored sources with an identifier, or a title, of one of the items."""
    found = Reference.objects.none()
    columns: dict[str, set[str]] = {"doi": set(), "pmid": set(), "csl__PMCID": set()}
    titles = set()
    for item in items:
        columns["doi"].add(str(item.get("DOI", "")).lower())
        columns["pmid"].add(str(item.get("PMID", "")))
        columns["csl__PMCID"].add(str(item.get("PMCID", "")))
        titles.add(str(item["title"]).lower())
    for column, values in columns.items():
        values.discard("")
        if values:
            found = found.union(Reference.objects.filter(**{f"{column}__in": values}))
    same_title = Reference.objects.alias(lower_title=Lower("title"))
    found = found.union(same_title.filter(lower_title__in=titles))
    return ((reference.citekey, reference.csl) for reference in found)


def stored_like(item: Item) -> tuple[str, str] | None:
    """The citekey of the stored source that an item stands for, and what they share."""
    known = {fact: citekey for citekey, csl in _candidates([item]) for fact in facts(csl)}
    return next(((known[fact], fact[0]) for fact in facts(item) if fact in known), None)


def facts(item: Item) -> Iterator[tuple[str, ...]]:
    """What tells that two items are one source, the surest first."""
    for variable in ("DOI", "PMID", "PMCID"):
        if value := str(item.get(variable, "")).lower():
            yield (variable, value)
    yield ("title", _folded(str(item["title"])), _year(item), _first_author(item))


def citekey_base(item: Item) -> str:
    """What a citekey is made of: first author's family name, or a word of the title, and year."""
    name = _first_author(item) or "".join(_LETTERS.findall(_folded(str(item["title"])))[:1])
    return f"{name[:MAX_FAMILY] or 'source'}{_year(item) or NO_DATE}"


def free_citekey(base: str, taken: Collection[str]) -> str:
    """The base, or with a, b … z, aa … behind it: kurokawa2016, kurokawa2016a."""
    number = 0
    citekey = base[:MAX_CITEKEY]
    while citekey in taken:
        citekey = base + _letters(number)
        number += 1
    return citekey


def _letters(number: int) -> str:
    text, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _first_author(item: Item) -> str:
    """The first author's family name, or a group's first word, in plain letters."""
    people: list[dict[str, Any]] = item.get("author") or item.get("editor") or [{}]
    first = people[0]
    if family := first.get("family"):
        return "".join(_LETTERS.findall(_folded(str(family))))
    return "".join(_LETTERS.findall(_folded(str(first.get("literal", ""))))[:1])


def _year(item: Item) -> str:
    dates = (item.get("issued") or {}).get("date-parts") or [[""]]
    return str(dates[0][0])


def _folded(text: str) -> str:
    """Without case, accents and marks around it, for comparing."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(letter for letter in plain if not unicodedata.combining(letter)).split()
    )
