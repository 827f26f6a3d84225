"""On the page of a source: every page that shows it, with the sentences that lean on it."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.content import ArticleContent
from publishing import actions
from publishing.cited_by import resting_alone
from publishing.lists import PAGE_SIZE
from publishing.models import Citation, Revision
from publishing.rendering import rerender
from tests import factories

pytestmark = pytest.mark.django_db

ROW = re.compile(
    r"<li>\s*<a href=\"(?P<url>[^\"]+)\" dir=\"auto\">(?P<title>.*?)</a>(?P<rest>.*?)</li>",
    re.DOTALL,
)
QUOTE = re.compile(r"<blockquote dir=\"auto\">(.*?)</blockquote>")


KEY = "kurokawa2016"  # nothing else in the world of these tests cites it


def article(slug: str = "a", **fields: Any) -> ArticleContent:
    """An article that cites in its body alone."""
    return factories.article_content(slug, **{"key_points": ("One.",), "limits": "Few.", **fields})


def rows(client: Client, address: str = "/references/kurokawa2016/") -> list[tuple[str, list[str]]]:
    html = client.get(address).content.decode()
    listed = html.partition('class="cited-by"')[2].partition("</ul>")[0]
    return [(row["url"], QUOTE.findall(row["rest"])) for row in ROW.finditer(listed)]


def test_a_page_is_shown_with_every_sentence_that_leans_on_the_source(client: Client) -> None:
    factories.reference(KEY)
    body = "Nobody knows. Milia < cysts [@kurokawa2016]. They go [@kurokawa2016, p. 3]."
    factories.published(article("b", title="B", body=body))
    factories.published(article("a", title="A", body="None."))
    assert rows(client) == [("/articles/b/", ["Milia &lt; cysts.", "They go."])]


def test_a_page_that_includes_a_citing_page_or_has_one_as_a_part_is_shown(client: Client) -> None:
    factories.reference(KEY)
    cites = "They go [@kurokawa2016]."
    factories.published(factories.technique_content("wait", title="Wait", how_it_works=cites))
    shows = article("shows", title="Shows", techniques=("wait",))
    factories.published(shows)
    factories.published(
        factories.question_content("why", title="Why?", article="shows", answer=cites)
    )
    assert rows(client) == [
        ("/articles/shows/", []),
        ("/techniques/wait/", ["They go."]),
        ("/faq/why/", ["They go."]),
    ]
    html = client.get("/references/kurokawa2016/").content.decode()
    assert html.count("Through another page that it shows.") == 1


def test_what_is_not_live_is_not_shown(client: Client) -> None:
    factories.reference(KEY)
    secret = article("secret", body="Quokka [@kurokawa2016].")
    factories.submitted(secret)
    gone = factories.published(article("gone", body="Numbat [@kurokawa2016]."))
    actions.unpublish(by=factories.EditorFactory.create(), page=gone.page, reason="Old.")
    assert rows(client) == []
    assert resting_alone(gone.references.get(), most=10) == []


def test_a_source_that_many_pages_cite_is_shown_page_by_page(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.reference(KEY)
    for number in range(PAGE_SIZE + 1):
        content = article(f"a{number}", title=f"{number:02}", body="x [@kurokawa2016]")
        factories.published(content)
    # The source, its notices, the pages that cite it, their sentences.
    with django_assert_num_queries(5):
        assert len(rows(client)) == PAGE_SIZE
    assert rows(client, "/references/kurokawa2016/?page=2") == [(f"/articles/a{PAGE_SIZE}/", ["x"])]
    for page in ("0", "3", "-1", "x", "1e9"):
        assert client.get(f"/references/kurokawa2016/?page={page}").status_code == 404


def test_editors_see_what_rests_on_a_source_alone() -> None:
    reference = factories.reference(KEY)
    factories.reference("other2010", DOI="10.1000/other")
    body = "One [@kurokawa2016]. Two [@kurokawa2016; @other2010]. Three [@other2010]."
    revision = factories.published(article(body=body))
    assert resting_alone(reference, most=10) == [(revision, ["One."])]


def test_sentences_are_made_anew_with_the_page() -> None:
    factories.reference(KEY)
    revision = factories.published(article(body="One [@kurokawa2016]."))
    Citation.objects.update(sentences=[])
    rerender(Revision.objects.get(pk=revision.pk))
    assert revision.citations.get().sentences == [{"text": "One.", "alone": True}]


def test_the_list_of_sources_says_which_no_live_page_cites(client: Client) -> None:
    for key in ("cited", "drafted", "spare"):
        factories.reference(key)
    factories.published(article("a", body="They go [@cited]."))
    factories.submitted(article("b", body="They go [@drafted]."))
    html = client.get("/references/").content.decode()
    entries = re.findall(r'"source-title".*?/references/(\w+)/(.*?)</li>', html, re.DOTALL)
    uncited = [key for key, rest in entries if "No published page cites it" in rest]
    assert uncited == ["drafted", "spare"]
    assert "our pages rest on" not in html
