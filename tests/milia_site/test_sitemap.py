"""The sitemap: live pages, and when readers last got something new."""

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from publishing.models import Page, Revision
from tests import factories, menu

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def client() -> Client:
    """Django's own: none of these answers is a page."""
    return Client()


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


def test_it_answers_reads_only(client: Client) -> None:
    menu.answers_only_reads(client, "/sitemap.xml")
