"""The front page."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_shows_conditions_and_the_newest_articles(client: Any) -> None:
    assert "Nothing is published yet." in client.get("/").content.decode()
    factories.published(factories.article_content())
    factories.approved(factories.article_content("hidden-words"))
    text = client.get("/").content.decode()
    assert text.index("/conditions/milia/") < text.index("/articles/removal/")
    assert "hidden-words" not in text


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_says_that_nobody_signed(client: Any, settings: Any, demo: bool) -> None:
    settings.DEMO_MODE = demo
    html = client.get("/").content.decode()
    assert "has signed exactly its text." in html
    assert ("a placeholder signed, not a clinician" in html) is demo


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/")


def test_it_takes_three_queries_whatever_there_is(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        "/",
        lambda number: factories.published(factories.article_content(f"a-{number}")),
        most=3,
    )
