"""The page of one question."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db

ADDRESS = "/faq/what-are-milia/"


def test_it_shows_answer_article_sources_and_related_questions(client: Any) -> None:
    factories.published(factories.article_content())
    factories.published(factories.question_content(article="removal", order=1))
    factories.published(factories.question_content("another-question"))
    text = client.get(ADDRESS).content.decode().partition("<body>")[2]
    blocks = ['<h1 dir="auto">What are milia?</h1>', "Tiny cysts of", "/articles/removal/"]
    blocks += ['role="doc-bibliography"', "/faq/another-question/"]
    places = [text.index(block) for block in blocks]
    assert places == sorted(places)


def test_the_way_leads_over_the_list_and_its_condition_is_named(client: Any) -> None:
    factories.published(factories.question_content())
    way = [("Skin", "/"), ("Questions and answers", "/faq/"), ("What are milia?", "")]
    assert menu.way(client, ADDRESS) == way
    named = '<p class="meta">About <a href="/conditions/milia/" dir="auto">Milia</a></p>'
    assert named in client.get(ADDRESS).content.decode()
    content = factories.question_content("why", condition=None)
    factories.waive_all(factories.draft(content))
    factories.published(content)
    assert '<p class="meta">About' not in client.get("/faq/why/").content.decode()


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.question_content())


def test_it_answers_at_its_old_address(client: Any) -> None:
    menu.moves(client, ADDRESS, "/faq/what-is-a-milium/", factories.question_content())


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.question_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/faq/nothing/")


def test_it_takes_as_many_queries_with_three_related_questions_as_with_one(client: Any) -> None:
    factories.published(factories.question_content())
    menu.queries_stay_equal(
        client,
        ADDRESS,
        lambda number: factories.published(factories.question_content(f"q-{number}")),
        most=6,
    )
