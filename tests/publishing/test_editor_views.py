"""What the text editor asks the server: a live preview that stores nothing, and what to pick."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from milia_site import roles
from publishing.models import DraftAuthor, Event, Page
from references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db

BIBTEX = "@article{zebra2019, title={Zebra cysts}, author={Doe, Jane}, journal={J}, year={2019}}"


@pytest.fixture
def client() -> Client:
    """Django's own: the answers are JSON."""
    return Client()


@pytest.fixture
def desk(client: Client) -> Client:
    user = factories.UserFactory.create(username="writer")
    user.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(user)
    return client


def form_of(desk: Client, address: str) -> dict[str, Any]:
    """The fields of a change form, as a browser would send them."""
    context: Any = desk.get(address).context
    form = context["adminform"].form
    data = {form.add_prefix(name): form[name].value() for name in form.fields}
    for inline in context["inline_admin_formsets"]:
        for each in (inline.formset.management_form, *inline.formset.initial_forms):
            data |= {each.add_prefix(name): each[name].value() for name in each.fields}
    return {name: value for name, value in data.items() if value or value in ("0", 0)}


def test_the_live_preview_shows_unsaved_text_and_stores_nothing(desk: Client) -> None:
    page = factories.draft(factories.article_content(body="Old words."))
    base = f"/admin/articles/article/{page.pk}/"
    data = form_of(desk, base + "change/") | {"body": "Fresh zebra [@nobody]."}
    before = (
        Event.objects.count(),
        DraftAuthor.objects.count(),
        Page.objects.get(pk=page.pk).version,
    )
    answer = desk.post(base + "live/", data).json()
    assert answer["problems"] == []
    assert "Fresh zebra" in answer["html"]
    finding = next(each for each in answer["findings"] if "nobody" in each["message"])
    assert (finding["field"], finding["level"], finding["waived"]) == ("body", "block", False)
    after = (
        Event.objects.count(),
        DraftAuthor.objects.count(),
        Page.objects.get(pk=page.pk).version,
    )
    assert after == before
    assert form_of(desk, base + "change/")["body"] == "Old words."


def test_a_form_with_a_fault_is_told_in_words(desk: Client) -> None:
    page = factories.draft(factories.article_content())
    base = f"/admin/articles/article/{page.pk}/"
    data = form_of(desk, base + "change/") | {"title": ""}
    answer = desk.post(base + "live/", data).json()
    assert answer["html"] == ""
    assert answer["problems"] == [{"field": "title", "message": "This field is required."}]


@pytest.mark.parametrize("query", ["berk2008", "2008", "berk 2008"])
def test_a_source_is_found(desk: Client, query: str) -> None:
    factories.reference()
    items = desk.get("/admin/markdown/references/", {"q": query}).json()["items"]
    assert [item["value"] for item in items] == ["berk2008"]
    assert not items[0]["retracted"]


def test_a_pasted_reference_is_added_once(desk: Client) -> None:
    answer = desk.post("/admin/markdown/references/add/", {"text": BIBTEX})
    assert answer.json()["value"] == "zebra2019"
    assert Reference.objects.get().csl["title"] == "Zebra cysts"


@pytest.mark.parametrize("text", ["", BIBTEX + "\n" + BIBTEX.replace("zebra", "lion")])
def test_what_is_not_one_reference_is_refused_in_words(desk: Client, text: str) -> None:
    answer = desk.post("/admin/markdown/references/add/", {"text": text})
    assert answer.status_code == 400
    assert answer.json()["problem"]
    assert not Reference.objects.exists()


def test_pages_and_terms_are_found(desk: Client) -> None:
    factories.published(factories.glossary_content())
    factories.published(factories.article_content())
    pages = desk.get("/admin/markdown/pages/", {"q": "remov"}).json()["items"]
    assert pages == [{"value": "/articles/removal/", "label": "Removal"}]
    assert desk.get("/admin/markdown/terms/").json()["items"]
    assert desk.get("/admin/markdown/terms/", {"q": "zzz"}).json()["items"] == []
