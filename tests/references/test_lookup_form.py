"""A DOI or PMID in, a filled form out."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.fakes.services import Answer, FakeServices
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/references/reference/add/"
MESSAGE = {
    "DOI": "10.5555/one",
    "type": "journal-article",
    "title": ["Milia"],
    "author": [{"family": "Ada", "given": "B."}],
    "issued": {"date-parts": [[2016, 4]]},
    "volume": "3",
}


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def values(desk: Any, identifier: str) -> dict[str, Any]:
    answer = desk.get(ADDRESS, {"identifier": identifier})
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    return {name: form[name].value() for name in ("citekey", "title", "authors", "year", "doi")}


def test_a_doi_fills_the_form_in(desk: Client, server: FakeServices, save: Save) -> None:
    save("ada2016")
    body = json.dumps({"status": "ok", "message": MESSAGE}).encode()
    server.answer("/crossref/works/10.5555/one", Answer(body))
    assert values(desk, "https://doi.org/10.5555/one") == {
        "citekey": "ada2016a",
        "title": "Milia",
        "authors": "Ada, B.",
        "year": 2016,
        "doi": "10.5555/one",
    }


@pytest.mark.parametrize("identifier", ["10.5555/unknown", "nonsense", "123456789"])
def test_what_is_not_found_is_said_above_an_empty_form(
    desk: Client, server: FakeServices, identifier: str
) -> None:
    answer = desk.get(ADDRESS, {"identifier": identifier})
    assert "messagelist" in answer.content.decode()
    assert not answer.context["adminform"].form["title"].value()


def test_the_form_asks_for_an_identifier_only_when_it_is_new(desk: Client, save: Save) -> None:
    assert "DOI or PMID" in desk.get(ADDRESS).content.decode()
    reference = save("a")
    change = desk.get(f"/admin/references/reference/{reference.pk}/change/").content.decode()
    assert "desk-lookup" not in change
