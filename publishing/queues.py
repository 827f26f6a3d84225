"""What waits on the desk, and for whom: the rows behind the lists and the dashboard's counts."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.db.models.lookups import IsNull

from publishing.models import (
    Contribution,
    Contributor,
    DraftAuthor,
    Link,
    Page,
    Revision,
    SignOff,
    Task,
)

State = Revision.State
STRIKES = 3  # failures in a row that make a link a broken one


def at(state: str) -> Q:
    """Of revisions: that they are in a state, and no later revision has overtaken them."""
    # Others end when a later revision is submitted; these stay as they are.
    if state in (State.CHANGES_REQUESTED, State.DECLINED, State.WITHDRAWN):
        return Q(state=state) & ~Q(Exists(_later()))
    return Q(state=state)


def _later() -> QuerySet[Revision]:
    return Revision.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))


def in_state(state: str) -> QuerySet[Revision]:
    """The revisions of a queue."""
    return Revision.objects.filter(at(state))


def written_by(user: User) -> Q:
    """Of revisions: that the account, or the person behind it, is among the authors."""
    return _has(_parts_of(user).filter(role=Contribution.Role.AUTHOR))


def not_touched_by(user: User) -> Q:
    """Of revisions: that the account has no part in it yet, so that it may sign."""
    return Q(IsNull(_first(_parts_of(user)), True))


def _first(rows: QuerySet[Any]) -> Subquery:
    """The key of the first of the rows that belong to each revision.

    It is looked up revision by revision, in an index. For an EXISTS PostgreSQL would read all
    contributions that there are, however few revisions wait.
    """
    return Subquery(rows.values("pk")[:1])


def _has(rows: QuerySet[Any]) -> Q:
    return Q(IsNull(_first(rows), False))


def _parts_of(user: User) -> QuerySet[Contribution]:
    me = Contributor.objects.filter(user=user).values("pk")[:1]
    mine = Q(account=user) | Q(contributor=Subquery(me))
    return Contribution.objects.filter(mine, revision=OuterRef("pk"))


def publishable() -> QuerySet[Revision]:
    """Revisions that may go live now, as publishing.signoffs.may_publish has it."""
    if not settings.REVIEW_REQUIRED:
        return Revision.objects.filter(state__in=(State.SUBMITTED, State.APPROVED))
    people = Q() if settings.DEMO_MODE else Q(demo=False, contribution__contributor__demo=False)
    counting = SignOff.objects.filter(
        people,
        contribution__revision=OuterRef("pk"),
        decision=SignOff.Decision.APPROVE,
        sha256=OuterRef("sha256"),
        expires_at__gt=Now(),
    )
    return in_state(State.APPROVED).filter(_has(counting))


def drafts_of(user: User) -> Q:
    """Of pages: that the account has saved something that was not submitted yet."""
    mine = Q(account=user) | Q(contributor__user=user)
    return Q(Exists(DraftAuthor.objects.filter(mine, page=OuterRef("pk"))))


def overdue(today: datetime.date) -> Q:
    """Of pages: that their review was due before today."""
    return Q(review_due_on__lt=today)


def live_pages() -> Q:
    """Of pages: that the public sees them."""
    return Q(Exists(Revision.objects.live().filter(page=OuterRef("pk"))))


def pages_in_state(state: str) -> Q:
    """Of pages: that their newest revision is in this state; without one they are a draft."""
    revisions = Revision.objects.filter(page=OuterRef("pk"))
    if not state:
        return ~Q(Exists(revisions))
    newest = Revision.objects.filter(~Exists(_later()), state=state)
    return Q(pk__in=newest.values("page"))


def open_tasks() -> QuerySet[Task]:
    """What nobody has done yet."""
    return Task.objects.filter(done_at=None)


def for_anybody_or(user: User) -> Q:
    """Of tasks: that they are this account's or nobody's."""
    return Q(assigned_to=user) | Q(assigned_to=None)


def broken_links() -> QuerySet[Link]:
    """Links of live pages that failed three times in a row and are not left alone."""
    return Link.objects.filter(strikes__gte=STRIKES, ignored=False)


def overdue_pages(today: datetime.date) -> QuerySet[Page]:
    """Pages whose review was due before today, the longest overdue first."""
    return Page.objects.filter(overdue(today)).order_by("review_due_on", "pk")
