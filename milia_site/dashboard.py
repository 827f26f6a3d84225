"""The first page of the desk: what waits for whom, and how the site's texts and sources stand.

Each panel is a function of the account that looks, or of nothing, and costs a query or two.
"""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.actions.common import MODERATE
from milia_site import standing
from milia_site.panels import Line, Panel
from milia_site.waiting import SEE_JOBS, SEE_PAGES, SEE_REVISIONS, everything
from publishing import kinds, queues
from publishing.actions import SIGN_OFF
from publishing.counting import capped_counts
from publishing.models import Revision, SearchMiss
from publishing.search.misses import SHOWN_FROM

OLDEST_SHOWN = 5
OVERDUE_SHOWN = 10
SOUGHT_SHOWN = 10
State = Revision.State


def panels(user: User, site: AdminSite) -> list[Panel]:
    """Every panel that this account may see, in the order of the page."""
    makers: tuple[tuple[tuple[str, ...], Callable[[], Panel | None]], ...] = (
        ((), lambda: what_waits(user, site)),
        ((SEE_JOBS,), standing.late_jobs),
        ((MODERATE, "auth.change_user"), standing.comments_unready),
        ((SEE_REVISIONS, SIGN_OFF), lambda: to_sign(user)),
        ((SEE_PAGES,), reviews_due),
        ((SEE_PAGES,), overdue),
        ((SEE_REVISIONS,), standing.findings),
        (("publishing.view_searchmiss",), sought_in_vain),
        (("references.view_reference",), standing.sources),
    )
    made = (make() for permissions, make in makers if user.has_perms(permissions))
    return [panel for panel in made if panel is not None]


def reviews_due() -> Panel:
    """The reviews of the coming year."""
    return standing.reviews_due(timezone.localdate())


def what_waits(user: User, site: AdminSite) -> Panel:
    """How much waits in each list that this account may do something about."""
    waiting = [item for item in everything(user, site) if user.has_perms(item.permissions)]
    counts = capped_counts({str(number): item.rows for number, item in enumerate(waiting)})
    found = zip(waiting, counts.values(), strict=True)
    items = tuple((item.label, count, item.url) for item, count in found if count)
    return Panel(
        key="waits",
        title=_("What waits for you"),
        items=items,
        note="" if items else _("Nothing waits for you."),
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


def sought_in_vain() -> Panel:
    """What readers sought most often and did not find."""
    misses = reverse("admin:publishing_searchmiss_changelist")
    rows = SearchMiss.objects.filter(times__gte=SHOWN_FROM).order_by("-times", "words")
    lines = tuple(Line(row.words, misses, _times(row.times)) for row in rows[:SOUGHT_SHOWN])
    return Panel(
        key="sought-in-vain",
        title=_("Searches that found nothing"),
        lines=lines,
        note="" if lines else _("No reader has searched for the same words in vain twice."),
    )


def _times(number: int) -> str:
    return ngettext("%(number)d time", "%(number)d times", number) % {"number": number}


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
