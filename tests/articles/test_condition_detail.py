"""The page of one condition."""

import re
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
    blocks = ['<h1 dir="auto">Milia</h1>', "Milk spots", "What they are", "/techniques/do-nothing/"]
    blocks += ["Very low certainty", "/articles/removal/", "/faq/what-are-milia/"]
    blocks += ['role="doc-bibliography"', 'id="about-heading"']
    places = [text.index(block) for block in blocks]
    assert places == sorted(places)


def test_without_options_articles_and_questions_it_says_so(client: Any) -> None:
    factories.published(factories.condition_content())
    text = client.get(ADDRESS).content.decode()
    for words in ("any option yet", "no articles about this yet", "no questions about this yet"):
        assert words in text
    assert "/compare/" not in text
    assert "Other conditions" not in text


def test_long_lists_are_cut_and_lead_to_the_whole_one(client: Any, monkeypatch: Any) -> None:
    for name in ("OPTIONS_SHOWN", "ARTICLES_SHOWN", "QUESTIONS_SHOWN"):
        monkeypatch.setattr(f"articles.condition_page.{name}", 1)
    for content in (
        factories.technique_content(),
        factories.article_content(),
        factories.question_content(),
    ):
        factories.published(content)
    links = [f'href="{each}?condition=milia"' for each in ("/techniques/", "/articles/", "/faq/")]
    text = client.get(ADDRESS).content.decode()
    assert [link in text for link in links] == [False] * 3
    for content in (
        factories.technique_content("laser", invasiveness=1),
        factories.article_content("second"),
        factories.question_content("why"),
    ):
        factories.published(content)
    text = client.get(ADDRESS).content.decode()
    assert [link in text for link in links] == [True] * 3
    assert "/techniques/laser/" not in text


def test_the_contents_list_leads_to_every_heading(client: Any) -> None:
    factories.published(factories.condition_content(body="## One\n\nA.\n\n### Not\n\n## Two"))
    factories.published(factories.technique_content())
    factories.published(factories.question_content())
    text = client.get(ADDRESS).content.decode()
    contents = text[text.index('<nav class="contents"') : text.index('<div class="prose"')]
    places = re.findall(r'href="#([^"]+)"', contents)
    assert places == ["h-one", "h-two", "options", "questions", "about-this-page"]
    assert [text.count(f' id="{place}"') for place in places] == [1] * 5


def test_four_other_conditions_are_named(client: Any) -> None:
    factories.published(factories.condition_content(body=""))
    for slug in ("acne", "boils", "cysts", "dermatitis", "eczema"):
        factories.published(factories.condition_content(slug))
    factories.draft(factories.condition_content("abscess"))
    text = client.get(ADDRESS).content.decode()
    others = text[text.index('id="others"') :]
    found = re.findall(r'href="/conditions/(\w+)/"', others)
    assert found == ["acne", "boils", "cysts", "dermatitis"]


def test_the_way_is_short(client: Any) -> None:
    factories.published(factories.condition_content())
    assert menu.way(client, ADDRESS) == [
        ("Skin", "/"),
        ("Conditions", "/conditions/"),
        ("Milia", ""),
    ]
    factories.published(factories.technique_content())
    assert menu.way(client, ADDRESS + "compare/") == [
        ("Skin", "/"),
        ("Milia", "/conditions/milia/"),
        ("Compare options", ""),
    ]


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.condition_content())


def test_it_answers_at_its_old_address(client: Any) -> None:
    menu.moves(client, ADDRESS, "/conditions/milk-spots/", factories.condition_content())


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.condition_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/conditions/nothing/")


def test_it_takes_as_many_queries_for_thirty_of_all_as_for_one(client: Any) -> None:
    def add(number: int) -> None:
        factories.published(factories.article_content(f"a-{number}"))
        factories.published(factories.technique_content(f"t-{number}", invasiveness=number))
        factories.published(factories.question_content(f"q-{number}"))

    menu.queries_stay_equal(client, ADDRESS, add, most=6, items=30)
