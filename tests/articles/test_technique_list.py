"""The list of techniques."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_lists_techniques_by_how_invasive_they_are_with_their_certainty(client: Any) -> None:
    assert "Nothing is published yet." in client.get("/techniques/").content.decode()
    factories.published(factories.technique_content("laser", invasiveness=80))
    content = factories.technique_content("do-nothing", assessments=())
    factories.waive_all(factories.draft(content))
    factories.published(content)
    text = client.get("/techniques/").content.decode()
    assert text.index("/techniques/do-nothing/") < text.index("/techniques/laser/")
    assert text.count("Very low certainty") == 1


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/techniques/", unknown="/techniques/?page=0")


def test_it_takes_two_queries_whatever_its_length(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        "/techniques/",
        lambda number: factories.published(factories.technique_content(f"t-{number}")),
        most=2,
        items=30,
    )
