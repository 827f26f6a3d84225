"""What a reader is told when there is no page to show."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.template.loader import render_to_string

from publishing import actions
from tests import factories, menu

# The page of a source has a list of the pages that cite it.
LISTS = (
    "/",
    "/conditions/",
    "/contributors/",
    "/articles/",
    "/techniques/",
    "/faq/",
    "/references/",
    "/references/berk2008/",
)
PAGES = (
    "/articles/removal/",
    "/techniques/do-nothing/",
    "/conditions/milia/",
    "/faq/what-are-milia/",
    "/glossary/",
    "/about/",
    "/contributors/reviewer/",
)
NOTHING_THERE = (
    "/articles/nothing/",
    "/techniques/nothing/",
    "/conditions/nothing/",
    "/faq/nothing/",
    "/glossary/",
    "/nothing/",
    "/contributors/nothing/",
    "/references/nothing/",
    "/media/nothing.png",
    "/no/such/folder/",
)
ODD_PATHS = (
    "/%00",
    "/%ff",
    "/%F0%9F%92%A9/",
    "/articles/%00/",
    "/articles/%ff%fe/",
    "/articles/a%20b/",
    "/articles/%3Cscript%3E/",
    "/articles/%E2%80%AE/",
    "/references/%00/",
    "/contributors/%0d%0aSet-Cookie:a=b/",
    "/articles/" + "a" * 3000 + "/",
    "/..%2f..%2fetc/passwd",
)


@pytest.fixture
def world(db: None) -> None:
    """One live page of every kind."""
    for content in (
        factories.article_content(),
        factories.technique_content(),
        factories.question_content(),
        factories.glossary_content(),
        factories.plain_page_content(),
    ):
        factories.published(content)


@pytest.mark.django_db
@pytest.mark.parametrize("address", NOTHING_THERE)
def test_an_unknown_address_says_so_and_leads_home(client: Any, address: str) -> None:
    answer = client.get(address)
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "This page does not exist" in text
    assert "It may have been mistyped." in text
    assert '<a href="/">Go to the home page</a>' in text
    assert '<meta name="robots" content="noindex">' in text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ODD_PATHS)
def test_no_odd_address_breaks_the_site_or_comes_back_as_markup(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"<script>" not in answer.content
    assert answer.cookies == {}


@pytest.mark.parametrize("address", [*LISTS, *PAGES])
def test_every_page_ignores_wild_queries_it_has_no_use_for(
    client: Any, world: None, address: str
) -> None:
    plain = client.get(address)
    assert plain.status_code == 200
    for query in menu.WILD_QUERIES:
        answer = client.get(address + query)
        if "?page=" in query and address in LISTS and address != "/":
            assert answer.status_code == 404, query
        else:
            assert answer.content == plain.content, query


@pytest.mark.parametrize("query", ["page=99", "condition=milia&page=99"])
@pytest.mark.parametrize("address", [*LISTS[1:], "/articles/removal/history/"])
def test_a_page_that_a_list_does_not_have_leads_to_its_first(
    client: Any, world: None, address: str, query: str
) -> None:
    answer = client.get(f"{address}?{query}")
    text = answer.content.decode()
    kept = query.replace("page=99", "").rstrip("&")
    assert answer.status_code == 404
    assert "<h1>This list has no such page</h1>" in text
    assert f'<a class="button" href="?{kept}">Go to the first page of this list</a>' in text


@pytest.mark.parametrize("address", [*LISTS, *PAGES])
def test_every_page_names_the_verbs_it_takes(client: Any, world: None, address: str) -> None:
    answer = client.post(address)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.django_db
def test_a_page_that_was_taken_down_says_why_in_escaped_words(client: Any) -> None:
    revision = factories.published(factories.article_content())
    editor = factories.EditorFactory.create()
    actions.unpublish(by=editor, page=revision.page, reason="Doses <b>were</b> wrong & old.")
    answer = client.get("/articles/removal/")
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "This page was taken down" in text
    assert "Doses &lt;b&gt;were&lt;/b&gt; wrong &amp; old." in text
    assert "Tiny cysts" not in text
    assert '<meta name="robots" content="noindex">' in text


@pytest.mark.django_db
def test_a_request_that_cannot_be_read_is_told_so(client: Any, monkeypatch: Any) -> None:
    def too_big(*args: Any) -> Any:
        raise RequestDataTooBig

    monkeypatch.setattr("milia_site.views.Revision.objects.live", too_big)
    answer = client.get("/")
    assert answer.status_code == 400
    assert "The request could not be understood" in answer.content.decode()


@pytest.mark.django_db
def test_a_failure_of_ours_shows_nothing_of_its_inside(client: Any, monkeypatch: Any) -> None:
    def broken(*args: Any) -> Any:
        raise RuntimeError("secret-detail")

    monkeypatch.setattr("articles.views.live_response", broken)
    client.raise_request_exception = False
    answer = client.get("/articles/removal/")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in text
    assert "secret-detail" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("template", ["400.html", "403.html", "500.html"])
def test_pages_for_bad_moments_need_no_database_and_no_context(template: str) -> None:
    text = render_to_string(template)
    assert text.count("<h1>") == 1
    assert '<a href="/">Go to the home page</a>' in text
