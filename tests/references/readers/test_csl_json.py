"""Reading CSL-JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.readers import Read, Unread, csl_json
from references.readers.csl_json import read
from references.readers.records import MAX_FAULTS, MAX_RECORD

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
        ("", "This is not JSON"),
        ('{"items" []}', "This is not JSON"),
        ('{"items": [{"title": }]}', "This is not JSON"),
    ],
)
def test_broken_json_is_told(text: str, reason: str) -> None:
    (found,) = read(text)
    assert isinstance(found, Unread)
    assert reason in found.reason


def test_what_came_before_the_break_is_kept() -> None:
    first, second = read(f"[\n{json.dumps(ONE)},\n\n{json.dumps(TWO)[:-1]}")
    assert isinstance(first, Read)
    assert isinstance(second, Unread)
    assert (first.line, second.line) == (2, 4)
    for rest in ("] and more", " {}]", ""):
        assert [type(each) for each in read(f"[{json.dumps(ONE)}{rest}")] == [Read, Unread]


@pytest.mark.parametrize("before", ["", '"title": "Of a library", "tags": [[1], {}], '])
def test_a_list_called_items_may_stand_behind_other_things(before: str) -> None:
    found = list(read(f'{{{before}"items":\n[\n{json.dumps(ONE)}, 2], "more": 1}}'))
    assert [(type(each), each.line) for each in found] == [(Read, 3), (Unread, 3)]
    assert list(read(f'{{{before}"items": [ ]}}')) == []


def test_items_that_are_no_list_are_a_variable() -> None:
    (found,) = read(json.dumps({**ONE, "items": {}}))
    assert isinstance(found, Read)
    assert "items “{}” was left out" in found.notes[0]


def test_lines_are_found_however_letters_are_escaped() -> None:
    items = [r'{"type": "book", "title": "a\/\u00E9"}'] * 20_000
    found = list(read("[" + ",\n".join(items) + "]"))
    assert [each.line for each in found] == list(range(1, 20_001))


@pytest.mark.parametrize(
    ("value", "volume"),
    [("1.10", "1.10"), ("1e400", "1e400"), ("NaN", None), ("-Infinity", None), ("null", None)],
)
def test_numbers_stay_as_they_are_written(value: str, volume: str | None) -> None:
    (found,) = read(f'{{"type": "book", "title": "T", "volume": {value}}}')
    assert isinstance(found, Read)
    assert found.item.get("volume") == volume


def test_each_fault_is_told_up_to_a_limit() -> None:
    (found,) = read(json.dumps({**ONE, **{f"x{n}": [n] for n in range(MAX_FAULTS)}, "author": 7}))
    assert isinstance(found, Unread)
    assert found.reason.startswith("Over 100 of its variables have a fault. The first: x0 “[0]”")
    (found,) = read(json.dumps({**ONE, **{f"x{n}": [n] for n in range(MAX_FAULTS)}}))
    assert isinstance(found, Read)
    assert len(found.notes) == MAX_FAULTS


def test_an_item_that_is_too_long_is_told() -> None:
    found = list(read(json.dumps([{**ONE, "note": "x" * MAX_RECORD}, ONE])))
    assert [type(each) for each in found] == [Unread, Read]


def test_brackets_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csl_json, "MAX_BRACKETS", 3)
    assert isinstance(next(read("[[], {}]")), Unread)
    (found,) = read("[[], {}, {}]")
    assert isinstance(found, Unread)
    assert "more than 3 brackets" in found.reason


@given(st.text(alphabet='[]{}",: \nitems1', max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    list(read(text))
    list(read(f'{{"items": [{text}'))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_no_json_makes_the_reader_fail(data: object) -> None:
    list(read(json.dumps(data)))
