"""The page of one technique."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db

ADDRESS = "/techniques/laser/"


def test_it_shows_certainty_facts_and_where_it_is_covered(client: Any) -> None:
    factories.published(factories.technique_content("laser", near_eye_note="With shields."))
    factories.published(factories.article_content(techniques=("laser",)))
    text = client.get(ADDRESS).content.decode()
    blocks = ["<h1>Laser</h1>", "Very low certainty", "How it works", "Near the eye"]
    blocks += ["What we don", "/articles/removal/", 'role="doc-bibliography"']
    places = [text.index(block) for block in blocks]
    assert places == sorted(places)


def test_without_an_assessment_it_says_that_there_is_no_good_data(client: Any) -> None:
    content = factories.technique_content("laser", assessments=())
    factories.waive_all(factories.draft(content))
    factories.published(content)
    assert "No good data" in client.get(ADDRESS).content.decode()


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.technique_content("laser"))


def test_it_answers_at_its_old_address(client: Any) -> None:
    content = factories.technique_content("laser")
    menu.moves(client, ADDRESS, "/techniques/light/", content)


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.technique_content("laser"))
    menu.answers_only_reads(client, ADDRESS, unknown="/techniques/nothing/")


def test_it_takes_as_many_queries_in_three_articles_as_in_one(client: Any) -> None:
    factories.published(factories.technique_content("laser"))
    menu.queries_stay_equal(
        client,
        ADDRESS,
        lambda number: factories.published(
            factories.article_content(f"a-{number}", techniques=("laser",))
        ),
        most=6,
    )
