"""Writes to the library of sources."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from references.citekeys import is_alias, is_citekey
from references.csl import Item, read_item
from references.entries import entry_html, status_of
from references.errors import (
    CitekeyTaken,
    IdentifierTaken,
    InvalidCitekey,
    StaleReference,
    UnknownReference,
)
from references.formatting import FORMATTER_VERSION
from references.models import Alias, FoundNotice, Reference
from references.notices import Notice, merged, notices_of
from references.signals import notice_found
from references.text import clean_text

MAX_NOTICE = 500  # characters of where a notice appeared
# The columns of a new source but for those with a default of the database.
_COPIED = (
    *("citekey", "csl", "version", "created_at", "updated_at", "updated_by_id"),
    *("status", "entry_html", "entry_version"),
)


@transaction.atomic
def save_reference(
    *, by: User, citekey: str, csl: Mapping[str, Any], version: int | None = None
) -> Reference:
    """Store a source: a new one without `version`, or the next version of the one with `citekey`.

    The item is checked and normalised first, and its `id` becomes the citekey. An item that is
    stored already, word for word, is left alone and keeps its version.

    Raises:
        InvalidCitekey: the citekey of a new source has a wrong form.
        InvalidItem: a variable of the item has a fault.
        CitekeyTaken: a new source has the citekey of another one.
        UnknownReference: there is nothing to update.
        StaleReference: the stored version is not the one that the change was made on.
        IdentifierTaken: another source has the DOI or the PMID.
    """
    if not is_citekey(citekey):
        raise InvalidCitekey(citekey)
    item = {**read_item(csl), "id": citekey}
    _refuse_taken_identifiers(citekey, item)
    try:
        with transaction.atomic():
            if version is None:
                return _insert(by, citekey, item)
            return _update(by, citekey, item, version)
    except IntegrityError:
        # Somebody stored the same DOI or PMID since we looked.
        _refuse_taken_identifiers(citekey, item)
        raise


def _insert(by: User, citekey: str, item: Item) -> Reference:
    reference, is_new = Reference.objects.get_or_create(
        citekey=citekey, defaults={"csl": item, "updated_by": by, **_derived(item)}
    )
    if not is_new:
        raise CitekeyTaken(citekey)
    return reference


@transaction.atomic
def add_references(*, by: User, items: Mapping[str, Item]) -> None:
    """Store many new sources at once, by citekey; their items are `read_item`'s already.

    Raises:
        IntegrityError: one of them has a citekey, DOI or PMID of another; none is stored.
    """
    now = timezone.now()
    statement = f"COPY references_reference ({', '.join(_COPIED)}) FROM STDIN"
    # bulk_create takes five times as long: it quotes every item within one array of items.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for citekey, item in items.items():
            row = {
                "citekey": citekey,
                "csl": json.dumps({**item, "id": citekey}),
                "version": 1,
                "created_at": now,
                "updated_at": now,
                "updated_by_id": by.pk,
                **_derived(item),
            }
            copy.write_row([row[column] for column in _COPIED])


def add_aliases(citekeys: Mapping[str, str]) -> None:
    """Let texts cite sources by keys of other programs too: citekeys by such a key.

    What cannot be an alias is left out; one that stands for a source already keeps its meaning.
    """
    wanted = {name: citekey for name, citekey in citekeys.items() if citekey and is_alias(name)}
    if wanted:
        found = Reference.objects.in_bulk(wanted.values(), field_name="citekey")
        Alias.objects.bulk_create(
            (
                Alias(name=name, reference=found[key])
                for name, key in wanted.items()
                if key in found
            ),
            ignore_conflicts=True,
        )


def _update(by: User, citekey: str, item: Item, version: int) -> Reference:
    stored = Reference.objects.filter(citekey=citekey).first()
    if stored is None:
        raise UnknownReference(citekey)
    if stored.version == version and stored.csl == item:
        return stored
    changed = Reference.objects.filter(citekey=citekey, version=version).update(
        csl=item,
        version=version + 1,
        updated_by=by,
        updated_at=timezone.now(),
        **_derived(item, stored),
    )
    if not changed:
        raise StaleReference
    saved = Reference.objects.get(citekey=citekey)
    for notice in notices_of(item):
        if not any(notice.is_about_the_same(known) for known in stored.notices):
            notice_found.send(Reference, reference=saved, notice=notice)
    return saved


def _derived(item: Item, stored: Reference | None = None) -> dict[str, Any]:
    """The columns that are made from the item and from what services found about it."""
    rows = stored.found_notices.all() if stored else ()
    found = [row.as_notice() for row in rows]
    notices = merged([*notices_of(item), *found])
    status = status_of(notices, checked=bool(stored and stored.checked_at))
    return {
        "status": status,
        "entry_html": entry_html(item, found, status),
        "entry_version": FORMATTER_VERSION,
    }


def renew_entries() -> int:
    """Store the entries that an older formatter made anew; returns how many there were."""
    older = Reference.objects.filter(entry_version__lt=FORMATTER_VERSION)
    number = 0
    for reference in older.iterator(chunk_size=100):
        _store_derived(reference)
        number += 1
    return number


def _store_derived(reference: Reference) -> None:
    Reference.objects.filter(pk=reference.pk).update(**_derived(reference.csl, reference))


@transaction.atomic
def record_check(
    *, citekey: str, found: Iterable[Notice], complete: bool
) -> tuple[FoundNotice, ...]:
    """Note what services said about a source; returns the notices that are new.

    Nothing known is taken back: a service that is silent today proves nothing. `complete` says
    that every service answered; only then the source counts as checked now. The entry changes in
    the same transaction, and with it every page that shows it.

    Raises:
        UnknownReference: there is no source with the citekey.
    """
    reference = Reference.objects.select_for_update().filter(citekey=citekey).first()
    if reference is None:
        raise UnknownReference(citekey)
    now = timezone.now()
    known = list(reference.notices)
    new = []
    for notice in map(_with_words, found):
        if not any(notice.is_about_the_same(other) for other in known):
            new.append(_found(reference, notice, now))
            known.append(notice)
    if complete:
        reference.checked_at = now
        Reference.objects.filter(pk=reference.pk).update(checked_at=now)
    _store_derived(reference)
    for row in new:
        notice_found.send(Reference, reference=reference, notice=row.as_notice())
    return tuple(new)


def _with_words(notice: Notice) -> Notice:
    """The notice with a clean text, which says at least what it is."""
    text = clean_text(notice.text, single_line=True)[:MAX_NOTICE] or str(notice.label)
    return replace(notice, text=text)


def _found(reference: Reference, notice: Notice, now: datetime.datetime) -> FoundNotice:
    return FoundNotice.objects.create(
        reference=reference,
        type=notice.type,
        text=notice.text,
        doi=notice.doi,
        pmid=notice.pmid,
        published=notice.published,
        service=notice.service,
        found_at=now,
    )


def _refuse_taken_identifiers(citekey: str, item: Item) -> None:
    """Name the source that has the DOI or PMID already; the constraints hold it in the end."""
    for variable, column in (("DOI", "doi"), ("PMID", "pmid")):
        value = str(item.get(variable, "")).lower()
        if value:
            others = Reference.objects.exclude(citekey=citekey).filter(**{column: value})
            if other := others.values_list("citekey", flat=True).first():
                raise IdentifierTaken(field=variable, value=value, citekey=other)
