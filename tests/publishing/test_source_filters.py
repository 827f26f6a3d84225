"""Readers find the sources of a condition."""

import re

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def found(client: Client, query: str) -> list[str]:
    html = client.get(f"/references/{query}").content.decode()
    return re.findall(r'<p class="source-title" dir="auto"><a href="/references/(\w+)/">', html)


def test_sources_are_found_by_the_condition_of_the_pages_that_cite_them(client: Client) -> None:
    for key in ("overview", "cited", "other", "draft", "nowhere"):
        factories.reference(key)
    for slug in ("milia", "acne"):
        factories.published(
            factories.condition_content(slug, body="Small [@overview]." if slug == "milia" else "")
        )
    quiet = {"key_points": ("One.",), "limits": "Few."}
    factories.published(factories.article_content("a", body="x [@cited]", **quiet))
    acne = factories.article_content("b", condition="acne", body="x [@other]", **quiet)
    factories.published(acne)
    factories.submitted(factories.article_content("c", body="x [@draft]", **quiet))
    assert found(client, "?condition=milia") == ["cited", "overview"]
    assert found(client, "?condition=acne") == ["other"]
    assert found(client, "?condition=milia&q=overview") == ["overview"]
    assert len(found(client, "?condition=nothing")) == len(found(client, ""))


def test_a_condition_that_is_not_live_is_not_offered(client: Client) -> None:
    factories.draft(factories.condition_content("secret", title="Quokka"))
    assert "Quokka" not in client.get("/references/").content.decode()
