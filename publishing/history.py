"""The public history of a page: every revision that was public, who stood behind it, its sources.

What was never public (withdrawn, declined, waiting) is not in it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Lag
from django.http import HttpRequest

from publishing.lists import ListPage, list_page
from publishing.models import UPDATES, Contribution, Revision, SignOff
from publishing.public import PUBLIC_STATES, past_of
from references.models import Reference

CHANGES_SHOWN = 100
SHOWN = (
    *("id", "number", "published_at", "change_kind", "change_note", "sha256"),
    *("unpublished_at", "unpublish_reason"),
)


class Signed(NamedTuple):
    """Somebody's name and credentials, of a reviewer as they were when they signed."""

    name: str
    credentials: str


class Source(NamedTuple):
    """A source as a short entry."""

    citekey: str
    title: str
    container: str
    year: int | None


class PublicChange(NamedTuple):
    """One revision that was public; sources are compared with the public one before it.

    `gone_at` and `gone_why` are set where the page was taken down with this revision.
    """

    number: int
    published_at: datetime.datetime
    kind: str
    note: str
    authors: tuple[Signed, ...]
    reviewers: tuple[Signed, ...]
    added: tuple[Source, ...]
    removed: tuple[Source, ...]
    gone_at: datetime.datetime | None
    gone_why: str


class Stretch(NamedTuple):
    """Changes that follow each other and are shown alike: minor edits are folded together."""

    minor: bool
    changes: list[PublicChange]


class History(NamedTuple):
    """One page of the history: its live revision, the changes and the links to older ones."""

    live: Revision
    stretches: list[Stretch]
    pages: ListPage[Revision]


def history_of(request: HttpRequest, kind: str, slug: str) -> History:
    """The history of a live page, newest first; four queries.

    Raises what publishing.public.past_of finds where nothing is live.
    """
    live = Revision.objects.live().filter(kind=kind, slug=slug).for_list().first()
    if live is None:
        raise past_of(kind, slug)
    pages = list_page(request, _public(live.page_id), size=CHANGES_SHOWN)
    people, sources = _people(pages.rows), _sources(pages.rows)
    changes = [(_is_minor(row), _change(row, people[row.pk], sources)) for row in pages.rows]
    stretches = [
        Stretch(minor, [change for _minor, change in found])
        for minor, found in groupby(changes, key=lambda each: each[0])
    ]
    return History(live, stretches, pages)


def _public(page_id: int) -> QuerySet[Revision]:
    """The revisions of a page that were public, each with the public one `before` it."""
    order = ("published_at", "number")
    return (
        Revision.objects.filter(page=page_id, state__in=PUBLIC_STATES)
        .annotate(before=Window(Lag("id"), order_by=order))
        .order_by("-published_at", "-number")
        .only(*SHOWN)
    )


def _is_minor(row: Revision) -> bool:
    """Whether a revision changed the form alone; the first one cannot have."""
    return row.change_kind not in UPDATES and _before(row) is not None


def _before(row: Revision) -> int | None:
    before: int | None = row.before  # type: ignore[attr-defined] # annotated by _public
    return before


def _people(rows: Sequence[Revision]) -> dict[int, list[Contribution]]:
    """Who is credited for these revisions, or approved exactly their text; one query."""
    signed = Q(
        sign_off__decision=SignOff.Decision.APPROVE,
        sign_off__sha256=F("revision__sha256"),
        sign_off__demo=False,
        contributor__demo=False,
    )
    found = (
        Contribution.objects.filter(Q(credit_position__gte=1) | signed, revision__in=rows)
        .select_related("contributor", "sign_off")
        .order_by("credit_position", "id")
    )
    people: dict[int, list[Contribution]] = defaultdict(list)
    for contribution in found:
        people[contribution.revision_id].append(contribution)
    return people


def _sources(rows: Iterable[Revision]) -> list[tuple[Source, set[int]]]:
    """Each source of these revisions and those before them, with where it is cited; one query."""
    wanted = {pk for row in rows for pk in (row.pk, _before(row)) if pk is not None}
    found = (
        Reference.objects.filter(citations__revision__in=wanted)
        .annotate(
            used=ArrayAgg("citations__revision", filter=Q(citations__revision__in=wanted)),
        )
        .order_by("sort_key", "citekey")
        .values_list("citekey", "title", "container", "year", "used")
    )
    return [(Source(*source), set(used)) for *source, used in found]


def _change(
    row: Revision, people: Iterable[Contribution], sources: list[tuple[Source, set[int]]]
) -> PublicChange:
    before = _before(row)
    compared = [] if before is None else sources
    reviewers = [each for each in people if each.role == Contribution.Role.REVIEWER]
    return PublicChange(
        number=row.number,
        # A check of the database: what is public was published.
        published_at=row.published_at,  # type: ignore[arg-type]
        kind=row.get_change_kind_display(),
        note=row.change_note,
        authors=tuple(_credited(people)),
        reviewers=tuple(
            Signed(each.sign_off.name, each.sign_off.credentials) for each in reviewers
        ),
        added=tuple(source for source, used in compared if row.pk in used and before not in used),
        removed=tuple(source for source, used in compared if before in used and row.pk not in used),
        gone_at=row.unpublished_at,
        gone_why=row.unpublish_reason,
    )


def _credited(people: Iterable[Contribution]) -> Iterator[Signed]:
    for each in people:
        if each.credit_position:
            yield Signed(each.contributor.name, each.contributor.credentials)
