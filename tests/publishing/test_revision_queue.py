"""The queue of revisions: what waits, for whom, and since when."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from milia_site import roles
from publishing import actions, queues
from publishing.checks import Finding, Level
from publishing.models import Contributor, Revision, SignOff
from publishing.signoffs import may_publish
from tests import factories

pytestmark = pytest.mark.django_db

QUEUE = "/admin/publishing/revision/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def visitor(client: Any) -> User:
    """A site admin, logged in."""
    user = factories.UserFactory.create(username="somebody")
    user.groups.set([Group.objects.get(name=roles.SITE_ADMIN)])
    client.force_login(user)
    return user


def shown(client: Any, asked: str = "") -> list[str]:
    return [str(row) for row in client.get(f"{QUEUE}?{asked}").context["cl"].result_list]


def set_state(revision: Revision, state: str, **fields: Any) -> Revision:
    Revision.objects.filter(pk=revision.pk).update(state=state, **fields)
    revision.refresh_from_db()
    return revision


def submitted_ago(slug: str, days: int, monkeypatch: pytest.MonkeyPatch) -> Revision:
    moment = timezone.now() - days * DAY
    with monkeypatch.context() as patch:
        patch.setattr("publishing.actions.submitting.database_now", lambda: moment)
        return factories.submitted(factories.article_content(slug))


def world(monkeypatch: pytest.MonkeyPatch) -> dict[str, Revision]:
    """A revision at each station of the workflow."""
    asked = factories.submitted(factories.article_content("asked"))
    actions.sign_off(
        by=factories.ReviewerFactory.create(),
        revision=asked,
        sha256=asked.sha256,
        decision=SignOff.Decision.REQUEST_CHANGES,
        statement="Cite it.",
    )
    scheduled = factories.approved(factories.article_content("scheduled"))
    set_state(
        scheduled,
        "scheduled",
        publish_at=datetime.datetime(2040, 5, 4, 3, 2, tzinfo=datetime.UTC),
        scheduled_by=factories.EditorFactory.create(),
    )
    return {
        "young": submitted_ago("young", 0, monkeypatch),
        "old": submitted_ago("old", 3, monkeypatch),
        "asked": asked,
        "approved": factories.approved(factories.article_content("approved")),
        "scheduled": scheduled,
    }


def test_the_queue_shows_what_waits_from_the_oldest_on_and_counts_the_others(
    client: Any, visitor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(monkeypatch)
    answer = client.get(QUEUE)
    queue = answer.context["cl"]
    assert [(str(row), queue.model_admin.since(row)) for row in queue.result_list] == [
        ("Old (1)", "waits for 3 days"),
        ("Young (1)", "waits since today"),
    ]
    choices = list(queue.filter_specs[0].choices(queue))
    assert [(choice["display"], choice["selected"]) for choice in choices] == [
        ("Waiting for review (2)", True),
        ("Approved (1)", False),
        ("Scheduled (1)", False),
        ("Changes requested (1)", False),
        ("Live", False),
        ("All revisions", False),
    ]


@pytest.mark.parametrize(
    ("queue", "found"),
    [
        ("approved", ["Approved (1)"]),
        ("scheduled", ["Scheduled (1)"]),
        ("changes-requested", ["Asked (1)"]),
        ("live", ["Milia (1)"]),
        ("unheard", ["Old (1)", "Young (1)"]),
    ],
)
def test_each_station_has_its_queue(
    client: Any, visitor: User, queue: str, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world(monkeypatch)
    assert sorted(shown(client, f"queue={queue}")) == found


def test_the_list_says_when_a_scheduled_revision_goes_live_and_where_others_stand(
    client: Any, visitor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_them = world(monkeypatch)
    admin = client.get(QUEUE).context["cl"].model_admin
    today = timezone.localdate()
    assert admin.since(all_of_them["scheduled"]) == "goes live on 4 May 2040, 03:02"
    assert admin.since(all_of_them["approved"]) == (
        f"approved, submitted on {today.day} {today:%B %Y}"
    )
    assert admin.kind_in_words(all_of_them["old"]) == "article"
    assert len(shown(client, "queue=all")) == 6


def test_changes_that_were_made_are_requested_no_more(client: Any, visitor: User) -> None:
    first = set_state(factories.submitted(factories.article_content()), "changes-requested")
    assert shown(client, "queue=changes-requested") == ["Removal (1)"]
    factories.submitted(factories.article_content(limits="Fewer still [@berk2008]."))
    assert shown(client, "queue=changes-requested") == []
    assert first.state == "changes-requested"


def test_whoever_had_a_part_in_a_text_is_not_offered_it_for_signing(
    client: Any, visitor: User
) -> None:
    factories.submitted(factories.article_content("others"))
    factories.submitted(factories.article_content("mine"), by=visitor)
    credited = factories.submitted(factories.article_content("credited"))
    person = Contributor.objects.create(slug="me", name="Me")
    credited.contributions.create(contributor=person, account=None, role="author")
    assert sorted(shown(client, "mine=to-sign")) == ["Credited (1)", "Others (1)"]
    Contributor.objects.filter(user=visitor).update(user=None)
    Contributor.objects.filter(pk=person.pk).update(user=visitor)
    assert sorted(shown(client, "mine=to-sign")) == ["Others (1)"]
    assert sorted(shown(client, "mine=written")) == ["Credited (1)", "Mine (1)"]


def test_what_may_go_live_is_what_publishing_would_take(
    client: Any, visitor: User, settings: Any
) -> None:
    good = factories.approved(factories.article_content("good"))
    waits = factories.submitted(factories.article_content("waits"))
    expired = factories.approved(factories.article_content("expired"))
    demo = factories.submitted(factories.article_content("demo"))
    reviewer = factories.ReviewerFactory.create(username="placeholder")
    Contributor.objects.filter(user=reviewer).update(demo=True)
    factories.sign_off(demo, by=reviewer)
    demo.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE publishing_signoff DISABLE TRIGGER USER")
        cursor.execute(
            """UPDATE publishing_signoff SET signed_at = signed_at - interval '2 years',
            expires_at = now() - interval '1 day' FROM publishing_contribution c
            WHERE c.id = contribution_id AND c.revision_id = %s""",
            [expired.pk],
        )
        cursor.execute("ALTER TABLE publishing_signoff ENABLE TRIGGER USER")
    revisions = (good, waits, expired, demo)
    for demo_mode, required, found in (
        (True, True, {good, demo}),
        (False, True, {good}),
        (False, False, {good, waits, expired, demo}),
    ):
        settings.DEMO_MODE, settings.REVIEW_REQUIRED = demo_mode, required
        assert set(queues.publishable()) == found
        assert {revision for revision in revisions if may_publish(revision)} == found
    assert sorted(shown(client, "queue=all&mine=publishable")) == [
        "Demo (1)",
        "Expired (1)",
        "Good (1)",
        "Waits (1)",
    ]


def test_revisions_are_found_by_kind_by_words_and_by_finding(
    client: Any, visitor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding("long-sentence", Level.WARN, "Look.")]
    with monkeypatch.context() as patch:
        patch.setattr("publishing.actions.submitting.check", lambda *_args, **_options: found)
        factories.submitted(factories.article_content("long"))
    factories.submitted(factories.question_content("why"))
    assert shown(client, "of=question") == ["Why? (1)"]
    assert shown(client, "q=lon") == ["Long (1)"]
    assert shown(client, "finding=long-sentence") == ["Long (1)"]
    assert shown(client, "finding=dose") == []
    assert "By finding" not in client.get(QUEUE).content.decode()


def test_the_list_reads_no_documents(client: Any, visitor: User) -> None:
    factories.submitted(factories.article_content())
    (row,) = client.get(QUEUE).context["cl"].result_list
    assert row.get_deferred_fields() == {"content", "rendered", "parts", "findings"}


@pytest.mark.parametrize("asked", ["", "queue=all", "mine=to-sign"])
def test_the_queue_takes_15_queries_at_most_and_no_more_for_three_rows_than_for_one(
    client: Any, visitor: User, asked: str, query_count: Callable[[str], int]
) -> None:
    factories.submitted(factories.article_content("one"))
    before = query_count(f"{QUEUE}?{asked}")
    factories.submitted(factories.article_content("two"))
    factories.submitted(factories.article_content("three"))
    assert query_count(f"{QUEUE}?{asked}") == before
    assert before <= 15


@pytest.fixture
def query_count(client: Any) -> Callable[[str], int]:
    """Counts the queries of an address, after a first look at it."""

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
