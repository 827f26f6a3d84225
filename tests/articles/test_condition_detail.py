"""The page of one condition."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db

ADDRESS = "/conditions/milia/"


def test_it_shows_overview_options_articles_and_questions(client: Any) -> None:
    factories.published(factories.condition_content(also_called=("Milk spots",)))
    factories.published(factories.technique_content())
    factories.published(factories.article_content())
    factories.published(factories.question_content())
    text = client.get(ADDRESS).content.decode().partition("<body>")[2]
    blocks = ["<h1>Milia</h1>", "Milk spots", "What they are", "/techniques/do-nothing/"]
    blocks += ["Very low certainty", "/articles/removal/", "/faq/what-are-milia/"]
    blocks += ['role="doc-bibliography"', "About this page"]
    places = [text.index(block) for block in blocks]
    assert places == sorted(places)


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.condition_content())


def test_it_answers_at_its_old_address(client: Any) -> None:
    menu.moves(client, ADDRESS, "/conditions/milk-spots/", factories.condition_content())


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.condition_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/conditions/nothing/")


def test_it_takes_as_many_queries_for_three_articles_as_for_one(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        ADDRESS,
        lambda number: factories.published(factories.article_content(f"a-{number}")),
        most=6,
    )
