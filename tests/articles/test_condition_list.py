"""The list of conditions."""

from typing import Any

import pytest

from publishing import actions
from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_lists_live_conditions_by_title(client: Any) -> None:
    assert "Nothing is published yet." in client.get("/conditions/").content.decode()
    factories.published(factories.condition_content("milia", title="Milia"))
    factories.published(factories.condition_content("acne", title="Acne", overview="Spots."))
    factories.submitted(factories.condition_content("hidden-words"))
    text = client.get("/conditions/").content.decode().partition("<main")[2]
    places = [text.index(each) for each in ("/conditions/acne/", "Spots.", "/conditions/milia/")]
    assert places == sorted(places)
    assert "hidden-words" not in text


def test_what_was_taken_down_is_not_listed(client: Any) -> None:
    live = factories.published(factories.condition_content())
    actions.unpublish(by=factories.EditorFactory.create(), page=live.page, reason="Old.")
    assert "/conditions/milia/" not in client.get("/conditions/").content.decode()


def test_every_page_leads_to_it(client: Any) -> None:
    factories.published(factories.condition_content())
    for address in ("/", "/nothing/"):
        main = client.get(address).content.decode().partition("<main")[2].partition("</main")[0]
        assert 'href="/conditions/"' in main
    assert menu.way(client, "/conditions/") == [("Skin", "/"), ("Conditions", "")]
    assert menu.way(client, "/conditions/milia/")[1] == ("Conditions", "/conditions/")


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/conditions/", unknown="/conditions/?page=0")


def test_it_takes_one_query_whatever_its_length(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        "/conditions/",
        lambda number: factories.published(factories.condition_content(f"c-{number}")),
        most=1,
    )
