"""How the site's texts, sources and jobs stand: the panels that are the same for everybody.

What is counted over everything is counted over the newest rows where there are very many, and the
panel says so.
"""

import datetime
from collections import defaultdict
from itertools import pairwise

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from comments import notices
from comments.views import help_page
from milia_site.charts import Value, columns, lying
from milia_site.panels import Line, Panel
from publishing.checks import Level
from publishing.dates import months_later
from publishing.models import Page
from references.entries import Status

MONTHS_SHOWN = 12
RULES_SHOWN = 10
PAGES_COUNTED = 300
SOURCES_COUNTED = 2_000
JOBS_LOOKED_AT = 100
LATE = datetime.timedelta(minutes=5)
# Years since publication; an age at the border belongs to the younger ones.
YOUNG, OLD = 5, 10
# Found by the rules in live texts. What blocks was waived, or the text would not be live.
FINDINGS = """
WITH looked_at AS (
    SELECT id, findings FROM publishing_revision WHERE state = 'live'
    ORDER BY page_id DESC LIMIT %s
)
SELECT finding ->> 'code', finding ->> 'level', count(DISTINCT id),
    (SELECT count(*) FROM looked_at)
FROM looked_at, jsonb_array_elements(findings) AS finding
GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT %s
"""
SOURCES = """
SELECT status, year, count(*)
FROM (SELECT status, year FROM references_reference ORDER BY id DESC LIMIT %s) AS newest
GROUP BY status, year
"""
URGENT = frozenset({Status.CONCERN, Status.RETRACTED})


def comments_unready() -> Panel | None:
    """What moderation of comments lacks."""
    lines = []
    if not notices.reachable().exists():
        text = _("Nobody is told of comments that wait: no moderator has an e-mail address.")
        lines.append(Line(text, reverse("admin:auth_user_changelist"), ""))
    if settings.COMMENTS_OPEN and not help_page().exists():
        text = _(
            "Readers who write of harming themselves find no help page. Write a plain page with"
            " the address “%(slug)s”."
        )
        address = reverse("admin:articles_plainpage_add")
        lines.append(Line(text % {"slug": settings.COMMENTS_HELP_PAGE}, address, ""))
    if not lines:
        return None
    return Panel(key="comments", title=_("Comments are not ready"), lines=tuple(lines), alarm=True)


def reviews_due(today: datetime.date) -> Panel:
    """How many reviews are overdue, and how many are due in each of the next twelve months."""
    first = today.replace(day=1)
    months = [months_later(first, number) for number in range(MONTHS_SHOWN + 1)]
    # By day, as the index has them: that is cheaper than to ask the database for months.
    days = (
        Page.objects.filter(review_due_on__lt=months[-1])
        .values_list("review_due_on")
        .order_by("review_due_on")
        .annotate(number=Count("pk"))
    )
    numbers: dict[datetime.date | None, int] = defaultdict(int)
    for day, number in days:
        numbers[day.replace(day=1) if day and day >= today else None] += number
    pages = reverse("admin:publishing_page_changelist")
    late = Value(_("Overdue"), _("Overdue"), numbers[None], f"{pages}?review=overdue", True)
    values = [late]
    for start, end in pairwise(months):
        since = max(start, today)
        asked = urlencode({"review_due_on__gte": str(since), "review_due_on__lt": str(end)})
        name = f"{MONTHS[start.month]} {start.year}"
        number = numbers[start]
        values.append(Value(name, str(MONTHS_3[start.month]).title(), number, f"{pages}?{asked}"))
    total = sum(value.number for value in values[1:])
    return Panel(
        key="reviews",
        title=_("Reviews due"),
        chart=columns(values),
        summary=_("%(late)d overdue; %(total)d due within twelve months.")
        % {"late": late.number, "total": total},
    )


def findings() -> Panel:
    """The rules that find most in live pages."""
    with connection.cursor() as cursor:
        cursor.execute(FINDINGS, [PAGES_COUNTED, RULES_SHOWN])
        rows = cursor.fetchall()
    revisions = reverse("admin:publishing_revision_changelist")
    values = []
    for code, level, number, _looked_at in rows:
        waived = level == Level.BLOCK
        words = _("waived") if waived else str(Level.WARN.label)
        asked = urlencode({"queue": "live", "finding": code})
        label = f"{code.replace('-', ' ').capitalize()} ({words})"
        values.append(Value(label, code, number, f"{revisions}?{asked}", waived))
    capped = any(looked_at == PAGES_COUNTED for *_row, looked_at in rows)
    note = "" if values else _("The checks find nothing in what is live.")
    return Panel(
        key="findings",
        title=_("What the checks find in live pages"),
        tables=((_("Pages by rule"), lying(values)),) if values else (),
        note=_("Counted over the 300 newest live pages.") if capped else note,
    )


def sources() -> Panel:
    """The library by age and by status."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, [SOURCES_COUNTED])
        rows = cursor.fetchall()
    by_status = dict.fromkeys(Status.values, 0)
    this_year = timezone.localdate().year
    by_age = [0, 0, 0, 0]
    for status, year, number in rows:
        by_status[status] += number
        by_age[_age_group(year, this_year)] += number
    address = reverse("admin:references_reference_changelist")
    statuses = [
        Value(
            status.label,
            status.label,
            by_status[status],
            f"{address}?status__exact={status}",
            status in URGENT,
        )
        for status in Status
    ]
    total = sum(by_age)
    return Panel(
        key="sources",
        title=_("Sources"),
        tables=(
            (_("By age"), lying(_ages(address, by_age, this_year))),
            (_("By status"), lying(statuses)),
        )
        if total
        else (),
        note=_sources_note(total),
    )


def _age_group(year: int | None, this_year: int) -> int:
    """The place of a year in the list of ages."""
    if year is None:
        return 3
    age = this_year - year
    return 0 if age <= YOUNG else 1 if age <= OLD else 2


def _ages(address: str, numbers: list[int], this_year: int) -> list[Value]:
    names = (_("5 years and younger"), _("6 to 10 years"), _("Over 10 years"), _("Without a year"))
    asked = (
        f"year__gte={this_year - YOUNG}",
        f"year__gte={this_year - OLD}&year__lt={this_year - YOUNG}",
        f"year__lt={this_year - OLD}",
        "year__isnull=True",
    )
    return [
        Value(name, name, number, f"{address}?{query}")
        for name, number, query in zip(names, numbers, asked, strict=True)
    ]


def _sources_note(total: int) -> str:
    if not total:
        return _("There are no sources yet.")
    return _("Counted over the 2,000 newest sources.") if total == SOURCES_COUNTED else ""


def late_jobs() -> Panel | None:
    """That nobody does the jobs which are due, if the oldest waits for over five minutes."""
    deferred = ProcrastinateEvent.objects.filter(job=OuterRef("pk"), type="deferred")
    due = ProcrastinateJob.objects.filter(
        Q(scheduled_at=None) | Q(scheduled_at__lte=Now()), status="todo"
    ).order_by("-priority", "pk")
    since = Coalesce("scheduled_at", Subquery(deferred.order_by("pk").values("at")[:1]))
    waiting = due.annotate(since=since, late=Now() - LATE).filter(since__lt=F("late"))
    oldest = list(waiting.values_list("since", flat=True)[:JOBS_LOOKED_AT])
    if not oldest:
        return None
    started = ProcrastinateEvent.objects.filter(type="started").order_by("-pk")
    last_run = started.values_list("at", flat=True).first()
    moment = date_format(timezone.localtime(min(oldest)), "j F Y, H:i")
    told = (
        _("The worker has not run since %(ran)s. The oldest job waits since %(moment)s.")
        % {"ran": date_format(timezone.localtime(last_run), "j F Y, H:i"), "moment": moment}
        if last_run
        else _("No worker has run yet. The oldest job waits since %(moment)s.") % {"moment": moment}
    )
    return Panel(
        key="jobs",
        title=_("Background jobs wait"),
        note=f"{told} " + _("The site works, but nothing is published at its time or checked."),
        alarm=True,
    )
