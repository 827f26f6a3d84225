"""The list of articles."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_lists_live_articles_the_newest_first(client: Any) -> None:
    assert "Nothing is published yet." in client.get("/articles/").content.decode()
    for slug in ("first", "second"):
        factories.published(factories.article_content(slug))
    factories.approved(factories.article_content("hidden-words"))
    text = client.get("/articles/").content.decode()
    assert text.index("/articles/second/") < text.index("/articles/first/")
    assert "hidden-words" not in text


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/articles/", unknown="/articles/?page=2")


def test_it_takes_three_queries_whatever_its_length(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        "/articles/",
        lambda number: factories.published(factories.article_content(f"a-{number}")),
        most=3,
        items=30,
    )


def test_a_long_list_leads_from_page_to_page(client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("publishing.lists.PAGE_SIZE", 1)
    for slug in ("first", "second", "third"):
        factories.published(factories.article_content(slug))
    text = client.get("/articles/?page=2").content.decode()
    assert "/articles/second/" in text
    assert 'href="?page=1"' in text
    assert 'href="?page=3"' in text
