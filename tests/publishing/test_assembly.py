"""Citations are numbered in one pass over everything that a page shows."""

import re
from html import unescape

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from publishing.assembly import Numbering, letters, markdownify, marked, marker_of, reference_items
from publishing.markdown import render
from tests import factories


def numbering(*keys: str) -> Numbering:
    return Numbering({key: SafeString(f"Title of {key}.") for key in keys})


def shown(text: str, to: Numbering) -> str:
    return str(to.html(render(text, inline=True).to_json()))


def test_numbers_follow_first_use_over_all_blocks() -> None:
    to = numbering("a", "b", "c")
    assert ">1</a>" in shown("x [@b]", to)
    assert ">2</a>" in shown("x [@a]", to)
    assert ">1</a>" in shown("x [@b]", to)
    assert [(entry.number, entry.citekey) for entry in to.entries()] == [
        (1, "b"),
        (2, "a"),
    ]


def test_a_cluster_is_sorted_and_names_its_places_in_ama_form() -> None:
    to = numbering("a", "b", "c")
    shown("x [@a] [@b]", to)
    html = shown("y [@c; @a, p. 3; @b]", to)
    order = [html.index(f">{text}</a>") for text in ("1(p3)", "2", "3")]
    assert order == sorted(order)
    assert 'aria-label="Reference 2"' in html
    assert 'role="doc-biblioref"' in html


def test_every_cluster_has_one_id_and_one_way_back() -> None:
    to = numbering("a")
    first, second = shown("x [@a]", to), shown("y [@a; @a, p. 2]", to)
    assert 'id="cite-1"' in first
    assert 'id="cite-2"' in second
    (entry,) = to.entries()
    assert entry.uses == ["cite-1", "cite-2"]
    html = reference_items([entry])
    for use, letter in (("cite-1", "a"), ("cite-2", "b")):
        label = f"Back to use {letter} of reference 1"
        assert f'href="#{use}" aria-label="{label}">{letter}</a>' in html


def test_an_unknown_key_is_shown_as_a_fault_and_has_no_number() -> None:
    to = numbering("a")
    html = shown("x [@nobody; @a]", to)
    assert "Unknown reference: nobody" in html
    assert ">1</a>" in html
    assert "Unknown reference: other" in shown("x [@other]", to)
    assert len(to.entries()) == 1


def test_what_has_no_block_is_empty() -> None:
    assert numbering().html(None) == ""
    assert marker_of([]) == ""
    assert ">1</a>" in numbering("a").number(marker_of(["a"]))


def test_blocks_that_were_marked_are_numbered_when_they_are_joined() -> None:
    texts = ("x [@b; @nobody]", "y", "z [@a, p. 3; @b]")
    one_by_one, joined = numbering("a", "b"), numbering("a", "b")
    expected = "".join(shown(text, one_by_one) for text in texts)
    html = "".join(marked(render(text, inline=True)) for text in texts)
    assert joined.number(html) == expected
    assert (joined.numbers, joined.uses) == (one_by_one.numbers, one_by_one.uses)


@pytest.mark.parametrize("locator", ["p3|b", "--><b>", "&#124;", "a b", "<!--cite:a-->"])
def test_a_locator_cannot_leave_its_marker(locator: str) -> None:
    data = {"html": "<!--cite:0-->", "clusters": [[{"key": "a", "locator": locator}]]}
    html = numbering("a", "b").html(data)
    text = unescape(re.sub(r"<[^>]*>", "", html))
    assert text == f"1({locator})"
    assert html.count("<a ") == 1


@given(st.integers(min_value=0, max_value=100_000))
def test_back_links_are_lettered_like_the_columns_of_a_sheet(place: int) -> None:
    number = 0
    for letter in letters(place):
        number = number * 26 + ord(letter) - ord("a") + 1
    assert number == place + 1


@pytest.mark.django_db
def test_a_single_text_stands_with_its_own_list() -> None:
    factories.reference()
    html = markdownify("Tiny [@berk2008].")
    assert html.count("Title of berk2008") == 1
    assert "<ol>" in html
    assert "<ol>" not in markdownify("No source.")
