"""Feeds, the sitemap, robots.txt and content documents."""

import datetime
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from publishing.files import read_document
from publishing.machines.feeds import xml_text
from publishing.models import Page, Revision
from tests import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def client() -> Client:
    """Django's own: none of these answers is a page."""
    return Client()


def test_robots_names_the_sitemap_and_keeps_crawlers_from_the_desk(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /preview/\n"
        f"Sitemap: {settings.SITE_URL}/sitemap.xml\n"
    )


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


def test_the_json_feed_tells_the_same(client: Client) -> None:
    live = factories.published(factories.article_content())
    feed = client.get("/feed.json").json()
    assert live.published_at is not None
    assert feed["items"] == [
        {
            "id": f"{settings.SITE_URL}/#page-{live.page_id}",
            "url": f"{settings.SITE_URL}/articles/removal/",
            "title": "Removal",
            "content_text": live.summary,
            "date_modified": live.published_at.isoformat(),
        }
    ]


def addresses(client: Client) -> dict[str, str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        (url.findtext(f"{MAP}loc") or "").removeprefix(settings.SITE_URL): url.findtext(
            f"{MAP}lastmod"
        )
        or ""
        for url in root
    }


def test_a_new_wording_does_not_change_the_date_of_the_sitemap(client: Client) -> None:
    first = factories.published(factories.article_content())
    factories.published(
        factories.article_content(limits="Few good studies exist [@berk2008]."),
        change_kind=Revision.ChangeKind.WORDING,
        change_note="Said better.",
    )
    assert first.published_at is not None
    assert addresses(client)["/articles/removal/"] == first.published_at.isoformat()


def test_a_page_long_overdue_is_not_in_the_sitemap(client: Client) -> None:
    live = factories.published(factories.article_content())
    assert set(addresses(client)) == {"/articles/removal/", "/conditions/milia/"}
    day = timezone.now().date() - datetime.timedelta(days=180)
    Page.objects.filter(pk=live.page_id).update(review_due_on=day)
    assert set(addresses(client)) == {"/conditions/milia/"}


def test_the_sitemap_takes_one_query_however_many_pages(
    client: Client, django_assert_num_queries: Any
) -> None:
    for slug in ("one", "two", "three"):
        factories.published(factories.plain_page_content(slug))
    with django_assert_num_queries(1):
        client.get("/sitemap.xml")


def test_a_document_can_be_read_back_in(client: Client) -> None:
    live = factories.published(factories.article_content())
    answer = client.get("/articles/removal.md")
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Disposition"] == 'inline; filename="removal.md"'
    assert read_document(answer.content.decode()).sha256() == live.sha256


def test_the_json_document_names_its_schema_its_digest_and_its_sources(client: Client) -> None:
    live = factories.published(factories.article_content())
    found = json.loads(client.get("/articles/removal.json").content)
    assert found["sha256"] == live.sha256
    assert found["content"] == factories.article_content().to_data()
    assert [each["id"] for each in found["references"]] == ["berk2008"]
    assert found["url"] == f"{settings.SITE_URL}/articles/removal/"
