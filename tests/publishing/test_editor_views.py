"""What the text editor asks the server: a live preview that stores nothing, and what to pick."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from milia_site import roles
from publishing.models import DraftAuthor, Event, Image, Page
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


def test_pictures_are_found_by_name_and_words(desk: Client) -> None:
    editor = factories.EditorFactory.create()
    for slug, alt in (("skin", "A cheek"), ("eye", "")):
        Image.objects.create(slug=slug, file="x.png", width=1, height=1, alt=alt, added_by=editor)
    items = desk.get("/admin/markdown/images/", {"q": "cheek"}).json()["items"]
    assert items == [{"value": "skin", "label": "A cheek"}]
    assert len(desk.get("/admin/markdown/images/").json()["items"]) == 2


def test_a_known_source_is_answered_as_such(desk: Client) -> None:
    first = desk.post("/admin/markdown/references/add/", {"text": BIBTEX}).json()
    again = desk.post("/admin/markdown/references/add/", {"text": BIBTEX}).json()
    assert (first["known"], again["value"]) == (False, first["value"])
    assert Reference.objects.count() == 1


@pytest.mark.parametrize("kind", ["references", "images", "terms", "pages"])
def test_only_who_writes_may_pick(client: Client, kind: str) -> None:
    reviewer = factories.UserFactory.create(username="somebody")
    reviewer.groups.set([Group.objects.get(name=roles.MEDICAL_REVIEWER)])
    client.force_login(reviewer)
    assert client.get(f"/admin/markdown/{kind}/").status_code == 403
    assert client.post("/admin/markdown/references/add/", {"text": BIBTEX}).status_code == 403


def test_a_reviewer_sees_no_live_preview_and_reading_it_is_no_way(client: Client) -> None:
    page = factories.draft(factories.article_content())
    reviewer = factories.UserFactory.create(username="somebody")
    reviewer.groups.set([Group.objects.get(name=roles.MEDICAL_REVIEWER)])
    client.force_login(reviewer)
    address = f"/admin/articles/article/{page.pk}/live/"
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405


def test_an_item_of_a_list_is_a_line_of_its_field(desk: Client) -> None:
    page = factories.draft(factories.article_content())
    base = f"/admin/articles/article/{page.pk}/"
    points = "They are tiny [@berk2008].\nThey took 50 mg a day."
    data = form_of(desk, base + "change/") | {"key_points": points}
    (finding,) = (
        each
        for each in desk.post(base + "live/", data).json()["findings"]
        if each["code"] == "uncited-dose"
    )
    assert (finding["field"], finding["line"]) == ("key_points", 2)


def test_a_finding_in_a_row_leads_to_the_text_of_that_row(desk: Client) -> None:
    terms = [
        {"slug": slug, "term": slug, "definition": "A tough protein."} for slug in ("one", "two")
    ]
    page = factories.draft(factories.glossary_content(terms=terms))
    base = f"/admin/articles/glossary/{page.pk}/"
    data = form_of(desk, base + "change/")
    data["terms-0-definition"] = "They took 50 mg a day."
    data["terms-0-position"] = "9"
    found = desk.post(base + "live/", data).json()["findings"]
    (finding,) = (each for each in found if each["code"] == "uncited-dose")
    assert (finding["place"], finding["field"], finding["line"]) == (
        "terms.1",
        "terms-0-definition",
        0,
    )
    gone = desk.post(base + "live/", data | {"terms-1-DELETE": "on"}).json()["findings"]
    (finding,) = (each for each in gone if each["code"] == "uncited-dose")
    assert (finding["place"], finding["field"]) == ("terms.0", "terms-0-definition")


def test_a_finding_in_the_summary_leads_to_the_field_that_it_is_written_in(desk: Client) -> None:
    factories.published(factories.glossary_content())
    page = factories.draft(factories.article_content(standfirst="Keratin fills them."))
    base = f"/admin/articles/article/{page.pk}/"
    found = desk.post(base + "live/", form_of(desk, base + "change/")).json()["findings"]
    places = {each["field"] for each in found if each["place"] == "summary"}
    assert places == {"standfirst"}


def test_rows_that_contradict_each_other_and_documents_that_cannot_be_are_told(
    desk: Client,
) -> None:
    page = factories.draft(factories.article_content())
    base = f"/admin/articles/article/{page.pk}/"
    data = form_of(desk, base + "change/")
    many = desk.post(base + "live/", data | {"key_points": "A point.\n" * 11}).json()
    assert many["problems"] == [{"field": "key_points", "message": "Keep at most 10 items."}]
    row = {"contributor": "999999", "role": "author", "position": "1", "page": page.pk}
    rows = {f"credits-0-{name}": value for name, value in row.items()}
    wrong = desk.post(base + "live/", data | rows | {"credits-TOTAL_FORMS": "1"}).json()
    assert [problem["field"] for problem in wrong["problems"]] == ["credits-0-contributor"]
    assert form_of(desk, base + "change/") == data


def test_the_preview_takes_as_many_queries_for_a_long_text_as_for_a_short_one(
    desk: Client,
) -> None:
    page = factories.draft(factories.article_content())
    base = f"/admin/articles/article/{page.pk}/"
    data = form_of(desk, base + "change/")
    counts = []
    for body in ("Short [@berk2008].", "Long [@berk2008]. " * 200):
        with CaptureQueriesContext(connection) as queries:
            desk.post(base + "live/", data | {"body": body})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45
