"""The live preview of the form in which editors enter sources."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from references.actions import record_check
from references.models import FoundNotice, Reference
from references.notices import Notice, NoticeType
from tests.references.conftest import Save
from tests.references.test_admin import TYPED, shown

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/references/reference/preview/"
SMALL = {"type": "article-journal", "title": "Tiny cysts", "authors": "Ada, B.\nBee, C."}


@pytest.fixture
def desk(editor: User) -> Client:
    """Django's own client: what it gets is a piece of a page."""
    client = Client()
    client.force_login(editor)
    return client


def preview(desk: Client, **fields: Any) -> str:
    answer = desk.post(PREVIEW, fields)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_entry_is_shown_as_it_will_be_and_nothing_is_stored(desk: Client) -> None:
    fields = {**SMALL, "container": "J Test", "year": "2016", "volume": "3", "page": "1-2"}
    assert preview(desk, **fields) == "Ada B, Bee C. Tiny cysts. <i>J Test</i>. 2016;3:1-2."
    assert not Reference.objects.exists()


def test_a_saved_source_looks_as_its_preview_did(desk: Client) -> None:
    html = preview(desk, **TYPED)
    desk.post("/admin/references/reference/add/", TYPED)
    assert Reference.objects.get().entry == html


def test_a_preview_needs_no_citekey_yet(desk: Client) -> None:
    assert preview(desk, **SMALL, citekey="") == "Ada B, Bee C. Tiny cysts."


def test_a_stored_source_is_shown_with_its_notices(desk: Client, save: Save) -> None:
    reference = save("a", DOI="10.5555/one")
    notice = Notice(
        type=NoticeType.RETRACTION,
        text="J Test. 2020;1:1",
        service=FoundNotice.Service.CROSSREF,
    )
    record_check(citekey="a", found=[notice], complete=True)
    reference.refresh_from_db()
    fields = {**shown(desk, reference), "reference": reference.pk}
    assert preview(desk, **fields) == reference.entry
    html = preview(desk, **{**fields, "title": "Another title"})
    assert "Another title" in html
    assert "retracted in" in html
    assert html.startswith('<strong class="status status-retracted">')
    reference.refresh_from_db()
    assert (reference.title, reference.version) == ("About a", 1)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"title": ""}, "Title: This field is required."),
        ({"year": "20"}, "Year: Ensure this value is greater than or equal to 1000."),
        ({"doi": "none"}, "DOI: A DOI looks like"),
        ({"month": "2"}, "Year: Give the year too"),
        ({"rest": "{"}, "Other CSL variables: This is not JSON"),
        ({"rest": '{"titel": "7"}'}, "<li>titel: CSL-JSON has no such variable."),
        ({"title": "a\0b"}, "Title: Null characters are not allowed."),
        ({"reference": "0"}, "Reference: Select a valid choice."),
        ({"reference": "9" * 40}, "Reference: Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_in_words(desk: Client, fields: dict[str, str], fault: str) -> None:
    html = preview(desk, **{**SMALL, **fields})
    assert fault in html
    assert html.count("<li>") == 1


def test_what_is_typed_stays_text(desk: Client) -> None:
    attack = "<img src=x onerror=alert(1)>"
    assert "<img" not in preview(desk, **{**SMALL, "title": attack})
    assert "<img" not in preview(desk, **{**SMALL, "rest": f'{{"{attack}": 1}}'})


def test_a_form_that_is_too_long_is_not_formatted(desk: Client) -> None:
    answer = desk.post(PREVIEW, {**SMALL, "authors": "Ada, B\n" * 80_000})
    assert answer.status_code == 413
    assert "You can still save it." in answer.content.decode()


@pytest.mark.parametrize("codename", ["add_reference", "change_reference"])
def test_whoever_may_add_or_change_sources_has_the_preview(
    django_user_model: type[User], codename: str
) -> None:
    client = Client()
    clerk = django_user_model.objects.create_user("clerk", is_staff=True)
    client.force_login(clerk)
    assert client.post(PREVIEW, SMALL).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename=codename))
    assert client.post(PREVIEW, SMALL).status_code == 200


def test_a_stranger_is_led_to_the_log_in(client: Client) -> None:
    assert client.post(PREVIEW, SMALL).status_code == 302


def test_a_form_of_another_site_gets_no_preview(editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(PREVIEW, SMALL).status_code == 403


def test_a_preview_is_asked_for_by_post_only(desk: Client) -> None:
    assert desk.get(PREVIEW).status_code == 405


def test_whoever_may_only_look_at_a_source_has_no_preview_to_ask_for(
    client: Client, save: Save, django_user_model: type[User]
) -> None:
    reference = save("a")
    clerk = django_user_model.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_reference"))
    client.force_login(clerk)
    html = client.get(f"/admin/references/reference/{reference.pk}/change/").content.decode()
    assert 'id="entry-preview"' in html
    assert "data-preview" not in html
