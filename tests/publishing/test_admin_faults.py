"""What the desk says about a draft that makes no document, or that may not be submitted yet."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pydantic import ValidationError

from articles.models import Article, Glossary
from milia_site import roles
from publishing.forms import document_faults
from publishing.models import Page
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/articles/article/add/"


@pytest.fixture
def desk(client: Client) -> Client:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(user)
    return client


def opened(desk: Client, page: Page) -> tuple[str, dict[str, Any]]:
    """The address of a page's form, and what a browser would send if nothing were typed."""
    address = f"/admin/articles/{page.kind}/{page.pk}/change/"
    context: Any = desk.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    empty = {"", "None", "False"}
    return address, {name: value for name, value in values.items() if str(value) not in empty}


def test_a_draft_that_makes_no_document_comes_back_with_the_fault_at_its_field(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    address, values = opened(desk, page)
    typed = {**values, "title": "A better title", "key_points": "A point.\n" * 11}
    answer = desk.post(address, typed)
    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["key_points"]
    assert "at most 10 items" in errors["key_points"][0]
    assert 'value="A better title"' in answer.content.decode()
    stored = Article.objects.get(pk=page.pk)
    assert (stored.title, stored.version) == ("Removal", page.version)
    mended = desk.post(address, {**typed, "key_points": "A point."})
    assert mended.status_code == 302
    assert Article.objects.get(pk=page.pk).title == "A better title"


def test_a_new_page_that_makes_no_document_is_not_made(desk: Any) -> None:
    rows = {
        f"{prefix}-{name}_FORMS": "0"
        for prefix in ("credits", "article_techniques")
        for name in ("TOTAL", "INITIAL")
    }
    typed = {"title": "Cysts", "slug": "cysts", "once": "a-key", "key_points": "x" * 501, **rows}
    answer = desk.post(ADDRESS, typed)
    (message,) = answer.context["adminform"].form.errors["key_points"]
    assert message == "1: Shorten this to at most 500 characters."
    assert not Page.objects.exists()
    typed["key_points"] = "x"
    assert desk.post(ADDRESS, typed).status_code == 302
    assert Page.objects.get().slug == "cysts"


def test_a_fault_in_a_row_below_names_its_field(desk: Any) -> None:
    page = factories.draft(factories.glossary_content())
    address, values = opened(desk, page)
    forms = "; ".join(f"form {number}" for number in range(21))
    answer = desk.post(address, {**values, "terms-0-also": forms})
    (message,) = answer.context["adminform"].form.non_field_errors()
    assert message == "also: Keep at most 20 items."
    assert Glossary.objects.get(pk=page.pk).terms.get().also == ""


def test_a_title_of_nothing_but_invisible_characters_is_asked_for_again(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    address, values = opened(desk, page)
    answer = desk.post(address, {**values, "title": "\u202e"})
    assert answer.context["adminform"].form.errors["title"] == ["This field cannot be blank."]
    assert Article.objects.get(pk=page.pk).title == "Removal"


def test_a_fault_of_the_whole_document_keeps_its_own_words() -> None:
    with pytest.raises(ValidationError) as caught:
        factories.article_content(safety_level="urgent")
    ((field, message),) = document_faults(caught.value)
    assert field == ""
    assert message == "A safety card needs its level and its text together."


def test_the_check_lists_what_blocks_a_draft_above_the_page(desk: Any) -> None:
    page = factories.draft(factories.article_content(body="One.\n\nTwo [@nobody]."))
    text = desk.get(f"/admin/pages/{page.pk}/check/").content.decode()
    assert "This draft cannot be submitted yet." in text
    assert "Text: The reference “nobody” is not in the library." in text
    assert f'src="/admin/pages/{page.pk}/preview/"' in text


def test_the_check_of_a_sound_draft_says_that_nothing_is_in_the_way(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    text = desk.get(f"/admin/pages/{page.pk}/check/").content.decode()
    assert "Nothing keeps this draft from being submitted." in text
    assert "has to be mended" not in text


def test_the_check_of_an_unreadable_draft_shows_its_faults_and_no_page(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    Article.objects.filter(pk=page.pk).update(key_points="A point.\n" * 11)
    text = desk.get(f"/admin/pages/{page.pk}/check/").content.decode()
    assert "key_points: Keep at most 10 items" in text
    assert "<iframe" not in text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 302),
        (roles.EDITOR, 200),
        (roles.MEDICAL_REVIEWER, 200),
        (roles.MODERATOR, 403),
        (roles.SITE_ADMIN, 200),
    ],
)
def test_the_check_is_for_those_who_may_read_drafts(
    client: Any, role: str | None, status: int
) -> None:
    page = factories.draft(factories.article_content())
    if role:
        user = User.objects.create_user("somebody", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
    assert client.get(f"/admin/pages/{page.pk}/check/").status_code == status
    assert client.post(f"/admin/pages/{page.pk}/check/").status_code in (302, 405)


def test_a_text_that_is_missing_is_asked_for() -> None:
    with pytest.raises(ValidationError) as caught:
        factories.article_content(title="")
    assert document_faults(caught.value) == [("title", "Write something here.")]
