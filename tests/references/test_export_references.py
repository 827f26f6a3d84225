"""The library as files that other programs read, and back."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from references.csl import read_item
from references.readers import FORMATS as READERS
from references.readers import Read
from references.writers import FORMATS
from tests.references.conftest import Save

HOSTILE = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from('\n\r{}@\\"%#&,-–/ ')),
    min_size=1,
    max_size=40,
)
ITEM: dict[str, Any] = {
    "type": "article-journal",
    "title": "On cysts",
    "author": [{"family": "Ada", "given": "B."}, {"literal": "World Group"}],
    "container-title": "Journal of Tests",
    "issued": {"date-parts": [[2016, 4, 2]]},
    "volume": "3",
    "issue": "2",
    "page": "10-19",
    "DOI": "10.5555/1",
    "PMID": "123",
}


def back(format_name: str, items: list[tuple[str, Any]]) -> list[Any]:
    text = "".join(FORMATS[format_name].write(items))
    return list(READERS[format_name](text))


@pytest.mark.parametrize("format_name", ["csl", "ris"])
def test_what_was_written_is_read_as_the_same(format_name: str) -> None:
    item = read_item(ITEM)
    (record,) = back(format_name, [("ada2016", item)])
    assert isinstance(record, Read)
    assert (record.key, record.item) == ("ada2016", item)


@pytest.mark.parametrize("format_name", ["csl", "ris"])
@given(values=st.fixed_dictionaries(dict.fromkeys(("title", "volume", "publisher"), HOSTILE)))
def test_no_value_can_begin_another_record(format_name: str, values: dict[str, str]) -> None:
    values["title"] = f"T {values['title']}\nER  - \nTY  - JOUR\nTI  - second"
    item = read_item({"type": "article-journal", **values})
    records = back(format_name, [("a", item), ("b", read_item(ITEM))])
    assert len(records) == 2
    first = records[0]
    assert isinstance(first, Read)
    assert first.item["title"].split() == item["title"].split()


def test_an_empty_library_is_an_empty_list() -> None:
    assert json.loads("".join(FORMATS["csl"].write([]))) == []
    assert "".join(FORMATS["text"].write([])) == ""


@pytest.mark.django_db
def test_the_command_prints_all_or_those_that_are_named(
    save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    save("b", title="Second")
    save("a", title="First")
    call_command("export_references")
    assert [item["id"] for item in json.loads(capsys.readouterr().out)] == ["a", "b"]
    call_command("export_references", "b", format="text")
    assert capsys.readouterr().out == "Second.\n"
    with pytest.raises(CommandError, match="There is no reference c, d"):
        call_command("export_references", "d", "b", "c")
