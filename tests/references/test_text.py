"""The cleaning of every text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.text import MAX_MARKS, clean_text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\x00\x01\x08\x0e\x1b\x7f\x80\x9fb", "ab"),
        ("a\ud800\udfffb", "ab"),
        ("a\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffffb", "ab"),
        ("a\ufdcf\ufdf0\ufffd\U0001fffdb", "a\ufdcf\ufdf0\ufffd\U0001fffdb"),
        ("😀 皮 ب \u00a0", "😀 皮 ب \u00a0"),
        ("x" + "\u0334" * 20, "x" + "\u0334" * MAX_MARKS),
        ("x\u20dd" * 3, "x\u20dd" * 3),
        ("\u202eabc\u2066", "\u202eabc\u2066"),
        ("", ""),
    ],
)
def test_a_text_is_cleaned_of_what_is_no_text(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_a_single_line_has_single_spaces() -> None:
    assert clean_text(" a\r\n\tb \u00a0 c ", single_line=True) == "a b c"


@pytest.mark.parametrize("control", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
def test_a_name_has_no_controls_of_direction(control: str) -> None:
    assert clean_text(f"A{control}B", name=True) == "AB"
    assert clean_text(f"A{control}B") == f"A{control}B"


def test_marks_are_counted_for_each_letter_anew() -> None:
    letter = "x" + "\u0334" * MAX_MARKS
    assert clean_text(letter + "\u0334" + letter) == letter + letter


@settings(max_examples=200)
@given(st.text(st.characters(categories=None)), st.booleans(), st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, single_line: bool, name: bool) -> None:
    once = clean_text(text, single_line=single_line, name=name)
    assert clean_text(once, single_line=single_line, name=name) == once


MARKS = st.text(
    st.sampled_from("aé가각\u0301\u0334\u0345\u0903\u20dd\u0f71\x00\u200e\n "), max_size=60
)


@settings(max_examples=200)
@given(MARKS, st.booleans(), st.booleans())
def test_cleaning_marks_twice_is_cleaning_once(text: str, single_line: bool, name: bool) -> None:
    once = clean_text(text, single_line=single_line, name=name)
    assert clean_text(once, single_line=single_line, name=name) == once


@settings(max_examples=200)
@given(st.text(st.characters(categories=None)))
def test_a_clean_text_can_be_stored_and_shown(text: str) -> None:
    clean = clean_text(text)
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    controls = {character for character in clean if unicodedata.category(character) in {"Cc", "Cs"}}
    assert controls <= {"\n", "\t"}


def test_a_very_long_run_of_marks_is_cut_before_it_is_composed() -> None:
    # Composing 100,000 marks takes 20 seconds; a run of 30 takes none that can be seen.
    text = "a" + "\u0301" * 50_000 + "\u0323" * 50_000
    assert len(clean_text(text)) <= MAX_MARKS + 1
