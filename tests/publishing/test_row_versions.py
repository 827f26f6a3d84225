"""Two people saved the rows below one working copy: both are shown, and nothing is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from articles.models import Glossary, Term
from milia_site import roles
from publishing.models import Page
from tests import factories

pytestmark = pytest.mark.django_db

ROW = ("slug", "term", "also", "definition", "position")


@pytest.fixture
def desk(client: Any) -> Any:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(user)
    return client


@pytest.fixture
def glossary() -> Page:
    return factories.draft(factories.glossary_content())


def address(page: Page) -> str:
    return f"/admin/articles/glossary/{page.pk}/change/"


def sent(page: Page, rows: list[dict[str, Any]], version: int) -> dict[str, Any]:
    """What a browser sends for a glossary with these rows; those with an id come first."""
    counts = {"TOTAL": len(rows), "INITIAL": sum("id" in row for row in rows)}
    data: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "introduction": Glossary.objects.get(pk=page.pk).introduction,
        "opened_version": version,
    }
    for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM"):
        data[f"credits-{name}_FORMS"] = 0
        data[f"terms-{name}_FORMS"] = counts.get(name, 0)
    data["terms-MAX_NUM_FORMS"] = data["credits-MAX_NUM_FORMS"] = 1000
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"terms-{number}-{name}"] = value
        data[f"terms-{number}-glossary"] = page.pk
    return data


def row_of(term: Term, **changes: Any) -> dict[str, Any]:
    return {"id": term.pk, **{name: getattr(term, name) for name in ROW}, **changes}


def again(answer: Any) -> dict[str, Any]:
    """The form that came back, as a browser would send it."""
    page = answer.context
    forms = [page["adminform"].form]
    for inline in page["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    return {
        name: "" if value is None else value for name, value in values.items() if value is not False
    }


def versions(answer: Any) -> dict[str, str]:
    return {item.label: item.stored for item in answer.context["adminform"].form.versions}


def test_a_row_that_two_people_changed_is_shown_in_both_versions(desk: Any, glossary: Page) -> None:
    term = Term.objects.get()
    desk.post(address(glossary), sent(glossary, [row_of(term, definition="First.")], 1))
    stale = desk.post(address(glossary), sent(glossary, [row_of(term, definition="Second.")], 1))
    assert versions(stale) == {f"term “{term}”: What it means": "First."}
    assert Term.objects.get().definition == "First."
    desk.post(address(glossary), again(stale))
    assert Term.objects.get().definition == "Second."


def test_a_row_that_somebody_added_meanwhile_is_shown_and_kept(desk: Any, glossary: Page) -> None:
    term = Term.objects.get()
    new = {"slug": "bump", "term": "bump", "also": "", "definition": "A lump.", "position": 9}
    desk.post(address(glossary), sent(glossary, [row_of(term), new], 1))
    stale = desk.post(address(glossary), sent(glossary, [row_of(term, position=5)], 1))
    assert versions(stale) == {
        f"term “{term}”: Place": str(term.position),
        "term “bump”: added meanwhile, and kept when you save": (
            "Name in addresses: bump\nTerm: bump\nWhat it means: A lump.\nPlace: 9"
        ),
    }
    desk.post(address(glossary), again(stale))
    assert list(Term.objects.values_list("slug", "position")) == [(term.slug, 5), ("bump", 9)]


def test_a_row_that_somebody_deleted_meanwhile_comes_back_as_typed(
    desk: Any, glossary: Page
) -> None:
    term = Term.objects.get()
    new = {"slug": "bump", "term": "bump", "also": "", "definition": "A lump.", "position": 9}
    desk.post(address(glossary), sent(glossary, [row_of(term), new], 1))
    bump = Term.objects.get(slug="bump")
    gone = [row_of(term, DELETE="on"), row_of(bump)]
    desk.post(address(glossary), sent(glossary, gone, 2))
    typed = [row_of(term, definition="Typed."), row_of(bump, definition="Typed too.")]
    stale = desk.post(address(glossary), sent(glossary, typed, 2))
    assert "Typed." in stale.content.decode()
    assert [term.slug for term in Term.objects.all()] == ["bump"]
    desk.post(address(glossary), again(stale))
    stored = Term.objects.order_by("slug").values_list("slug", "definition")
    assert sorted(stored) == sorted([("bump", "Typed too."), (term.slug, "Typed.")])


def test_a_row_that_two_people_deleted_stays_away(desk: Any, glossary: Page) -> None:
    term = Term.objects.get()
    desk.post(address(glossary), sent(glossary, [row_of(term, DELETE="on")], 1))
    stale = desk.post(address(glossary), sent(glossary, [row_of(term, DELETE="on")], 1))
    desk.post(address(glossary), again(stale))
    assert not Term.objects.exists()
