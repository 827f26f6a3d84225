"""Asking the services about sources that the library has."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import F, Q
from django.utils import timezone

from references.actions import record_check
from references.errors import LibraryError
from references.lookup import notices
from references.models import FoundNotice, Reference

GIVEN_UP_AFTER = 3  # sources in a row about which no service could be asked


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of asking about one source: the notices that are new, and who did not answer."""

    citekey: str
    new: tuple[FoundNotice, ...] = ()
    unanswered: dict[str, LibraryError] = field(default_factory=dict)


def due(*, before: datetime.timedelta, citekeys: Iterable[str] = ()) -> list[str]:
    """The sources with a DOI or PMID to ask about, the longest unasked first.

    It is those that were not checked within the time `before` now, so that a run which broke off
    goes on where it was; with citekeys, those among them.
    """
    rows = Reference.objects.exclude(doi="", pmid="")
    rows = rows.filter(Q(checked_at=None) | Q(checked_at__lt=timezone.now() - before))
    if wanted := list(citekeys):
        rows = rows.filter(citekey__in=wanted)
    ordered = rows.order_by(F("checked_at").asc(nulls_first=True), "citekey")
    return list(ordered.values_list("citekey", flat=True))


def check(citekey: str) -> Checked:
    """Ask Crossref and PubMed about a source and store what they tell."""
    doi, pmid = Reference.objects.values_list("doi", "pmid").get(citekey=citekey)
    told = notices(doi, pmid, fresh=True)
    new = record_check(citekey=citekey, found=told, complete=not told.unanswered)
    return Checked(citekey, new, told.unanswered)


def check_all(citekeys: Iterable[str]) -> Iterator[Checked]:
    """Check sources one after the other; ends early when nobody answers any more."""
    silent = 0
    for citekey in citekeys:
        result = check(citekey)
        yield result
        silent = silent + 1 if result.unanswered else 0
        if silent == GIVEN_UP_AFTER:
            return
