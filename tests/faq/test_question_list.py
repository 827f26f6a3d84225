"""The list of questions."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_lists_live_questions_with_their_short_answers(client: Any) -> None:
    assert "Nothing is published yet." in client.get("/faq/").content.decode()
    factories.published(factories.question_content())
    factories.submitted(factories.question_content("hidden-words"))
    text = client.get("/faq/").content.decode()
    assert text.index("/faq/what-are-milia/") < text.index("Tiny cysts.")
    assert "hidden-words" not in text


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/faq/", unknown="/faq/?page=x")


def test_it_takes_one_query_whatever_its_length(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        "/faq/",
        lambda number: factories.published(factories.question_content(f"q-{number}")),
        most=1,
    )
