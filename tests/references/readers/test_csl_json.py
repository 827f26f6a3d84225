"""Reading CSL-JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.readers import Read, Unread
from references.readers.csl_json import read

ONE = {"id": "one", "type": "book", "title": "One"}
TWO = {"citation-key": "two", "type": "book", "title": "Twö"}


@pytest.mark.parametrize("data", [[ONE, TWO], {"items": [ONE, TWO]}])
def test_items_are_read_with_their_keys_and_lines(data: object) -> None:
    first, second = read(json.dumps(data, indent=1))
    assert isinstance(first, Read)
    assert isinstance(second, Read)
    assert (first.key, first.item) == ("one", {"type": "book", "title": "One"})
    assert (second.key, second.item["title"]) == ("two", "Twö")
    assert first.line < second.line


def test_one_item_may_stand_alone() -> None:
    (found,) = read(json.dumps(ONE))
    assert isinstance(found, Read)


def test_what_is_no_item_is_told_with_its_line() -> None:
    found = list(read('[\n{"type": "book", "title": "One"},\n"Two",\n{"title": "Three"}\n]'))
    assert [type(each) for each in found] == [Read, Unread, Unread]
    assert [each.line for each in found] == [2, 3, 4]
    assert isinstance(found[2], Unread)
    assert found[2].reason.startswith("type: ")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[\n{"title": }]', "This is not JSON"),
        ("[" * 200_000, "nested too deep"),
        (f"[{'1' * 5_000}]", "This is not JSON"),
    ],
)
def test_broken_json_is_told(text: str, reason: str) -> None:
    (found,) = read(text)
    assert isinstance(found, Unread)
    assert reason in found.reason


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_no_json_makes_the_reader_fail(data: object) -> None:
    list(read(json.dumps(data)))
