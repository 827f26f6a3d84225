"""Plain pages such as "About"."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_shows_its_lead_and_text(client: Any) -> None:
    factories.published(factories.plain_page_content(lead="In short."))
    _head, _main, text = client.get("/about/").content.decode().partition("<main")
    places = [text.index(each) for each in (">About</h1>", "In short.", "Who we are.")]
    assert places == sorted(places)


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, "/about/", factories.plain_page_content())


def test_it_answers_at_its_old_address(client: Any) -> None:
    menu.moves(client, "/about/", "/who-we-are/", factories.plain_page_content())


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.plain_page_content())
    menu.answers_only_reads(client, "/about/", unknown="/nothing/")


def test_it_takes_as_many_queries_for_three_sources_as_for_one(client: Any) -> None:
    def publish(number: int) -> None:
        keys = [f"source{place}" for place in range(number)]
        for key in keys:
            factories.reference(key)
        body = " ".join(f"Text [@{key}]." for key in keys)
        factories.published(factories.plain_page_content(body=body))

    menu.queries_stay_equal(client, "/about/", publish, most=6)
