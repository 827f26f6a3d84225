"""What a reviewer sees of a change."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.difference import (
    Change,
    Piece,
    difference,
    shortened,
    word_difference,
)
from publishing.places import place_words
from tests import factories

SAME, ADDED, REMOVED = Change.SAME, Change.ADDED, Change.REMOVED


def test_a_changed_word_is_shown_as_gone_and_come_amid_what_stayed() -> None:
    assert word_difference("Milia are harmless cysts.", "Milia are small cysts.") == (
        Piece(SAME, "Milia are "),
        Piece(REMOVED, "harmless"),
        Piece(ADDED, "small"),
        Piece(SAME, " cysts."),
    )


def test_a_number_is_compared_as_a_word_of_its_own() -> None:
    assert word_difference("0.05% cream", "0.5% cream") == (
        Piece(SAME, "0."),
        Piece(REMOVED, "05"),
        Piece(ADDED, "5"),
        Piece(SAME, "% cream"),
    )


def test_a_word_that_stayed_between_two_changes_is_read_with_them() -> None:
    assert word_difference("no test and no cream", "no drug and some cream") == (
        Piece(SAME, "no "),
        Piece(REMOVED, "test and no"),
        Piece(ADDED, "drug and some"),
        Piece(SAME, " cream"),
    )


def test_a_paragraph_that_came_leaves_the_others_alone() -> None:
    assert word_difference("One.\n\nThree.", "One.\n\nTwo.\n\nThree.") == (
        Piece(SAME, "One.\n\n"),
        Piece(ADDED, "Two.\n\n"),
        Piece(SAME, "Three."),
    )


@pytest.mark.parametrize(("old", "new"), [("", ""), ("a", "a")])
def test_what_is_equal_has_no_change(old: str, new: str) -> None:
    assert [piece for piece in word_difference(old, new) if piece.change != SAME] == []


TEXTS = st.text(alphabet="ab1 .\n_é", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_pieces(old: str, new: str) -> None:
    pieces = word_difference(old, new)
    assert "".join(text for change, text in pieces if change != ADDED) == old
    assert "".join(text for change, text in pieces if change != REMOVED) == new
    assert all(a.change != b.change for a, b in itertools.pairwise(pieces))


def test_a_text_that_is_very_long_is_not_compared_word_by_word() -> None:
    old, new = "a b " * 1_000, "c d " * 1_000
    assert word_difference("x " + old + " y", "x " + new + " y") == (
        Piece(SAME, "x "),
        Piece(REMOVED, old.rstrip()),
        Piece(ADDED, new.rstrip()),
        Piece(SAME, "  y"),
    )


def test_of_what_stayed_only_the_words_beside_a_change_are_read() -> None:
    words = " ".join(map(str, range(100)))
    first, changed, middle, _, last = shortened(
        [
            Piece(SAME, words),
            Piece(ADDED, "x"),
            Piece(SAME, words),
            Piece(REMOVED, "y"),
            Piece(SAME, words),
        ]
    )
    assert first.text == "… " + " " + " ".join(map(str, range(88, 100)))
    assert changed == Piece(ADDED, "x")
    assert middle.text.startswith("0 1 ")
    assert " … " in middle.text
    assert last.text.endswith(" …")
    assert shortened([Piece(SAME, "short")]) == (Piece(SAME, "short"),)


@pytest.mark.django_db
def test_fields_and_sources_that_changed_are_named() -> None:
    factories.reference("patsatsi2020")
    old = factories.article_content(key_points=("One [@berk2008].", "Two."), limits="")
    new = factories.article_content(
        key_points=("One.", "Two."),
        body="## What they are\n\nTiny cysts [@patsatsi2020].",
        limits="",
        adults_only=True,
    )
    found = difference(old, new)
    assert [field.label for field in found.fields] == [
        "Key points 1",
        place_words("article", "adults_only"),
        place_words("article", "body"),
    ]
    assert (found.sources_added, found.sources_removed) == (("patsatsi2020",), ("berk2008",))
    assert found


@pytest.mark.django_db
def test_without_an_older_text_everything_is_new_and_equal_texts_have_none() -> None:
    content = factories.technique_content()
    found = difference(None, content)
    assert {piece.change for field in found.fields for piece in field.pieces} == {ADDED}
    assert found.sources_added == ("berk2008",)
    assert "Assessments 1 sentence" in [field.label for field in found.fields]
    assert not difference(content, content)


@pytest.mark.django_db
def test_a_field_that_is_gone_is_shown_as_removed() -> None:
    old = factories.article_content(limits="Few studies.")
    (field,) = difference(old, factories.article_content(limits="")).fields
    assert field.pieces == (Piece(REMOVED, "Few studies."),)
