"""What crawlers may read."""

import pytest
from django.conf import settings
from django.test import Client

from tests import menu

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Django's own: none of these answers is a page."""
    return Client()


def test_robots_names_the_sitemap_and_keeps_crawlers_from_the_desk(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /preview/\nDisallow: /voice/\n"
        f"Sitemap: {settings.SITE_URL}/sitemap.xml\n"
    )


def test_it_answers_reads_only(client: Client) -> None:
    menu.answers_only_reads(client, "/robots.txt")
