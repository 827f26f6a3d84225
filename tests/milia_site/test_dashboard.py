"""The first page of the desk: what waits for whom, counted, and how the site stands."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment
from milia_site import roles, standing
from publishing import actions, counting
from publishing.checks import Finding, Level
from publishing.models import Contributor, Link, Page, Revision, SignOff, Task
from references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db

DESK = "/admin/"
DAY = datetime.timedelta(days=1)


def account(client: Any, role: str, name: str = "somebody") -> User:
    """An account with a role, logged in."""
    user = factories.UserFactory.create(username=name)
    user.groups.set([Group.objects.get(name=role)])
    client.force_login(user)
    return user


def panels(client: Any) -> dict[str, Any]:
    """The panels of the page, by their names."""
    return {panel.key: panel for panel in client.get(DESK).context["panels"]}


def waiting(client: Any) -> dict[str, tuple[str, str]]:
    """What waits, as name: (count, address)."""
    items = panels(client)["waits"].items
    return {str(label): (str(count), url) for label, count, url in items}


def rows(client: Any, address: str) -> int:
    """How many rows a list shows."""
    return len(client.get(address).context["cl"].result_list)


def link_rows(number: int) -> None:
    for place in range(number):
        Link.objects.create(url=f"https://example.org/{place}", host="example.org", strikes=3)


def job(status: str, age: datetime.timedelta, *, scheduled: bool = True) -> int:
    """A background job that was due some time ago."""
    due = timezone.now() - age
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO procrastinate_jobs
            (queue_name, task_name, priority, status, scheduled_at)
            VALUES ('default', 'references.check_due', 0, %s::procrastinate_job_status, %s)
            RETURNING id""",
            [status, due if scheduled else None],
        )
        (number,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [due, number])
    return int(number)


def test_an_editor_sees_what_waits_for_editors_and_each_count_is_the_length_of_its_list(
    client: Any,
) -> None:
    editor = account(client, roles.EDITOR)
    asked = factories.submitted(factories.article_content("asked"), by=editor)
    actions.sign_off(
        by=factories.ReviewerFactory.create(),
        revision=asked,
        sha256=asked.sha256,
        decision=SignOff.Decision.REQUEST_CHANGES,
        statement="Cite it.",
    )
    factories.approved(factories.article_content("approved"))
    factories.submitted(factories.article_content("waits"))
    draft = factories.draft(factories.article_content("draft"), by=editor)
    Page.objects.filter(pk=draft.pk).update(review_due_on=timezone.localdate() - DAY)
    Task.objects.create(page=draft, kind="reader-report", detail="Look.")
    Task.objects.create(page=draft, kind="reader-report", detail="Mine.", assigned_to=editor)
    other = factories.EditorFactory.create()
    Task.objects.create(page=draft, kind="reader-report", detail="Not mine.", assigned_to=other)
    found = waiting(client)
    assert {label: count for label, (count, _url) in found.items()} == {
        "Changes requested on texts that you wrote": "1",
        "Drafts with changes that you have not submitted": "1",
        "Approved, may be published now": "1",
        "Open tasks, yours or nobody’s yet": "2",
        "Pages that you own and whose review is overdue": "1",
        "Waiting for review by anybody": "1",
    }
    assert {label: str(rows(client, url)) for label, (_count, url) in found.items()} == {
        label: count for label, (count, _url) in found.items()
    }


def test_a_reviewer_sees_what_others_wrote_the_oldest_first(client: Any) -> None:
    reviewer = account(client, roles.MEDICAL_REVIEWER)
    factories.qualify(reviewer)
    first = factories.submitted(factories.article_content("first"))
    second = factories.submitted(factories.article_content("second"))
    own = factories.submitted(factories.article_content("own"))
    contributor = Contributor.objects.get(user=reviewer)
    own.contributions.create(contributor=contributor, account=reviewer, role="author")
    address = "/admin/publishing/revision/?queue=submitted&mine=to-sign"
    assert waiting(client) == {"Waiting for review, and you may sign it": ("2", address)}
    assert rows(client, address) == 2
    assert [(line.text, line.url, line.detail) for line in panels(client)["to-sign"].lines] == [
        ("First (1)", f"/admin/publishing/revision/{first.pk}/change/", "new page, 0 days"),
        ("Second (1)", f"/admin/publishing/revision/{second.pk}/change/", "new page, 0 days"),
    ]


def test_a_moderator_sees_comments_and_nothing_else(client: Any) -> None:
    account(client, roles.MODERATOR)
    page = factories.published(factories.article_content()).page
    Comment.objects.create(page=page, name="Ada", text="Thanks.")
    address = "/admin/comments/queue/"
    assert waiting(client) == {"Comments that nobody has read yet": ("1", address)}
    assert client.get(address).content.decode().count('queue-row"') == 1
    assert list(panels(client)) == ["waits"]


def test_where_nothing_waits_the_page_says_so(client: Any) -> None:
    account(client, roles.MODERATOR)
    assert "Nothing waits for you." in client.get(DESK).content.decode()


def test_each_role_sees_the_panels_whose_lists_it_may_open(client: Any) -> None:
    factories.submitted(factories.article_content())
    job("todo", datetime.timedelta(minutes=10))
    seen = {}
    for role in roles.PERMISSIONS:
        account(client, role, name=role.replace(" ", ""))
        seen[role] = list(panels(client))
    standing_ones = ["reviews", "overdue", "findings", "sought-in-vain", "sources"]
    assert seen == {
        roles.EDITOR: ["waits", *standing_ones],
        roles.MEDICAL_REVIEWER: ["waits", "to-sign", *standing_ones],
        roles.MODERATOR: ["waits"],
        roles.SITE_ADMIN: ["waits", "jobs", "comments", "to-sign", *standing_ones],
    }


def test_a_site_admin_sees_all_counts(client: Any) -> None:
    account(client, roles.SITE_ADMIN)
    scheduled = factories.approved(factories.article_content())
    Revision.objects.filter(pk=scheduled.pk).update(
        state="scheduled",
        publish_at=timezone.now() + DAY,
        scheduled_by=factories.EditorFactory.create(),
    )
    job("failed", DAY)
    job("todo", -DAY)
    assert {label: count for label, (count, _url) in waiting(client).items()} == {
        "Scheduled": "1",
        "Background jobs that failed": "1",
        "Background jobs that wait for their turn": "1",
    }


def test_broken_links_are_counted_where_their_list_is_at_the_desk(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(client, roles.EDITOR)
    link_rows(2)
    Link.objects.create(url="https://example.org/left", host="example.org", strikes=3, ignored=True)
    Link.objects.create(url="https://example.org/once", host="example.org", strikes=1)
    monkeypatch.setattr("milia_site.waiting.Link", Page)  # a model whose list is there
    monkeypatch.setattr("milia_site.waiting.LINKS", "publishing_page_changelist")
    assert waiting(client)["Broken links"][0] == "2"


def test_a_count_stops_at_its_cap() -> None:
    assert str(counting.Count(1_000, capped=True)) == "1,000+"
    assert str(counting.Count(12)) == "12"
    assert counting.capped_counts({}) == {}
    for slug in ("one", "two", "three"):
        factories.reference(slug)
    found = counting.capped_counts({"all": Reference.objects.all()}, cap=2)
    assert found == {"all": counting.Count(2, capped=True)}


def test_the_chart_of_reviews_has_a_bar_for_what_is_overdue_and_for_each_month(
    client: Any,
) -> None:
    account(client, roles.EDITOR)
    today = timezone.localdate()
    content = factories.article_content
    days = {"late": today - DAY, "today": today, "far": today + 800 * DAY, "none": None}
    for slug, day in days.items():
        page = factories.draft(content(slug))
        Page.objects.filter(pk=page.pk).update(review_due_on=day)
    Page.objects.filter(kind="condition").update(review_due_on=None)
    panel = panels(client)["reviews"]
    values = [bar.value for bar in panel.chart.bars]
    assert [value.number for value in values] == [1, 1, *[0] * 11]
    assert str(panel.summary) == "1 overdue; 1 due within twelve months."
    assert [rows(client, value.url) for value in values] == [1, 1, *[0] * 11]
    answer = client.get(DESK).content.decode()
    assert f'<th scope="row">{today:%B %Y}</th>' in answer


def test_the_months_of_the_chart_follow_each_other(db: None) -> None:
    panel = standing.reviews_due(datetime.date(2026, 11, 23))
    assert panel.chart is not None
    values = [bar.value for bar in panel.chart.bars]
    assert [str(value.label) for value in values[:4]] == [
        "Overdue",
        "November 2026",
        "December 2026",
        "January 2027",
    ]
    assert [value.url for value in values[:3]] == [
        "/admin/publishing/page/?review=overdue",
        "/admin/publishing/page/?review_due_on__gte=2026-11-23&review_due_on__lt=2026-12-01",
        "/admin/publishing/page/?review_due_on__gte=2026-12-01&review_due_on__lt=2027-01-01",
    ]
    assert str(values[-1].label) == "October 2027"
    assert [bar.height for bar in panel.chart.bars] == [0] * 13


def test_the_pages_that_are_longest_overdue_stand_first(client: Any) -> None:
    account(client, roles.EDITOR)
    today = timezone.localdate()
    late = {}
    for number in range(1, 13):
        page = factories.draft(factories.article_content(f"late-{number}"))
        Page.objects.filter(pk=page.pk).update(review_due_on=today - number * DAY)
        late[number] = page.pk
    lines = panels(client)["overdue"].lines
    assert [line.text for line in lines] == [f"Late {number}" for number in range(12, 2, -1)]
    assert lines[0].url == f"/admin/articles/article/{late[12]}/change/"
    assert lines[0].detail == "12 days"


@pytest.fixture
def with_findings(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Revision]:
    """Makes a live page in which the checks found something; what blocks is waived."""

    findings: list[Finding] = []
    monkeypatch.setattr(
        "publishing.actions.submitting.check", lambda *_document, **_options: tuple(findings)
    )

    def make(slug: str, *found: tuple[str, Level]) -> Revision:
        content = factories.article_content(slug)
        editor = factories.EditorFactory.create()
        page = factories.draft(content, by=editor)
        findings[:] = [Finding(code, level, "Look.") for code, level in found]
        for code in {finding.code for finding in findings if finding.blocks}:
            page.waivers.create(
                code=code,
                fingerprint=findings[0].fingerprint,
                message="Look.",
                reason="It is right.",
                waived_by=editor,
            )
        revision = factories.published(content, by=editor)
        findings.clear()
        return revision

    return make


def test_findings_are_counted_by_rule_over_live_pages(
    client: Any, monkeypatch: pytest.MonkeyPatch, with_findings: Callable[..., Revision]
) -> None:
    account(client, roles.EDITOR)
    long = ("long-sentence", Level.WARN)
    with_findings("one", long, long, ("dose", Level.BLOCK))
    with_findings("two", long)
    gone = with_findings("gone", ("passive", Level.WARN))
    actions.unpublish(by=factories.EditorFactory.create(), page=gone.page, reason="Old.")
    panel = panels(client)["findings"]
    ((_title, values),) = panel.tables
    assert [(str(value.label), value.number, length) for value, length in values] == [
        ("Long sentence (worth a look)", 2, 100),
        ("Dose (waived)", 1, 50),
    ]
    assert [rows(client, value.url) for value, _length in values] == [2, 1]
    assert panel.note == ""
    monkeypatch.setattr(standing, "PAGES_COUNTED", 1)
    panel = panels(client)["findings"]
    assert [(value.label, value.number) for value, _length in panel.tables[0][1]] == [
        ("Long sentence (worth a look)", 1)
    ]
    assert panel.note == "Counted over the 300 newest live pages."


def test_sources_are_counted_by_age_and_by_status(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(client, roles.EDITOR)
    this_year = timezone.localdate().year
    for age in (0, 5, 6, 10, 11):
        factories.reference(f"aged{age}", issued={"date-parts": [[this_year - age]]})
    factories.reference("undated", issued={"raw": "once"})
    Reference.objects.filter(citekey="aged0").update(status="retracted")
    panel = panels(client)["sources"]
    found = [
        [(str(value.label), value.number) for value, _length in values]
        for _title, values in panel.tables
    ]
    assert found == [
        [
            ("5 years and younger", 2),
            ("6 to 10 years", 2),
            ("Over 10 years", 1),
            ("Without a year", 1),
        ],
        [
            ("Not checked yet", 5),
            ("No notice known", 0),
            ("Corrected", 0),
            ("Expression of concern", 0),
            ("Retracted", 1),
        ],
    ]
    for _title, values in panel.tables:
        for value, _length in values:
            assert rows(client, value.url) == value.number
    assert panel.note == ""
    monkeypatch.setattr(standing, "SOURCES_COUNTED", 2)
    assert panels(client)["sources"].note == "Counted over the 2,000 newest sources."


def test_an_empty_site_has_no_sources(client: Any) -> None:
    account(client, roles.EDITOR)
    answer = client.get(DESK).content.decode()
    assert "There are no sources yet." in answer
    assert "No review is overdue." in answer
    assert "The checks find nothing in what is live." in answer


@pytest.mark.parametrize("scheduled", [True, False])
def test_a_job_that_is_late_is_told_of(client: Any, scheduled: bool) -> None:
    account(client, roles.SITE_ADMIN)
    job("todo", datetime.timedelta(minutes=4), scheduled=scheduled)
    assert "jobs" not in panels(client)
    job("todo", datetime.timedelta(minutes=6), scheduled=scheduled)
    assert str(panels(client)["jobs"].note).startswith(
        "No worker has run yet. The oldest job waits"
    )


def test_the_page_says_when_the_worker_ran_last(client: Any) -> None:
    account(client, roles.SITE_ADMIN)
    ran = job("doing", DAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', %s)",
            [ran, datetime.datetime(2026, 5, 4, 3, 2, tzinfo=datetime.UTC)],
        )
    job("todo", datetime.timedelta(minutes=6))
    note = panels(client)["jobs"].note
    assert "The worker has not run since 4 May 2026, 03:02." in str(note)


def test_the_page_takes_15_queries_at_most_and_no_more_for_three_rows_than_for_one(
    client: Any, with_findings: Callable[..., Revision]
) -> None:
    account(client, roles.SITE_ADMIN)
    cache.clear()
    numbers = []
    for round_number in range(2):
        for place in range(1 + round_number):
            slug = f"page-{round_number}-{place}"
            page = factories.submitted(factories.article_content(slug)).page
            Page.objects.filter(pk=page.pk).update(review_due_on=timezone.localdate() - DAY)
            with_findings(f"{slug}-live", ("long-sentence", Level.WARN))
            Comment.objects.create(page=page, name="Ada", text="Thanks.")
            job("todo", DAY)
        client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            client.get(DESK)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 15


def test_who_makes_accounts_is_told_what_moderation_lacks(client: Any, settings: Any) -> None:
    account(client, roles.SITE_ADMIN)
    html = client.get(DESK).content.decode()
    assert "no moderator has an e-mail address" in html
    assert "Write a plain page with the address “help”." in html
    settings.COMMENTS_OPEN = False
    assert "Write a plain page" not in client.get(DESK).content.decode()
    settings.COMMENTS_OPEN = True
    factories.published(factories.plain_page_content("help"))
    User.objects.create_superuser("root", "root@example.org")
    assert "Comments are not ready" not in client.get(DESK).content.decode()
