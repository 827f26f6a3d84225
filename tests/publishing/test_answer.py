"""Whether a page answered a reader's question: counted by day, and nothing known of the reader."""

from typing import Any

import pytest

from publishing import actions
from publishing.models import AnswerCount
from tests import factories

pytestmark = pytest.mark.django_db
US = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "/voice/article/removal/answer/"


@pytest.fixture
def page() -> Any:
    return factories.published(factories.article_content()).page


def counts() -> list[tuple[int, int]]:
    return list(AnswerCount.objects.values_list("yes", "no"))


def test_answers_of_one_day_are_one_row(client: Any, page: Any) -> None:
    for said in ("yes", "yes", "no"):
        answer = client.post(ADDRESS, {"answer": said}, headers=US)
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/voice/article/removal/thanks/"
        assert dict(answer.cookies) == {}
    assert counts() == [(2, 1)]


def test_the_page_asks(client: Any, page: Any) -> None:
    html = client.get("/articles/removal/").content.decode()
    assert f'<form method="post" action="{ADDRESS}">' in html
    assert "csrf" not in html


def test_a_form_of_another_site_counts_nothing(client: Any, page: Any) -> None:
    sent = client.post(ADDRESS, {"answer": "yes"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 400
    assert client.post(ADDRESS, {"answer": "yes"}).status_code == 400
    assert counts() == []


def test_what_is_no_answer_counts_nothing(client: Any, page: Any) -> None:
    for form in ({}, {"answer": "maybe"}, {"answer": "\x00"}):
        assert client.post(ADDRESS, form, headers=US).status_code == 400
    assert counts() == []


def test_what_fills_in_the_trap_is_thanked_and_not_counted(client: Any, page: Any) -> None:
    sent = client.post(ADDRESS, {"answer": "yes", "url": "https://example.org/"}, headers=US)
    assert sent.status_code == 303
    assert counts() == []


def test_only_live_pages_are_asked_about(client: Any, page: Any) -> None:
    factories.draft(factories.article_content("hidden"))
    for address in ("/voice/article/hidden/answer/", "/voice/nonsense/removal/answer/"):
        assert client.post(address, {"answer": "yes"}, headers=US).status_code == 404
    actions.unpublish(by=factories.EditorFactory.create(), page=page, reason="Old.")
    assert client.post(ADDRESS, {"answer": "yes"}, headers=US).status_code == 410
    assert client.get(ADDRESS).status_code == 405


def test_editors_see_the_counts_in_the_list_of_pages(client: Any, page: Any) -> None:
    actions.count_answer(page_id=page.pk, helped=True)
    actions.count_answer(page_id=page.pk, helped=False)
    admin = factories.UserFactory.create(username="boss", is_superuser=True)
    client.force_login(admin)
    assert "1 of 2" in client.get("/admin/articles/article/").content.decode()
