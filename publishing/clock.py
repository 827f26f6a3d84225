"""When somebody has to look at a live page again."""

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Max

from publishing.dates import database_now, months_later
from publishing.models import Event, Page, Revision
from publishing.signoffs import approvals


def start(revision: Revision) -> None:
    """Set the day of the next review of a page whose revision just went live.

    It is the day on which its sign-off ends; where the site does without reviewers, the page's
    interval from now.
    """
    page = revision.page
    ends = approvals(revision).aggregate(last=Max("expires_at"))["last"]
    today = database_now().date()
    due = ends.date() if ends else months_later(today, page.review_months)
    Page.objects.filter(pk=page.pk).update(review_due_on=due, review_pull_reason="")


def stop(page: Page) -> None:
    """A page that is not public is not reviewed."""
    Page.objects.filter(pk=page.pk).update(review_due_on=None, review_pull_reason="")


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
