"""Reading what the public may see: live revisions, with everything one page shows around them."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from publishing import kinds
from publishing.content import PageContent
from publishing.models import Contribution, Inclusion, Revision, SignOff

State = Revision.State
PUBLIC_STATES = (State.LIVE, State.SUPERSEDED, State.UNPUBLISHED)
WORDS_PER_MINUTE = 200  # adults' silent reading of plain English, rounded down
HISTORY_SHOWN = 3
RELATED_SHOWN = 4


class Gone(Exception):
    """The address was public once and is no more; carries the reason for the reader."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.unpublish_reason)
        self.revision = revision


class Moved(Exception):
    """The page has another address now."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Person:
    """Somebody who stands behind a revision."""

    name: str
    slug: str
    credentials: str
    interests: str
    demo: bool
    role: str
    credit_position: int

    @property
    def url(self) -> str:
        return reverse("publishing:contributor", args=[self.slug])


@dataclass(frozen=True)
class Review:
    """A sign-off that counts in public: an approval of this text by somebody real."""

    person: Person
    signed_at: datetime.datetime
    expires_at: datetime.datetime

    @property
    def overdue(self) -> bool:
        return self.expires_at <= timezone.now()


@dataclass(frozen=True)
class Change:
    """One line of a page's public history."""

    number: int
    published_at: datetime.datetime
    kind: str
    note: str


class ShownRevision:
    """A revision as a public page shows it: the document, its HTML, and who stands behind it."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.kind = kinds.get(revision.kind)

    @cached_property
    def content(self) -> PageContent:
        return self.kind.content.from_data(self.revision.content)

    @property
    def fragments(self) -> Mapping[str, Any]:
        rendered: dict[str, Any] = self.revision.rendered
        return rendered

    @property
    def title(self) -> str:
        return self.revision.title

    @property
    def url(self) -> str:
        return url_of(self.revision)

    @cached_property
    def words(self) -> int:
        return sum(fragment["words"] for fragment in self.fragments.values())

    @cached_property
    def _people(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = getattr(self.revision, "people", [])
        return rows

    @cached_property
    def byline(self) -> tuple[Person, ...]:
        """The credited people, in order."""
        people = [_person(row) for row in self._people if row["credit_position"]]
        return tuple(sorted(people, key=lambda person: person.credit_position))

    @cached_property
    def review(self) -> Review | None:
        """The newest sign-off that counts; a demo contributor's never does."""
        reviews = [
            Review(
                person=_person(row),
                signed_at=_moment(row["signed_at"]),
                expires_at=_moment(row["expires_at"]),
            )
            for row in self._people
            if row["decision"] == SignOff.Decision.APPROVE
            and row["sha256"] == self.revision.sha256
            and not row["demo"]
        ]
        return max(reviews, key=lambda review: review.signed_at, default=None)

    @cached_property
    def history(self) -> tuple[Change, ...]:
        """The last changes that were public, newest first."""
        rows = getattr(self.revision, "history", [])
        return tuple(
            Change(
                number=row["number"],
                published_at=_moment(row["published_at"]),
                kind=str(Revision.ChangeKind(row["change_kind"]).label),
                note=row["change_note"],
            )
            for row in rows
        )

    @property
    def published_at(self) -> datetime.datetime | None:
        """When the page was first public: the oldest of the history, or this revision."""
        return getattr(self.revision, "first_published_at", None) or self.revision.published_at


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        name=row["name"],
        slug=row["slug"],
        credentials=row["credentials"],
        interests=row["interests"],
        demo=row["demo"],
        role=row["role"],
        credit_position=row["credit_position"],
    )


def _moment(value: str) -> datetime.datetime:
    moment = parse_datetime(value)
    if moment is None:
        raise ValueError(value)  # pragma: no cover - PostgreSQL writes ISO 8601
    return moment


def url_of(revision: Revision) -> str:
    """The public address of a revision."""
    kind = kinds.get(revision.kind)
    return reverse(kind.url_name, args=[revision.slug] if kind.has_slug else [])


def with_people_and_history(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Add what a page says about who stands behind it, in the same query."""
    people = (
        Contribution.objects.filter(revision=OuterRef("pk"))
        .order_by("credit_position", "id")
        .values(
            data=JSONObject(
                name="contributor__name",
                slug="contributor__slug",
                credentials="contributor__credentials",
                interests="contributor__interests",
                demo="contributor__demo",
                role="role",
                credit_position="credit_position",
                decision="sign_off__decision",
                sha256="sign_off__sha256",
                signed_at="sign_off__signed_at",
                expires_at="sign_off__expires_at",
            )
        )
    )
    public = Revision.objects.filter(page=OuterRef("page"), published_at__isnull=False)
    history = public.order_by("-published_at", "-number").values(
        data=JSONObject(
            number="number",
            published_at="published_at",
            change_kind="change_kind",
            change_note="change_note",
        )
    )
    included = (
        Inclusion.objects.filter(revision=OuterRef("pk")).order_by("position").values("page_id")
    )
    return revisions.annotate(
        people=ArraySubquery(people),
        history=ArraySubquery(history[:HISTORY_SHOWN]),
        included=ArraySubquery(included),
        first_published_at=public.order_by("published_at").values("published_at")[:1],
    )


def live_page(kind: str, slug: str) -> ShownRevision:
    """The live revision at an address.

    Raises Moved when the page has another address now, Gone when it was unpublished, and Http404
    when nothing was ever public here.
    """
    here = Revision.objects.live().filter(kind=kind, slug=slug)
    revision = with_people_and_history(here).first()
    if revision is None:
        raise _past(kind, slug)
    return ShownRevision(revision)


def _past(kind: str, slug: str) -> Http404 | Gone | Moved:
    """What became of an address that is not live."""
    past = (
        Revision.objects.filter(kind=kind, slug=slug, state__in=PUBLIC_STATES)
        .order_by("-published_at")
        .first()
    )
    if past is None:
        return Http404()
    now = Revision.objects.live().filter(page=past.page_id).first()
    if now is not None:
        return Moved(url_of(now))
    gone = Revision.objects.filter(page=past.page_id, state=State.UNPUBLISHED)
    return Gone(gone.order_by("-unpublished_at").first() or past)


def parts_of(shown: ShownRevision) -> tuple[list[ShownRevision], list[ShownRevision]]:
    """The included pages in their order, and the pages that are part of this one; one query."""
    revision = shown.revision
    included: list[int] = getattr(revision, "included", [])
    rows = Revision.objects.live().filter(
        Q(page_id__in=included) | Q(part_of=revision.page_id)
    )
    found = {row.page_id: ShownRevision(row) for row in rows.order_by("position", "title")}
    inside = [found[page_id] for page_id in included if page_id in found]
    parts = [item for item in found.values() if item.revision.part_of_id == revision.page_id]
    return inside, parts


def related_to(shown: ShownRevision) -> list[Revision]:
    """Other live pages about the same condition, the newest first."""
    revision = shown.revision
    if revision.condition_id is None:
        return []
    return list(
        Revision.objects.live()
        .filter(condition=revision.condition_id, kind=revision.kind)
        .exclude(page=revision.page_id)
        .order_by("-published_at", "id")
        .for_list()[:RELATED_SHOWN]
    )


def reading_minutes(words: int) -> int:
    """Reading time in minutes, at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))


def revision_ids(pages: Iterable[ShownRevision]) -> list[int]:
    """The ids of these revisions, for one query over all their references."""
    return [page.revision.pk for page in pages if page.revision.pk]
