"""The first page of the desk: what waits for whom, and how the site's texts and sources stand.

Each panel is a function of the account that looks, or of nothing, and costs one query at most.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise
from procrastinate.contrib.django.models import ProcrastinateJob

from comments.models import Comment
from milia_site import standing
from milia_site.panels import Line, Panel
from publishing import kinds, queues
from publishing.actions import PUBLISH, SIGN_OFF, SUBMIT
from publishing.counting import capped_counts
from publishing.models import Link, Page, Revision

SEE_REVISIONS = "publishing.view_revision"
SEE_PAGES = "publishing.view_page"
SEE_JOBS = "procrastinate.view_procrastinatejob"
OLDEST_SHOWN = 5
OVERDUE_SHOWN = 10
REVISIONS = "publishing_revision"
PAGES = "publishing_page"
JOBS = "procrastinate_procrastinatejob"
LINKS = "publishing_link"
State = Revision.State


@dataclass(frozen=True)
class Waiting:
    """Rows that wait for somebody, the list that shows exactly these, and who may open it."""

    label: StrOrPromise
    rows: QuerySet[Any]
    listed: str
    query: str
    permissions: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address of the list."""
        return f"{reverse(f'admin:{self.listed}_changelist')}?{self.query}"


def panels(user: User, site: AdminSite) -> list[Panel]:
    """Every panel that this account may see, in the order of the page."""
    makers: tuple[tuple[tuple[str, ...], Callable[[], Panel | None]], ...] = (
        ((), lambda: what_waits(user, site)),
        ((SEE_JOBS,), standing.late_jobs),
        ((SEE_REVISIONS, SIGN_OFF), lambda: to_sign(user)),
        ((SEE_PAGES,), reviews_due),
        ((SEE_PAGES,), overdue),
        ((SEE_REVISIONS,), standing.findings),
        (("references.view_reference",), standing.sources),
    )
    made = (make() for permissions, make in makers if user.has_perms(permissions))
    return [panel for panel in made if panel is not None]


def reviews_due() -> Panel:
    """The reviews of the coming year."""
    return standing.reviews_due(timezone.localdate())


def what_waits(user: User, site: AdminSite) -> Panel:
    """How much waits in each list that this account may do something about."""
    waiting = [
        item
        for item in (*_for_editors(user), *_for_others(user, site))
        if user.has_perms(item.permissions)
    ]
    counts = capped_counts({str(number): item.rows for number, item in enumerate(waiting)})
    found = zip(waiting, counts.values(), strict=True)
    items = tuple((item.label, count, item.url) for item, count in found if count)
    return Panel(
        key="waits",
        title=_("What waits for you"),
        items=items,
        note="" if items else _("Nothing waits for you."),
    )


def _for_editors(user: User) -> Sequence[Waiting]:
    return (
        Waiting(
            _("Changes requested on texts that you wrote"),
            queues.in_state(State.CHANGES_REQUESTED).filter(queues.written_by(user)),
            REVISIONS,
            f"queue={State.CHANGES_REQUESTED}&mine=written",
            (SEE_REVISIONS, SUBMIT),
        ),
        Waiting(
            _("Drafts with changes that you have not submitted"),
            Page.objects.filter(queues.drafts_of(user)),
            PAGES,
            "mine=draft",
            (SEE_PAGES, SUBMIT),
        ),
        Waiting(
            _("Approved, may be published now"),
            queues.publishable(),
            REVISIONS,
            "queue=all&mine=publishable",
            (SEE_REVISIONS, PUBLISH),
        ),
        Waiting(
            _("Scheduled"),
            queues.in_state(State.SCHEDULED),
            REVISIONS,
            f"queue={State.SCHEDULED}",
            (SEE_REVISIONS, PUBLISH),
        ),
        Waiting(
            _("Open tasks, yours or nobody's yet"),
            queues.open_tasks().filter(queues.for_anybody_or(user)),
            "publishing_task",
            "whose=mine-or-nobody",
            ("publishing.change_task",),
        ),
        Waiting(
            _("Pages that you own and whose review is overdue"),
            Page.objects.filter(queues.overdue(timezone.localdate()), owner=user),
            PAGES,
            "review=overdue&mine=owner",
            (SEE_PAGES, SUBMIT),
        ),
    )


def _for_others(user: User, site: AdminSite) -> Sequence[Waiting]:
    jobs = ProcrastinateJob.objects.all()
    links = Waiting(
        _("Broken links"),
        queues.broken_links(),
        LINKS,
        f"strikes__gte={queues.STRIKES}&ignored__exact=0",
        ("publishing.view_link", "publishing.change_link"),
    )
    return (
        Waiting(
            _("Waiting for review, and you may sign it"),
            queues.in_state(State.SUBMITTED).filter(queues.not_touched_by(user)),
            REVISIONS,
            f"queue={State.SUBMITTED}&mine=to-sign",
            (SEE_REVISIONS, SIGN_OFF),
        ),
        Waiting(
            _("Waiting for review by anybody"),
            queues.in_state(State.SUBMITTED),
            REVISIONS,
            f"queue={State.SUBMITTED}",
            (SEE_REVISIONS, SUBMIT),
        ),
        Waiting(
            _("Comments that nobody has read yet"),
            Comment.objects.filter(state=Comment.State.HELD),
            "comments_comment",
            f"state__exact={Comment.State.HELD}",
            ("comments.view_comment", "comments.change_comment"),
        ),
        *([links] if site.is_registered(Link) else ()),
        Waiting(
            _("Background jobs that failed"),
            jobs.filter(status="failed"),
            JOBS,
            "status__exact=failed",
            (SEE_JOBS,),
        ),
        Waiting(
            _("Background jobs that wait for their turn"),
            jobs.filter(status="todo"),
            JOBS,
            "status__exact=todo",
            (SEE_JOBS,),
        ),
    )


def to_sign(user: User) -> Panel | None:
    """What has waited longest for a review that this account may make."""
    rows = (
        queues.in_state(State.SUBMITTED)
        .filter(queues.not_touched_by(user))
        .only("title", "number", "change_kind", "submitted_at")
        .order_by("submitted_at", "id")[:OLDEST_SHOWN]
    )
    now = timezone.now()
    lines = tuple(
        Line(
            str(row),
            reverse("admin:publishing_revision_change", args=[row.pk]),
            f"{row.get_change_kind_display()}, {_days((now - row.submitted_at).days)}",
        )
        for row in rows
    )
    return (
        Panel(key="to-sign", title=_("Waiting longest for review"), lines=lines) if lines else None
    )


def overdue() -> Panel:
    """The pages that are longest overdue."""
    today = timezone.localdate()
    rows = queues.overdue_pages(today).only("title", "kind", "review_due_on")[:OVERDUE_SHOWN]
    lines = tuple(
        Line(
            page.title,
            kinds.get(page.kind).admin_url(page.pk),
            _days((today - page.review_due_on).days),
        )
        for page in rows
        if page.review_due_on
    )
    return Panel(
        key="overdue",
        title=_("Longest overdue"),
        lines=lines,
        note="" if lines else _("No review is overdue."),
    )


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
