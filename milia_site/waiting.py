"""What may wait on the desk: the rows, the list that shows exactly these, and for whom they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from procrastinate.contrib.django.models import ProcrastinateJob

from comments.models import Comment, Flag
from publishing import queues
from publishing.actions import PUBLISH, SIGN_OFF, SUBMIT
from publishing.models import Link, Page, Revision

SEE_REVISIONS = "publishing.view_revision"
SEE_PAGES = "publishing.view_page"
SEE_JOBS = "procrastinate.view_procrastinatejob"
REVISIONS = "publishing_revision_changelist"
PAGES = "publishing_page_changelist"
TASKS = "publishing_task_changelist"
LINKS = "publishing_link_changelist"
JOBS = "procrastinate_procrastinatejob_changelist"
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
        address = reverse(f"admin:{self.listed}")
        return f"{address}?{self.query}" if self.query else address


def everything(user: User, site: AdminSite) -> Iterator[Waiting]:
    """All that may wait for this account, were it permitted everything."""
    yield from _texts(user)
    yield from _revisions(user)
    yield from _pages(user)
    yield from _reports(site)
    yield from _jobs()


def _texts(user: User) -> Iterator[Waiting]:
    """What one has written oneself."""
    yield Waiting(
        _("Changes requested on texts that you wrote"),
        queues.in_state(State.CHANGES_REQUESTED).filter(queues.written_by(user)),
        REVISIONS,
        f"queue={State.CHANGES_REQUESTED}&mine=written",
        (SEE_REVISIONS, SUBMIT),
    )
    yield Waiting(
        _("Drafts with changes that you have not submitted"),
        Page.objects.filter(queues.drafts_of(user)),
        PAGES,
        "mine=draft",
        (SEE_PAGES, SUBMIT),
    )


def _revisions(user: User) -> Iterator[Waiting]:
    """What is on its way to the public."""
    yield Waiting(
        _("Waiting for review, and you may sign it"),
        queues.in_state(State.SUBMITTED).filter(queues.not_touched_by(user)),
        REVISIONS,
        f"queue={State.SUBMITTED}&mine=to-sign",
        (SEE_REVISIONS, SIGN_OFF),
    )
    yield Waiting(
        _("Waiting for review by anybody"),
        queues.in_state(State.SUBMITTED),
        REVISIONS,
        f"queue={State.SUBMITTED}",
        (SEE_REVISIONS, SUBMIT),
    )
    yield Waiting(
        _("Approved, may be published now"),
        queues.publishable(),
        REVISIONS,
        "queue=all&mine=publishable",
        (SEE_REVISIONS, PUBLISH),
    )
    yield Waiting(
        _("Scheduled"),
        queues.in_state(State.SCHEDULED),
        REVISIONS,
        f"queue={State.SCHEDULED}",
        (SEE_REVISIONS, PUBLISH),
    )


def _pages(user: User) -> Iterator[Waiting]:
    """What is to be done about pages."""
    yield Waiting(
        _("Open tasks, yours or nobody’s yet"),
        queues.open_tasks().filter(queues.for_anybody_or(user)),
        TASKS,
        "whose=mine-or-nobody",
        ("publishing.change_task",),
    )
    yield Waiting(
        _("Pages that you own and whose review is overdue"),
        Page.objects.filter(queues.overdue(timezone.localdate()), owner=user),
        PAGES,
        "review=overdue&mine=owner",
        (SEE_PAGES, SUBMIT),
    )


def _reports(site: AdminSite) -> Iterator[Waiting]:
    """What readers and other sites tell."""
    yield Waiting(
        _("Comments that nobody has read yet"),
        Comment.objects.filter(state=Comment.State.HELD),
        "comment_queue",
        "",
        ("comments.view_comment", "comments.change_comment"),
    )
    flagged = Flag.objects.open().values("comment")
    yield Waiting(
        _("Comments that readers have flagged"),
        Comment.objects.filter(state=Comment.State.APPROVED, pk__in=flagged),
        "comment_queue",
        "state=flagged",
        ("comments.view_comment", "comments.change_comment"),
    )
    if site.is_registered(Link):
        yield Waiting(
            _("Broken links"),
            queues.broken_links(),
            LINKS,
            f"strikes__gte={queues.STRIKES}&ignored__exact=0",
            ("publishing.view_link", "publishing.change_link"),
        )


def _jobs() -> Iterator[Waiting]:
    """What the programs do, or could not do."""
    jobs = ProcrastinateJob.objects.all()
    for label, status in (
        (_("Background jobs that failed"), "failed"),
        (_("Background jobs that wait for their turn"), "todo"),
    ):
        rows = jobs.filter(status=status)
        yield Waiting(label, rows, JOBS, f"status__exact={status}", (SEE_JOBS,))
