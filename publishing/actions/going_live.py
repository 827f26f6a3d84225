"""From an approved revision to the public, at once or at a time, and back."""

import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from publishing import clock
from publishing.actions.common import (
    PUBLISH,
    State,
    locked,
    permit,
    record,
    wrong_state,
)
from publishing.dates import database_now
from publishing.errors import (
    AddressTaken,
    NotLive,
    NoValidSignOff,
    ReasonMissing,
    TimeInThePast,
    WorkflowError,
)
from publishing.models import Event, Page, Revision, Task
from publishing.search import index
from publishing.signoffs import may_publish


@transaction.atomic
def publish(*, by: User, revision: Revision) -> Revision:
    """Make a revision the live one; the old live revision becomes superseded."""
    permit(by, PUBLISH)
    revision = locked(revision)
    _check_publishable(revision, database_now())
    return _go_live(revision, by=by)


def _check_publishable(revision: Revision, now: datetime.datetime) -> None:
    """Raise the reason why a revision may not be public at this time."""
    if not may_publish(revision, now=now):
        if revision.state in (State.APPROVED, State.SCHEDULED):
            raise NoValidSignOff
        raise wrong_state(revision, State.APPROVED)
    others = Revision.objects.live().filter(kind=revision.kind, slug=revision.slug)
    if others.exclude(page=revision.page_id).exists():
        raise AddressTaken(revision.slug)


def _go_live(revision: Revision, *, by: User) -> Revision:
    Revision.objects.live().filter(page=revision.page_id).update(state=State.SUPERSEDED)
    revision.state = State.LIVE
    revision.publish_at = None
    revision.scheduled_by = None
    revision.published_by = by
    revision.published_at = database_now()
    revision.save(
        update_fields=["state", "publish_at", "scheduled_by", "published_by", "published_at"]
    )
    record(Event.Action.PUBLISHED, revision.page, by=by, revision=revision)
    clock.start(revision)
    index.replace(revision)
    return revision


@transaction.atomic
def schedule(*, by: User, revision: Revision, publish_at: datetime.datetime) -> Revision:
    """Have an approved revision go live at a time, by the database's clock."""
    permit(by, PUBLISH)
    revision = locked(revision)
    if publish_at <= database_now():
        raise TimeInThePast
    _check_publishable(revision, publish_at)
    revision.state = State.SCHEDULED
    revision.publish_at = publish_at
    revision.scheduled_by = by
    revision.save(update_fields=["state", "publish_at", "scheduled_by"])
    record(
        Event.Action.SCHEDULED,
        revision.page,
        by=by,
        revision=revision,
        detail=publish_at.isoformat(),
    )
    return revision


@transaction.atomic
def unschedule(*, by: User, revision: Revision) -> Revision:
    """Take a revision out of the schedule; it stays approved."""
    permit(by, PUBLISH)
    revision = locked(revision)
    if revision.state != State.SCHEDULED:
        raise wrong_state(revision, State.SCHEDULED)
    _back_to_approved(revision)
    record(Event.Action.UNSCHEDULED, revision.page, by=by, revision=revision)
    return revision


def _back_to_approved(revision: Revision) -> None:
    revision.state = State.APPROVED
    revision.publish_at = None
    revision.scheduled_by = None
    revision.save(update_fields=["state", "publish_at", "scheduled_by"])


def publish_due() -> list[Revision]:
    """Publish what is scheduled for a time that has come; a job calls it every minute.

    What may not be public any more goes back to approved and becomes a task. Each revision is a
    transaction of its own: one that fails keeps no other from its time, and a second run, or two
    at once, publish nothing twice.
    """
    due = Revision.objects.filter(state=State.SCHEDULED, publish_at__lte=database_now())
    return [
        revision
        for found in due.order_by("publish_at", "id")
        if (revision := _publish_at_its_time(found)) is not None
    ]


@transaction.atomic
def _publish_at_its_time(found: Revision) -> Revision | None:
    revision = locked(found)
    now = database_now()
    by = revision.scheduled_by
    if revision.publish_at is None or by is None or revision.publish_at > now:
        return None  # somebody was quicker
    try:
        _check_publishable(revision, now)
    except WorkflowError as error:
        _back_to_approved(revision)
        record(
            Event.Action.NOT_PUBLISHED,
            revision.page,
            by=None,
            revision=revision,
            detail=error.message,
        )
        Task.objects.create(
            page=revision.page, kind=Task.Kind.NOT_PUBLISHED, detail=error.message, assigned_to=by
        )
        return None
    return _go_live(revision, by=by)


@transaction.atomic
def unpublish(*, by: User, page: Page, reason: str) -> Revision:
    """Take a page from the public; its address answers 410 with the reason."""
    permit(by, PUBLISH)
    if not reason.strip():
        raise ReasonMissing(_("Say in one sentence why the page goes. Readers will see it."))
    Page.objects.select_for_update().get(pk=page.pk)
    revision = Revision.objects.live().filter(page=page.pk).first()
    if revision is None:
        raise NotLive
    revision.state = State.UNPUBLISHED
    revision.unpublished_by = by
    revision.unpublished_at = database_now()
    revision.unpublish_reason = reason.strip()
    revision.save(update_fields=["state", "unpublished_by", "unpublished_at", "unpublish_reason"])
    record(
        Event.Action.UNPUBLISHED,
        page,
        by=by,
        revision=revision,
        detail=revision.unpublish_reason,
    )
    clock.stop(page, by=by)
    index.remove(page)
    return revision
