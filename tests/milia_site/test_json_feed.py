"""The JSON feed of articles."""

import pytest
from django.conf import settings
from django.test import Client

from tests import factories, menu

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Django's own: none of these answers is a page."""
    return Client()


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


def test_it_answers_reads_only(client: Client) -> None:
    menu.answers_only_reads(client, "/feed.json")
