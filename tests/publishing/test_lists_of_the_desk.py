"""The lists of pages, tasks and events at the desk: columns, filters, bulk actions, cost."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article
from milia_site import roles
from publishing import counting
from publishing.models import Event, Page, Task
from tests import factories

pytestmark = pytest.mark.django_db

ARTICLES = "/admin/articles/article/"
ALL_PAGES = "/admin/publishing/page/"
TASKS = "/admin/publishing/task/"
EVENTS = "/admin/publishing/event/"
DAY = datetime.timedelta(days=1)


def log_in(client: Any, role: str, name: str = "somebody") -> User:
    user = factories.UserFactory.create(username=name)
    user.groups.set([Group.objects.get(name=role)])
    client.force_login(user)
    return user


@pytest.fixture
def editor_of_desk(client: Any) -> User:
    return log_in(client, roles.EDITOR)


def titles(client: Any, address: str) -> list[str]:
    """What a list shows, in its order."""
    return [str(row) for row in client.get(address).context["cl"].result_list]


def due(page: Page, day: datetime.date | None) -> Page:
    Page.objects.filter(pk=page.pk).update(review_due_on=day)
    return page


def send(client: Any, address: str, action: str, pages: list[Page], **fields: Any) -> Any:
    """Choose an action for rows of a list."""
    chosen = {"action": action, "_selected_action": [page.pk for page in pages]}
    return client.post(address, {**chosen, **fields}, follow=True)


def article(slug: str, **fields: Any) -> Page:
    return factories.draft(factories.article_content(slug, **fields))


def test_the_list_says_where_each_page_stands(client: Any, editor_of_desk: User) -> None:
    factories.published(factories.article_content("live"))
    due(article("late"), timezone.localdate() - DAY)
    due(article("due"), datetime.date(2040, 5, 4))
    answer = client.get(ARTICLES)
    cells = {
        str(row): (
            answer.context["cl"].model_admin.state_in_words(row),
            answer.context["cl"].model_admin.is_live(row),
            answer.context["cl"].model_admin.review(row),
        )
        for row in answer.context["cl"].result_list
    }
    assert cells["Late"] == ("draft", False, '<strong class="late">1 day overdue</strong>')
    assert cells["Due"] == ("draft", False, "4 May 2040")
    assert cells["Live"][:2] == ("live", True)
    due(Page.objects.get(slug="live"), None)
    assert answer.context["cl"].model_admin.review(Page(review_due_on=None)) == ""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=draft", ["Draft"]),
        ("state=live", ["Live"]),
        ("state=submitted", ["Again"]),
        ("live=yes", ["Again", "Live"]),
        ("live=no", ["Draft"]),
        ("live=perhaps", ["Again", "Draft", "Live"]),
        ("review=overdue", ["Draft"]),
        ("review=soon", ["Live"]),
        ("review=none", ["Again"]),
        ("mine=owner", ["Draft"]),
        ("mine=draft", ["Draft"]),
        ("q=liv", ["Live"]),
    ],
)
def test_the_filters_find(client: Any, editor_of_desk: User, asked: str, found: list[str]) -> None:
    live = factories.published(factories.article_content("live")).page
    again = factories.published(factories.article_content("again")).page
    factories.submitted(factories.article_content("again", limits="Few [@berk2008]."))
    draft = factories.draft(factories.article_content("draft"), by=editor_of_desk)
    due(live, timezone.localdate() + 60 * DAY)
    due(again, None)
    due(draft, timezone.localdate() - DAY)
    assert titles(client, f"{ARTICLES}?{asked}") == found


def test_the_list_may_be_sorted_by_the_day_of_the_review(client: Any, editor_of_desk: User) -> None:
    due(article("never"), None)
    due(article("later"), datetime.date(2040, 1, 1))
    due(article("first"), datetime.date(2030, 1, 1))
    assert titles(client, f"{ARTICLES}?o=6") == ["First", "Later", "Never"]


def test_the_list_may_be_sorted_by_when_somebody_last_worked_on_a_page(
    client: Any, editor_of_desk: User
) -> None:
    for slug in ("first", "second", "third"):
        page = article(slug)
        Page.objects.filter(pk=page.pk).update(created_at="2026-01-02T08:30Z")
    Page.objects.filter(slug="first").update(created_at="2026-01-03T08:30Z")
    Event.objects.create(page=Page.objects.get(slug="third"), action=Event.Action.SAVED)
    assert titles(client, f"{ARTICLES}?o=-7") == ["Third", "First", "Second"]
    cells = client.get(f"{ARTICLES}?o=-7").content.decode()
    assert (
        date_format(timezone.localtime(Page.objects.get(slug="second").created_at), "j M Y, H:i")
        in cells
    )


def test_all_pages_stand_in_one_list_and_lead_to_the_form_of_their_kind(
    client: Any, editor_of_desk: User
) -> None:
    page = article("draft")
    question = factories.draft(factories.question_content("why"))
    answer = client.get(ALL_PAGES)
    text = answer.content.decode()
    assert f'<a href="/admin/articles/article/{page.pk}/change/">Draft</a>' in text
    assert f'<a href="/admin/faq/question/{question.pk}/change/">Why?</a>' in text
    assert [str(row) for row in answer.context["cl"].result_list] == ["Draft", "Milia", "Why?"]
    assert titles(client, f"{ALL_PAGES}?of=question") == ["Why?"]
    assert client.get(f"{ALL_PAGES}{page.pk}/change/").url == (
        f"/admin/articles/article/{page.pk}/change/"
    )
    for nothing in ("999999", "x", "9" * 30):
        assert client.get(f"{ALL_PAGES}{nothing}/change/").status_code == 404


@pytest.mark.parametrize("address", [ARTICLES, ALL_PAGES])
def test_pages_are_given_to_another_owner(client: Any, editor_of_desk: User, address: str) -> None:
    pages = [article("one"), article("two")]
    asked = send(client, address, "change_owner", pages)
    assert "Give" not in asked.context["title"]
    assert "<li>One</li>" in asked.content.decode()
    assert {page.owner.username for page in Page.objects.filter(kind="article")} == {"editor"}
    answer = send(client, address, "change_owner", pages, owner=editor_of_desk.pk, apply="1")
    assert "2 pages belong to somebody now." in answer.content.decode()
    assert {page.owner.username for page in Page.objects.filter(kind="article")} == {"somebody"}
    assert LogEntry.objects.filter(user=editor_of_desk).count() == 2


def test_a_reader_or_a_closed_account_owns_no_page(client: Any, editor_of_desk: User) -> None:
    page = article("one")
    reader = User.objects.create_user("reader")
    gone = User.objects.create_user("gone", is_staff=True, is_active=False)
    for owner in (reader, gone):
        answer = send(client, ARTICLES, "change_owner", [page], owner=owner.pk, apply="1")
        assert "Select a valid choice" in answer.content.decode()
    page.refresh_from_db()
    assert page.owner.username == "editor"


def test_the_interval_of_many_pages_is_set_at_once(client: Any, editor_of_desk: User) -> None:
    pages = [article("one"), article("two")]
    refused = send(client, ARTICLES, "set_interval", pages, review_months="37", apply="1")
    assert "less than or equal to 36" in refused.content.decode()
    answer = send(client, ARTICLES, "set_interval", pages, review_months="12", apply="1")
    assert "2 pages are reviewed every 12 months." in answer.content.decode()
    assert set(Article.objects.values_list("review_months", flat=True)) == {12}


def test_a_review_is_asked_for_now_with_a_reason_that_the_log_keeps(
    client: Any, editor_of_desk: User
) -> None:
    today = timezone.localdate()
    later, late = due(article("later"), today + DAY), due(article("late"), today - DAY)
    missing = send(client, ARTICLES, "review_now", [later, late], reason=" ", apply="1")
    assert "This field is required." in missing.content.decode()
    answer = send(client, ARTICLES, "review_now", [later, late], reason="A new trial.", apply="1")
    assert "The review of 1 page is due today." in answer.content.decode()
    later.refresh_from_db()
    late.refresh_from_db()
    assert (later.review_due_on, later.review_pull_reason) == (today, "A new trial.")
    assert late.review_due_on == today - DAY
    event = Event.objects.get(action="review-pulled")
    assert (event.page_id, event.account, event.detail) == (
        later.pk,
        editor_of_desk,
        "A new trial.",
    )


def test_the_page_before_a_bulk_action_names_twenty_pages_and_counts_the_rest(
    client: Any, editor_of_desk: User
) -> None:
    pages = [article(f"page-{number}") for number in range(22)]
    text = send(client, ARTICLES, "set_interval", pages).content.decode()
    assert text.count("<li>Page") == 20
    assert "and 2 more" in text


def test_tasks_are_shown_from_what_is_open_on(client: Any, editor_of_desk: User) -> None:
    page = article("one")
    other = factories.EditorFactory.create()
    today = timezone.localdate()

    def task(detail: str, **fields: Any) -> None:
        Task.objects.create(page=page, kind="reader-report", detail=detail, **fields)

    task("mine", assigned_to=editor_of_desk)
    task("nobody's", due_on=today - DAY)
    task("other's", assigned_to=other, due_on=today)
    task("done", done_by=other, done_at=timezone.now())

    def found(asked: str) -> set[str]:
        return {row.detail for row in client.get(f"{TASKS}?{asked}").context["cl"].result_list}

    assert found("") == {"mine", "nobody's", "other's"}
    assert found("state=unheard") == {"mine", "nobody's", "other's"}
    assert found("state=overdue") == {"nobody's"}
    assert found("state=done") == {"done"}
    assert found("state=all") == {"mine", "nobody's", "other's", "done"}
    assert found("whose=mine") == {"mine"}
    assert found("whose=nobody") == {"nobody's"}
    assert found("whose=mine-or-nobody") == {"mine", "nobody's"}


def test_tasks_are_taken_over_and_done_at_once(client: Any, editor_of_desk: User) -> None:
    page = article("one")
    tasks = [
        Task.objects.create(page=page, kind="reader-report", detail=f"Look {number}.")
        for number in range(3)
    ]
    done = tasks[2]
    done.done_by, done.done_at = factories.EditorFactory.create(), timezone.now()
    done.save()
    chosen = {"_selected_action": [task.pk for task in tasks]}
    address = f"{TASKS}?state=all"
    answer = client.post(address, {"action": "take_over", **chosen}, follow=True)
    assert "2 tasks are yours now." in answer.content.decode()
    answer = client.post(address, {"action": "mark_done", **chosen}, follow=True)
    assert "2 tasks are done." in answer.content.decode()
    found = [
        (task.assigned_to and task.assigned_to.username, task.done_by and task.done_by.username)
        for task in Task.objects.order_by("pk")
    ]
    assert found == [("somebody", "somebody"), ("somebody", "somebody"), (None, "editor")]


def test_the_log_names_who_did_what_and_is_filtered_by_page(
    client: Any, editor_of_desk: User
) -> None:
    one = factories.submitted(factories.article_content("one")).page
    factories.submitted(factories.article_content("two"))
    Event.objects.create(page=one, action="review-pulled", detail="A retraction.")
    answer = client.get(f"{EVENTS}?page__id__exact={one.pk}")
    shown = answer.context["cl"]
    assert [
        (row.get_action_display(), shown.model_admin.who(row), row.detail)
        for row in shown.result_list
    ] == [
        ("review pulled forward", "the site", "A retraction."),
        ("submitted for review", "editor", "First version."),
        *[("saved the draft", "editor", "")] * (len(shown.result_list) - 2),
    ]
    event = shown.result_list[0]
    assert client.get(f"{EVENTS}{event.pk}/change/").status_code == 200
    assert client.post(f"{EVENTS}{event.pk}/change/", {"detail": "x"}).status_code == 403


def test_a_page_shows_its_last_twenty_events_and_the_way_to_all(
    client: Any, editor_of_desk: User
) -> None:
    page = factories.submitted(factories.article_content("one")).page
    for number in range(20):
        Event.objects.create(page=page, action="review-pulled", detail=f"Reason {number}.")
    text = client.get(f"{ARTICLES}{page.pk}/change/").content.decode()
    assert text.count("review pulled forward: Reason") == 20
    assert "submitted for review" not in text
    assert f'href="{EVENTS}?page__id__exact={page.pk}"' in text


def test_a_list_turns_no_further_than_its_cap(
    client: Any, editor_of_desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = factories.submitted(factories.article_content("one")).page
    for number in range(3):
        Event.objects.create(page=page, action="review-pulled", detail=f"Reason {number}.")
    monkeypatch.setattr(counting, "LIST_CAP", 2)
    assert client.get(EVENTS).context["cl"].result_count == 2


@pytest.mark.parametrize("address", [ARTICLES, ALL_PAGES, TASKS, EVENTS])
def test_a_list_takes_15_queries_at_most_and_no_more_for_three_rows_than_for_one(
    client: Any, address: str, query_count: Callable[[str], int]
) -> None:
    log_in(client, roles.SITE_ADMIN)

    def add(slug: str) -> None:
        page = factories.published(factories.article_content(slug)).page
        Task.objects.create(page=page, kind="reader-report", detail="Look.")
        due(page, timezone.localdate() - DAY)

    add("one")
    before = query_count(address)
    add("two")
    add("three")
    assert query_count(address) == before
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


def test_reviewers_look_and_change_nothing(client: Any) -> None:
    log_in(client, roles.MEDICAL_REVIEWER)
    article("one")
    for address in (ARTICLES, ALL_PAGES, TASKS, EVENTS):
        answer = client.get(address)
        assert (answer.status_code, answer.context.get("action_form")) == (200, None)
