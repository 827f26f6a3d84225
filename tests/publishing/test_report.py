"""What a reader finds wrong becomes a task on the desk of the page's owner."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import actions
from publishing.actions import hearing
from publishing.models import Task
from tests import factories, menu

pytestmark = pytest.mark.django_db
US = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "/voice/article/removal/report/"


@pytest.fixture
def page() -> Any:
    content = factories.article_content(body="## Afterwards\n\nWash it [@berk2008].")
    return factories.published(content).page


def send(client: Any, **form: str) -> Any:
    return client.post(ADDRESS, form, headers=US)


def reports() -> list[tuple[str, str, int | None]]:
    rows = Task.objects.filter(kind=Task.Kind.READER_REPORT).order_by("pk")
    return list(rows.values_list("page__slug", "detail", "assigned_to"))


def test_a_report_is_a_task_of_the_owner(client: Any, page: Any) -> None:
    sent = send(client, text=" The dose is wrong. ", place="Afterwards")
    assert (sent.status_code, sent.headers["Location"]) == (
        303,
        "/voice/article/removal/thanks/?report",
    )
    told = "In “Afterwards”: The dose is wrong."
    assert reports() == [("removal", told, page.owner_id)]
    assert dict(sent.cookies) == {}


def test_the_form_names_the_page_and_asks_for_nobody_s_name(client: Any, page: Any) -> None:
    answer = client.get(ADDRESS)
    html = answer.content.decode()
    assert "Tell us what is wrong with “" in html
    assert '<option value="Afterwards">' in html
    assert "we cannot answer you" in html
    assert answer.headers["X-Robots-Tag"] == "noindex"
    page_html = client.get("/articles/removal/").content.decode()
    assert 'href="/voice/article/removal/report/"' in page_html


def test_where_is_not_asked_of_a_page_without_headings(client: Any) -> None:
    factories.published(factories.article_content(body="Only words [@berk2008]."))
    assert "id_place" not in client.get(ADDRESS).content.decode()
    assert send(client, text="A word is missing.").status_code == 303
    assert [detail for _page, detail, _owner in reports()] == ["A word is missing."]


def test_the_same_report_sent_twice_is_one_task(client: Any, page: Any) -> None:
    for _time in range(2):
        assert send(client, text="A word is missing.").status_code == 303
    assert len(reports()) == 1


def test_what_cannot_be_kept_is_shown_again_with_the_reason(client: Any, page: Any) -> None:
    cases = {"": "This field is required.", "x" * 2_001: "at most 2000 characters"}
    cases["\x0b\u200e "] = "This field is required."
    for text, reason in cases.items():
        html = send(client, text=text).content.decode()
        assert reason in html
        assert text.strip("\x0b\u200e ") in html
    assert "Select a valid choice" in send(client, text="A", place="Nowhere").content.decode()
    assert reports() == []


def test_another_site_cannot_send_it_and_the_words_stay(client: Any, page: Any) -> None:
    sent = client.post(ADDRESS, {"text": "My words"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert "My words" in sent.content.decode()
    assert reports() == []


def test_what_fills_in_the_trap_is_thanked_and_not_kept(client: Any, page: Any) -> None:
    assert send(client, text="Buy", url="https://example.org/").status_code == 303
    assert reports() == []


def test_more_than_the_desk_can_read_is_told_so_and_loses_no_words(
    client: Any, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "OPEN_REPORTS_MAX", 1)
    send(client, text="One")
    sent = send(client, text="Two")
    assert sent.status_code == 503
    assert "many reports at the moment" in sent.content.decode()
    assert "Two</textarea>" in sent.content.decode()
    monkeypatch.setattr(hearing, "OPEN_REPORTS_MAX", 50)
    monkeypatch.setattr(hearing, "REPORTS_A_MINUTE", 1)
    assert send(client, text="Two").status_code == 503
    monkeypatch.setattr(hearing, "REPORTS_A_MINUTE", 2)
    assert send(client, text="Two").status_code == 303


def test_words_of_a_reader_are_text_at_the_desk(client: Any, page: Any) -> None:
    send(client, text="<script>alert(1)</script>")
    client.force_login(factories.UserFactory.create(username="boss", is_superuser=True))
    html = client.get("/admin/publishing/task/").content.decode()
    assert "&lt;script&gt;alert(1)" in html


def test_only_a_live_page_can_be_reported(client: Any, page: Any) -> None:
    factories.draft(factories.article_content("hidden"))
    for address in ("/voice/article/hidden/report/", "/voice/nonsense/removal/report/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "A"}, headers=US).status_code == 404
    menu_answer = client.put(ADDRESS)
    assert menu_answer.status_code == 405
    actions.unpublish(by=factories.EditorFactory.create(), page=page, reason="Old.")
    assert client.get(ADDRESS).status_code == 410


def test_a_page_that_moved_leads_to_where_it_is(client: Any) -> None:
    menu.moves(client, "/articles/old/", "/articles/new/", factories.article_content("old"))
    moved = client.get("/voice/article/old/report/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/articles/new/")


def test_a_report_takes_as_many_queries_whatever_was_reported_before(
    client: Any, page: Any
) -> None:
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            send(client, text=f"Report {number}")
        counts.append(len(queries))
    assert counts[0] == counts[2]
