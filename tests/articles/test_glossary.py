"""The glossary."""

import re
from typing import Any

import pytest

from articles.content import Term
from tests import factories, menu

pytestmark = pytest.mark.django_db

ADDRESS = "/glossary/"


def test_it_lists_terms_by_the_alphabet_each_with_an_address(client: Any) -> None:
    terms = (
        Term(slug="sebum", term="Sebum", definition="Skin oil."),
        Term(slug="aha", term="AHA", also=("fruit acid",), definition="An acid."),
    )
    factories.published(factories.glossary_content(terms=terms))
    text = client.get(ADDRESS).content.decode()
    assert text.index('id="term-aha"') < text.index('id="term-sebum"')
    assert "fruit acid" in text


def test_terms_stand_under_their_first_letters_without_accents(client: Any) -> None:
    words = ("zinc", "Éclat", "acne", "5-FU", "Eczema", "ألم", "AHA")
    terms = tuple(Term(slug=f"t{n}", term=word, definition="X.") for n, word in enumerate(words))
    factories.published(factories.glossary_content(terms=terms))
    text = client.get(ADDRESS).content.decode()
    nav = text[text.index('<nav class="letters"') :].partition("</nav>")[0]
    links = re.findall(r'<a href="#(.*?)">(.*?)</a>', nav)
    assert [letter for _id, letter in links] == ["A", "E", "Z", "ا", "#"]
    assert re.findall(r'<h2 id="(letter-\d+)">(.*?)</h2>', text) == links
    found = re.findall(r'<dt id="t\w*-t(\d)"', text)
    assert [words[int(number)] for number in found] == [
        *("acne", "AHA", "Éclat", "Eczema", "zinc", "ألم", "5-FU"),
    ]


def test_without_terms_it_says_so(client: Any) -> None:
    factories.published(factories.glossary_content(terms=()))
    text = client.get(ADDRESS).content.decode()
    assert "No word is explained here yet." in text
    assert 'class="letters"' not in text


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.glossary_content())


def test_it_answers_reads_only(client: Any) -> None:
    assert client.get(ADDRESS).status_code == 404
    factories.published(factories.glossary_content())
    menu.answers_only_reads(client, ADDRESS)


def test_it_takes_as_many_queries_for_thirty_terms_as_for_one(client: Any) -> None:
    def publish(number: int) -> None:
        terms = tuple(
            Term(slug=f"t-{place}", term=f"T{place}", definition="X.") for place in range(number)
        )
        factories.published(factories.glossary_content(terms=terms))

    menu.queries_stay_equal(client, ADDRESS, publish, most=1, items=30)
