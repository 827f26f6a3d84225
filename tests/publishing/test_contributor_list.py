"""The list of contributors."""

from typing import Any

import pytest

from publishing.content import Credit
from publishing.models import Contributor
from tests import factories, menu

pytestmark = pytest.mark.django_db
ADDRESS = "/contributors/"


def written(slug: str, person: str) -> Any:
    Contributor.objects.get_or_create(slug=person, name=f"Name of {person}")
    return factories.article_content(slug, contributors=(Credit(contributor=person),))


def names(client: Any) -> list[str]:
    text = client.get(ADDRESS).content.decode().partition("<main")[2]
    return [
        person.name
        for person in Contributor.objects.order_by("name")
        if f'<a href="/contributors/{person.slug}/">{person.name}</a>' in text
    ]


def test_it_lists_who_stands_behind_a_live_page_and_nobody_else(client: Any) -> None:
    assert "Nothing is published yet." in client.get(ADDRESS).content.decode()
    factories.approved(written("draft", "waiting"))
    assert "Name of waiting" not in names(client)
    live = factories.published(written("live", "ann"))
    signed = live.contributions.get(role="reviewer").contributor
    assert names(client) == sorted(["Name of ann", signed.name])


def test_a_placeholder_is_said_to_be_one(client: Any) -> None:
    factories.published(written("live", "ann"))
    said = "This is a placeholder for demonstration, not a person."
    assert said not in client.get(ADDRESS).content.decode()
    Contributor.objects.filter(slug="ann").update(demo=True, credentials="Editor & more")
    text = client.get(ADDRESS).content.decode()
    assert said in text
    assert "Editor &amp; more" in text


def test_the_page_of_a_contributor_leads_back_to_it(client: Any) -> None:
    factories.published(written("live", "ann"))
    assert menu.way(client, "/contributors/ann/") == [
        ("Skin", "/"),
        ("Contributors", ADDRESS),
        ("Name of ann", ""),
    ]


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, ADDRESS, unknown="/contributors/?page=0")


def test_it_takes_one_query_whatever_its_length(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        ADDRESS,
        lambda number: factories.published(written(f"a-{number}", f"person-{number}")),
        most=1,
    )
