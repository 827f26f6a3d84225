"""Every live page as its content document."""

import json

import pytest
from django.conf import settings
from django.test import Client

from publishing.content import PageContent
from publishing.files import read_document
from tests import factories, menu

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Django's own: none of these answers is a page."""
    return Client()


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


def documents() -> dict[str, PageContent]:
    """The address and the document of a page of each kind."""
    return {
        "/articles/removal": factories.article_content(),
        "/techniques/do-nothing": factories.technique_content(),
        "/conditions/milia": factories.condition_content(),
        "/faq/what-are-milia": factories.question_content(),
        "/glossary": factories.glossary_content(),
        "/about": factories.plain_page_content(),
    }


@pytest.mark.parametrize("form", ["md", "json"])
@pytest.mark.parametrize("address", list(documents()))
def test_each_kind_has_its_documents_while_it_is_live(
    client: Client, address: str, form: str
) -> None:
    menu.is_hidden_until_published(client, f"{address}.{form}", documents()[address])
    assert client.get(f"{address}.xml").status_code == 404


def test_the_document_of_a_page_that_moved_is_at_its_new_address(client: Client) -> None:
    menu.moves(client, "/articles/old/", "/articles/new/", factories.article_content("old"))
    moved = client.get("/articles/old.md")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/articles/new.md")


def test_it_answers_reads_only(client: Client) -> None:
    factories.published(factories.article_content())
    menu.answers_only_reads(client, "/articles/removal.md", unknown="/articles/nothing.md")
