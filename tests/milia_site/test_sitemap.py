"""The sitemap: live pages, and when readers last got something new."""

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from publishing import actions
from publishing.content import Credit
from publishing.models import Contributor, Page, Revision
from tests import factories, menu

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def client() -> Client:
    """Django's own: none of these answers is a page."""
    return Client()


def addresses(client: Client) -> dict[str, str]:
    """Each address with its lastmod, in the order of the sitemap."""
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


def updated(revision: Revision) -> str:
    assert revision.published_at is not None
    return revision.published_at.isoformat()


def test_the_sitemap_holds_every_public_address_with_when_it_changed(client: Client) -> None:
    Contributor.objects.create(slug="jo", name="Jo Writer")
    Contributor.objects.create(slug="nobody", name="Nobody")
    reviewer = factories.ReviewerFactory.create()
    Contributor.objects.filter(user=reviewer).update(slug="anne")
    factories.reference("unused2020")
    condition = factories.published(factories.condition_content())
    factories.published(factories.condition_content("acne"))
    glossary = factories.published(factories.glossary_content())
    technique = factories.published(factories.technique_content())
    article = factories.published(
        factories.article_content(contributors=(Credit(contributor="jo"),))
    )
    question = factories.published(factories.question_content())
    about = factories.published(factories.plain_page_content())
    factories.draft(factories.article_content("draft"))
    acne = Revision.objects.live().get(slug="acne")
    assert list(addresses(client).items()) == [
        ("/", ""),
        ("/conditions/", updated(acne)),
        ("/techniques/", updated(technique)),
        ("/articles/", updated(article)),
        ("/faq/", updated(question)),
        ("/references/", ""),
        ("/about/", updated(about)),
        ("/faq/what-are-milia/", updated(question)),
        ("/articles/removal/", updated(article)),
        ("/techniques/do-nothing/", updated(technique)),
        ("/glossary/", updated(glossary)),
        ("/conditions/acne/", updated(acne)),
        ("/conditions/milia/", updated(condition)),
        ("/conditions/milia/compare/", updated(technique)),
        ("/contributors/", ""),
        ("/contributors/anne/", ""),
        ("/contributors/jo/", ""),
        ("/references/berk2008/", ""),
    ]
    for address in addresses(client):
        assert client.get(address).status_code == 200


def test_a_list_and_a_comparison_change_when_a_page_leaves_them(client: Client) -> None:
    stays = factories.published(factories.technique_content())
    goes = factories.published(factories.technique_content("needle", invasiveness=10))
    before = addresses(client)
    assert before["/techniques/"] == before["/conditions/milia/compare/"] == updated(goes)
    editor = factories.EditorFactory.create()
    actions.unpublish(by=editor, page=goes.page, reason="It was out of date.")
    goes.refresh_from_db()
    assert goes.unpublished_at is not None
    after = addresses(client)
    left = goes.unpublished_at.isoformat()
    assert after["/techniques/"] == after["/conditions/milia/compare/"] == left
    assert after["/techniques/do-nothing/"] == updated(stays)
    assert "/techniques/needle/" not in after


def test_a_site_without_pages_has_its_lists_only(client: Client) -> None:
    assert addresses(client) == dict.fromkeys(
        (
            *("/", "/conditions/", "/techniques/", "/articles/", "/faq/", "/references/"),
            "/contributors/",
        ),
        "",
    )


def test_a_page_long_overdue_is_not_in_the_sitemap(client: Client) -> None:
    factories.published(factories.technique_content())
    live = factories.published(factories.article_content())
    long_ago = timezone.now().date() - datetime.timedelta(days=180)
    before = addresses(client)
    Page.objects.filter(pk=live.page_id).update(review_due_on=long_ago)
    assert set(before) - set(addresses(client)) == {"/articles/removal/"}
    Page.objects.filter(kind="condition").update(review_due_on=long_ago)
    compared = {"/conditions/milia/", "/conditions/milia/compare/"}
    assert set(before) - set(addresses(client)) == {"/articles/removal/"} | compared


def test_the_sitemap_takes_as_many_queries_however_many_pages(
    client: Client, django_assert_num_queries: Any
) -> None:
    factories.published(factories.technique_content())
    for slug in ("one", "two", "three"):
        factories.published(factories.plain_page_content(slug))
    with django_assert_num_queries(4):
        client.get("/sitemap.xml")


def test_it_answers_reads_only(client: Client) -> None:
    menu.answers_only_reads(client, "/sitemap.xml")
