"""When somebody has to look at a live page again."""

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from publishing.dates import database_now, months_later
from publishing.models import Event, Page, Revision, Task
from publishing.signoffs import approvals

# Changes after which whatever shows the page is looked at again.
WEIGHTY = (
    Revision.ChangeKind.CLINICAL,
    Revision.ChangeKind.EVIDENCE,
    Revision.ChangeKind.CORRECTION,
)
# So many errors that readers reported, and editors mended, are a reason to read the whole page.
REPORTS = 3


def start(revision: Revision) -> None:
    """Set the day of the next review of a page whose revision just went live.

    It is the day on which its sign-off ends; where the site does without reviewers, the page's
    interval from now. A review that was due is done. Where something weighty changed, the pages
    that show this one are looked at again.
    """
    page = revision.page
    ends = approvals(revision).aggregate(last=Max("expires_at"))["last"]
    now = database_now()
    due = ends.date() if ends else months_later(now.date(), page.review_months)
    Page.objects.filter(pk=page.pk).update(review_due_on=due, review_pull_reason="")
    reviews = page.tasks.filter(kind=Task.Kind.REVIEW_DUE, done_at=None)
    reviews.update(done_by=revision.published_by, done_at=now)
    if revision.change_kind in WEIGHTY:
        showing = Page.objects.filter(
            revisions__state=Revision.State.LIVE, revisions__inclusions__page=page
        )
        reason = _("“%(title)s”, which this page shows, has changed: %(note)s")
        pull_forward(
            showing, reason=reason % {"title": revision.title, "note": revision.change_note}
        )


def stop(page: Page, *, by: User) -> None:
    """A page that is not public is not reviewed."""
    Page.objects.filter(pk=page.pk).update(review_due_on=None, review_pull_reason="")
    reviews = page.tasks.filter(kind=Task.Kind.REVIEW_DUE, done_at=None)
    reviews.update(done_by=by, done_at=database_now())


@transaction.atomic
def pull_forward(pages: Iterable[Page], *, reason: str, by: User | None = None) -> None:
    """Make the review of these pages due today, unless it is due already, and say why.

    `by` is nobody where the site itself acts.
    """
    today: datetime.date = database_now().date()
    due = Page.objects.filter(pk__in=[page.pk for page in pages], review_due_on__gt=today)
    for page in due.select_for_update().order_by("pk"):
        page.review_due_on = today
        page.review_pull_reason = reason[:300]
        page.save(update_fields=["review_due_on", "review_pull_reason"])
        Event.objects.create(
            page=page, action=Event.Action.REVIEW_PULLED, account=by, detail=reason
        )


def count_reports(page: Page) -> None:
    """Pull the review forward when readers were right for the third time since the last text."""
    live = Revision.objects.live().filter(page=page).first()
    if live is None:
        return
    mended = page.tasks.filter(
        kind=Task.Kind.READER_REPORT, done_at__isnull=False, done_at__gte=live.published_at
    )
    if mended.count() >= REPORTS:
        reason = _("Readers have found %(number)s errors in this text.") % {"number": REPORTS}
        pull_forward([page], reason=reason)


@transaction.atomic
def remind_of_due() -> int:
    """Put each page that is due on its owner's desk, once; gives how many there were."""
    today = database_now().date()
    waiting = Task.objects.filter(
        page=OuterRef("pk"), kind=Task.Kind.REVIEW_DUE, due_on=OuterRef("review_due_on")
    )
    due = Page.objects.filter(~Exists(waiting), review_due_on__lte=today).order_by("pk")
    tasks = [
        Task(
            page=page,
            kind=Task.Kind.REVIEW_DUE,
            due_on=page.review_due_on,
            assigned_to=page.owner,
            detail=page.review_pull_reason or _("The time of the last review is over."),
        )
        for page in due.select_related("owner").select_for_update(of=("self",))
    ]
    return len(Task.objects.bulk_create(tasks))
