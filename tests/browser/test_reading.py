"""What a reader does: follow a number to its source and back, on any screen, without script."""

from typing import Any

import pytest

from publishing import actions
from publishing.content import Credit
from publishing.models import Contributor
from tests import factories
from tests.browser.wcag import faults

BODY = """## What they are

Tiny cysts [@berk2008].

::: safety
Never pop them.
:::

## The options

::: compare
:::

::: techniques
:::
"""
PATHS = [
    "/",
    "/search/",
    "/search/?q=laser",
    "/search/?q=lasre",
    "/search/?q=qqqq",
    "/articles/",
    "/articles/removal/",
    "/articles/removal/history/",
    "/techniques/",
    "/techniques/laser/",
    "/conditions/",
    "/conditions/milia/",
    "/conditions/milia/compare/",
    "/conditions/milia/compare/?eye=possible&nonsense=1",
    "/faq/",
    "/faq/what-are-milia/",
    "/glossary/",
    "/about/",
    "/references/",
    "/references/berk2008/",
    "/contributors/",
    "/contributors/jo-doe/",
    "/voice/article/removal/report/",
    "/voice/article/removal/thanks/",
    "/articles/gone/",
    "/nothing-here/",
    "/faq/?page=9",
]


@pytest.fixture
def world(transactional_db: None) -> None:
    """One page of every kind, and one that was taken down."""
    Contributor.objects.create(slug="jo-doe", name="Jo Doe", credentials="Writer")
    factories.published(factories.glossary_content())
    factories.published(factories.technique_content())
    factories.published(factories.technique_content("laser", invasiveness=10))
    article = factories.article_content(
        techniques=("do-nothing", "laser"),
        body=BODY,
        contributors=(Credit(contributor="jo-doe"),),
        safety_level="non-urgent",
        safety_heading="See a dermatologist if:",
        safety_notes="- it bleeds",
    )
    factories.published(article)
    factories.published(factories.question_content(article="removal", order=1))
    factories.published(factories.plain_page_content())
    gone = factories.published(factories.article_content("gone"))
    actions.unpublish(by=factories.EditorFactory.create(), page=gone.page, reason="Out of date.")


def test_a_citation_number_leads_to_its_source_and_back(
    world: None, open_page: Any, site: str, complaints: list[str]
) -> None:
    page = open_page()
    page.goto(site + "/articles/removal/")
    page.locator("main section ul .cite a").first.click()
    page.get_by_role("link", name="Go to it in the list of references").click()
    page.wait_for_url("**#ref-berk2008")
    assert page.locator("#ref-berk2008").is_visible()
    page.locator("#ref-berk2008 a[role=doc-backlink]").first.click()
    page.wait_for_url("**#cite-1")
    assert complaints == []


def test_questions_open_and_terms_are_explained_without_script(
    world: None, open_page: Any, site: str
) -> None:
    page = open_page(script=False)
    page.goto(site + "/articles/removal/")
    answer = page.locator("details.question p").first
    assert answer.is_visible()
    page.goto(site + "/faq/what-are-milia/")
    definition = page.locator(".term-definition").first
    assert not definition.is_visible()
    page.locator(".term-button").first.click()
    assert definition.is_visible()


@pytest.mark.parametrize("width", [320, 1280])  # 320 is 1280 at 400 % zoom
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(
    world: None, open_page: Any, site: str, width: int, scheme: str
) -> None:
    page = open_page(width=width, scheme=scheme)
    found = {}
    for path in PATHS:
        page.goto(site + path)
        found[path] = faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == {path: [] for path in PATHS}


def test_no_page_loads_anything_from_another_host_or_sets_a_cookie(
    world: None, open_page: Any, site: str, complaints: list[str]
) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS[:-3]:
        page.goto(site + path)
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []
    assert page.context.cookies() == []
    assert complaints == []
