"""Saving sources."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from references import actions
from references.actions import save_reference
from references.errors import (
    CitekeyTaken,
    IdentifierTaken,
    InvalidCitekey,
    InvalidItem,
    StaleReference,
    UnknownReference,
)
from references.models import Reference
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

ITEM = {"id": "something-else", "type": "book", "title": " Open  science ", "DOI": "10.1000/ABC"}
STORED = {"id": "suber2012", "type": "book", "title": "Open science", "DOI": "10.1000/ABC"}


def test_a_new_source_is_stored_normalised_under_its_citekey(editor: User) -> None:
    saved = save_reference(by=editor, citekey="suber2012", csl=ITEM)
    stored = Reference.objects.get()
    assert saved == stored
    assert (stored.citekey, stored.csl, stored.version) == ("suber2012", STORED, 1)
    assert (stored.updated_by, stored.doi) == (editor, "10.1000/abc")


def test_a_change_makes_the_next_version_by_whoever_changed_it(
    save: Save, django_user_model: type[User]
) -> None:
    first = save("a", title="One")
    other = django_user_model.objects.create_user("other")
    changed = save_reference(
        by=other, citekey="a", csl={"type": "book", "title": "Two"}, version=first.version
    )
    assert (changed.pk, changed.title, changed.version) == (first.pk, "Two", 2)
    assert changed.updated_by == other
    assert changed.updated_at > first.updated_at


def test_saving_what_is_stored_already_changes_nothing(save: Save) -> None:
    first = save("a")
    again = save("a", version=1)
    assert (again.version, again.updated_at) == (1, first.updated_at)


def test_a_change_made_on_an_older_version_is_refused(save: Save) -> None:
    save("a", title="One")
    save("a", title="Two", version=1)
    with pytest.raises(StaleReference, match="Somebody else saved"):
        save("a", title="Three", version=1)
    assert Reference.objects.get().title == "Two"


def test_a_new_source_cannot_take_a_citekey(save: Save) -> None:
    save("a", title="One")
    with pytest.raises(CitekeyTaken, match="“a”") as caught:
        save("a", title="Two")
    assert caught.value.field == "citekey"
    assert Reference.objects.get().title == "One"


def test_there_must_be_something_to_change(save: Save) -> None:
    with pytest.raises(UnknownReference, match="“a”"):
        save("a", version=1)


@pytest.mark.parametrize("citekey", ["", "-a", "_a", "ä", "a b", "a.b", "a\n", "a" * 101, "a/../b"])
def test_a_citekey_of_another_form_is_refused(save: Save, citekey: str) -> None:
    with pytest.raises(InvalidCitekey):
        save(citekey)


@pytest.mark.parametrize("citekey", ["a", "0", "Kurokawa2016", "a-b_c", "a" * 100])
def test_a_citekey_of_the_right_form_is_taken(save: Save, citekey: str) -> None:
    assert save(citekey).citekey == citekey


def test_an_item_with_a_fault_is_not_stored(save: Save) -> None:
    with pytest.raises(InvalidItem, match="DOI"):
        save("a", DOI="none")
    assert not Reference.objects.exists()


@pytest.mark.parametrize(
    ("variable", "mine", "theirs"),
    [("DOI", "10.1000/ABC", "https://doi.org/10.1000/abc"), ("PMID", "123", "123")],
)
def test_two_sources_cannot_have_one_identifier(
    save: Save, variable: str, mine: str, theirs: str
) -> None:
    save("a", **{variable: mine})
    with pytest.raises(IdentifierTaken, match="“a”") as caught:
        save("b", **{variable: theirs})
    assert (caught.value.field, caught.value.citekey) == (variable, "a")


def test_an_identifier_taken_in_the_same_moment_is_named_too(
    save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    save("a", DOI="10.1000/abc")
    look = actions._refuse_taken_identifiers
    calls: list[str] = []

    def blind_at_first(citekey: str, item: dict[str, Any]) -> None:
        calls.append(citekey)
        if len(calls) > 1:
            look(citekey, item)

    monkeypatch.setattr(actions, "_refuse_taken_identifiers", blind_at_first)
    with pytest.raises(IdentifierTaken):
        save("b", DOI="10.1000/abc")
    assert calls == ["b", "b"]


def test_what_the_database_refuses_for_another_reason_is_not_hidden(
    save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    def store_without_title(csl: object) -> dict[str, str]:
        return {"type": "book"}

    monkeypatch.setattr(actions, "read_item", store_without_title)
    with pytest.raises(IntegrityError, match="references_reference_has_title"):
        save("a")
