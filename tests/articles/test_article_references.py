"""The sources of an article as a file for reference managers."""

import re
from typing import Any

import pytest

from publishing import actions
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/removal/references.ris"


def keys(answer: Any) -> list[str]:
    lines = answer.content.decode().splitlines()
    return [line.removeprefix("ID  - ") for line in lines if line.startswith("ID  - ")]


def test_it_has_what_the_page_cites_and_what_its_techniques_cite(client: Any) -> None:
    factories.reference("other2010")
    factories.reference("unused")
    technique = factories.technique_content("freezing", how_it_works="Cold [@other2010].")
    factories.published(technique)
    factories.published(factories.article_content(techniques=("freezing",)))
    assert keys(client.get(ADDRESS)) == ["berk2008", "other2010"]


def test_the_page_offers_its_references_as_files(client: Any) -> None:
    factories.reference()
    factories.published(factories.article_content())
    html = client.get("/articles/removal/").content.decode()
    offered = re.findall(r'href="(/articles/removal/references\.\w+)" download', html)
    assert [address.rpartition(".")[2] for address in offered] == ["bib", "ris", "json"]
    for address in offered:
        assert client.get(address).status_code == 200


def test_a_page_without_references_offers_none(client: Any) -> None:
    factories.published(factories.plain_page_content())
    content = factories.article_content(body="None.", key_points=("One.",), limits="Few.")
    factories.published(content)
    assert "references.bib" not in client.get("/articles/removal/").content.decode()


def test_a_draft_and_what_is_gone_have_none(client: Any) -> None:
    page = factories.draft(factories.article_content())
    assert client.get(ADDRESS).status_code == 404
    factories.published(factories.article_content())
    assert client.get(ADDRESS).status_code == 200
    assert client.get("/articles/removal/references.exe").status_code == 404
    assert client.post(ADDRESS).status_code == 405
    actions.unpublish(by=factories.EditorFactory.create(), page=page, reason="Old.")
    assert client.get(ADDRESS).status_code == 410


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three_sources(
    client: Any, count: int, django_assert_num_queries: Any
) -> None:
    names = [f"source{number}" for number in range(count)]
    for name in names:
        factories.reference(name)
    body = " ".join(f"[@{name}]" for name in names)
    factories.published(factories.article_content(body=body))
    with django_assert_num_queries(2):  # the page, its sources
        client.get(ADDRESS)
