"""Reading what the public may see: live revisions, with everything one page shows around them."""

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from publishing import kinds
from publishing.content import PageContent
from publishing.models import Revision, SignOff
from publishing.reading import Around, Correction, Linked, page_document, read_document
from references.addresses import address

State = Revision.State
PUBLIC_STATES = (State.LIVE, State.SUPERSEDED, State.UNPUBLISHED)
# A page whose review is overdue for so long asks search engines not to show it.
NOINDEX_AFTER = datetime.timedelta(days=180)
WORDS_PER_MINUTE = 200  # adults' silent reading of plain English, rounded down
NO_TIME = datetime.timedelta()
NOTHING_AROUND = Around([], [], None, [], [], {}, [], None)


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


class Person(NamedTuple):
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
        return address("publishing:contributor", self.slug)


class Review(NamedTuple):
    """A sign-off that counts in public: an approval of this text by somebody real."""

    person: Person
    signed_at: datetime.datetime
    expires_at: datetime.datetime


class Change(NamedTuple):
    """One line of a page's public history."""

    number: int
    published_at: datetime.datetime
    kind: str
    note: str


class ShownRevision:
    """A revision as a public page shows it: the document, its HTML, and who stands behind it."""

    def __init__(self, revision: Revision, around: Around = NOTHING_AROUND) -> None:
        self.revision = revision
        self.around = around
        self.kind = kinds.get(revision.kind)

    @cached_property
    def content(self) -> PageContent:
        return self.kind.content.from_data(self.revision.content, stored=True)

    @property
    def fragments(self) -> Mapping[str, Any]:
        rendered: dict[str, Any] = self.revision.rendered
        return rendered

    @property
    def parts(self) -> Mapping[str, Any]:
        """What was made of the document for pages to join."""
        parts: dict[str, Any] = self.revision.parts
        return parts

    @property
    def condition(self) -> Linked | None:
        """What the page is about, if that is public."""
        return self.around.condition

    @property
    def title(self) -> str:
        return self.revision.title

    @property
    def url(self) -> str:
        return url_of(self.revision)

    @property
    def minutes(self) -> int:
        """Reading time of all that the page shows."""
        shown = (self.parts, *self.around.included, *self.around.parts)
        return reading_minutes(sum([each["words"] for each in shown]))

    @cached_property
    def byline(self) -> tuple[Person, ...]:
        """The credited people, in order."""
        people = [_person(row) for row in self.around.people if row["credit_position"]]
        return tuple(sorted(people, key=lambda person: person.credit_position))

    @cached_property
    def review(self) -> Review | None:
        """The newest sign-off that counts; a demo contributor's never does."""
        reviews = [
            Review(
                person=_person(row),
                signed_at=row["signed_at"],
                expires_at=row["expires_at"],
            )
            for row in self.around.people
            if row["decision"] == SignOff.Decision.APPROVE
            and row["sha256"] == self.revision.sha256
            and not row["demo"]
        ]
        return max(reviews, key=lambda review: review.signed_at, default=None)

    @cached_property
    def history(self) -> tuple[Change, ...]:
        """The last changes that were public, newest first."""
        return tuple(
            Change(
                number=row["number"],
                published_at=row["published_at"],
                kind=str(Revision.ChangeKind(row["change_kind"]).label),
                note=row["change_note"],
            )
            for row in self.around.history
        )

    @property
    def history_url(self) -> str:
        """The address of the page's public history; none while nothing of it was public."""
        return history_url_of(self.revision) if self.revision.published_at else ""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was put right not long ago, newest first."""
        return self.around.corrections

    @cached_property
    def due_on(self) -> datetime.date | None:
        """The day on which somebody has to look at the text again."""
        clock = self.around.clock
        if clock is not None and clock.due_on is not None:
            return clock.due_on
        return self.review and self.review.expires_at.date()

    @property
    def pull_reason(self) -> str:
        """Why the review is due earlier than it was set for, if it is."""
        return self.around.clock.reason if self.around.clock else ""

    @cached_property
    def today(self) -> datetime.date:
        """The day by the database's clock; a text that is not live has that of this machine."""
        return self.around.clock.today if self.around.clock else timezone.now().date()

    @cached_property
    def overdue(self) -> datetime.timedelta:
        """For how long the review has been due; nothing while it is not, or on the day itself."""
        return max(self.today - self.due_on, NO_TIME) if self.due_on else NO_TIME

    @property
    def noindex(self) -> bool:
        """Whether the review is overdue for so long that search engines should not show it."""
        return self.overdue >= NOINDEX_AFTER

    @property
    def updated_at(self) -> datetime.datetime | None:
        """When the page last changed in more than its wording or layout."""
        return self.around.updated_at or self.revision.published_at

    @property
    def claims(self) -> tuple[int, int, int]:
        """How many claims of the text name a source, all of them, and sentences of common advice.

        0 is not counted; an older renderer counted no advice.
        """
        cited, every, *advice = self.parts.get("claims") or (0, 0)
        return cited, every, sum(advice)

    @property
    def published_at(self) -> datetime.datetime | None:
        """When the page was first public: the oldest of the history, or this revision."""
        return self.around.first_published_at or self.revision.published_at


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


def url_of(page: Revision | Linked) -> str:
    """The public address of a revision."""
    return address_of(page.kind, page.slug)


def address_of(kind_name: str, slug: str) -> str:
    """The public address of a page of this kind."""
    kind = kinds.get(kind_name)
    return address(kind.url_name, slug) if kind.has_slug else reverse(kind.url_name)


def history_url_of(page: Revision | Linked) -> str:
    """The address of the public history of a page."""
    return f"{url_of(page)}history/"


def live_page(kind: str, slug: str) -> ShownRevision:
    """The live revision at an address.

    Raises Moved when the page has another address now, Gone when it was unpublished, and Http404
    when nothing was ever public here.
    """
    return shown_document(kind, live_document(kind, slug))


def live_document(kind: str, slug: str) -> str:
    """The same as one document of JSON, not yet read; raises the same."""
    document = page_document(kind, slug)
    if document is None:
        raise past_of(kind, slug)
    return document


def shown_document(kind: str, document: str) -> ShownRevision:
    """The live revision that a document tells of."""
    return ShownRevision(*read_document(kind, document))


def past_of(kind: str, slug: str) -> Http404 | Gone | Moved:
    """What became of an address that is not live, to be raised."""
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


def reading_minutes(words: int) -> int:
    """Reading time in minutes, at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))
