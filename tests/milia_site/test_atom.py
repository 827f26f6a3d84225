"""The Atom feed of articles."""

import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from publishing.machines.feeds import xml_text
from tests import factories, menu

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def client() -> Client:
    """Django's own: none of these answers is a page."""
    return Client()


def test_the_atom_feed_tells_of_live_articles_and_may_be_shown_elsewhere(client: Client) -> None:
    live = factories.published(factories.article_content())
    factories.draft(factories.article_content("draft"))
    answer = client.get("/feeds/articles.atom")
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Removal"]
    assert live.published_at is not None
    updated = datetime.datetime.fromisoformat(entries[0].findtext(f"{ATOM}updated") or "")
    assert updated == live.published_at
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_feed_that_did_not_change_is_not_sent_again(client: Client) -> None:
    factories.published(factories.article_content())
    tag = client.get("/feeds/articles.atom").headers["ETag"]
    again = client.get("/feeds/articles.atom", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_no_character_can_break_a_feed(client: Client) -> None:
    live = factories.published(factories.article_content())
    assert xml_text("a\x0bb\x00\ufffe\U0001f642") == "ab\U0001f642"
    assert live.title == "Removal"
    factories.published(factories.article_content("odd", title="<b> & ]]> “x”"))
    entries = ElementTree.fromstring(client.get("/feeds/articles.atom").content)
    assert "<b> & ]]> “x”" in [title.text for title in entries.iter(f"{ATOM}title")]


def test_it_answers_reads_only(client: Client) -> None:
    menu.answers_only_reads(client, "/feeds/articles.atom")
