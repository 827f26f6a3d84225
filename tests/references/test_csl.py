"""Reading CSL-JSON items."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.csl import MAX_LINE, MAX_LONG, MAX_NAMES, read_item
from references.errors import InvalidItem
from references.variables import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

LIBRARY = Path(__file__).parents[2] / "content" / "references.json"


def read(**variables: Any) -> dict[str, Any]:
    """What is stored of a book with these variables, without its type and title."""
    item = read_item({"type": "book", "title": "T", **variables})
    return {name: value for name, value in item.items() if name not in {"type", "title"}}


def test_the_library_of_the_demonstration_is_stored_as_it_stands() -> None:
    items = json.loads(LIBRARY.read_text(encoding="utf-8"))
    assert len(items) == 78
    assert [read_item(item) for item in items] == items


@pytest.mark.parametrize(
    ("variable", "raw", "stored"),
    [
        ("publisher", "  A \n B\x00 ", "A B"),
        ("abstract", "One\r\nTwo", "One\nTwo"),
        ("volume", 12, "12"),
        ("version", 1.5, "1.5"),
        ("DOI", "https://doi.org/10.1000/182", "10.1000/182"),
        ("DOI", "http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("DOI", "doi: 10.1000/182", "10.1000/182"),
        ("DOI", "10.1000.10/a<b>c", "10.1000.10/a<b>c"),
        ("PMID", 32637544, "32637544"),
        ("PMCID", "pmc7330451", "PMC7330451"),
        ("URL", "https://a.test/x?y=1", "https://a.test/x?y=1"),
        ("author", [{"family": "Doe", "given": "J\u202e"}], [{"family": "Doe", "given": "J"}]),
        ("author", [{"family": "A", "parse-names": True}], [{"family": "A", "parse-names": True}]),
        ("issued", {"date-parts": [["2020", "4"]]}, {"date-parts": [[2020, 4]]}),
        ("issued", {"date-parts": [[2020, None, None]]}, {"date-parts": [[2020]]}),
        ("issued", {"date-parts": [[2020], [2021, 2]]}, {"date-parts": [[2020], [2021, 2]]}),
        ("issued", {"literal": "in press"}, {"literal": "in press"}),
        ("issued", {"season": 1, "circa": True}, {"season": "1", "circa": True}),
        ("categories", ["a ", "b"], ["a", "b"]),
        ("custom", {"a": [1, None, " b "], "c": 1.5}, {"a": [1, None, "b"], "c": "1.5"}),
    ],
)
def test_a_variable_is_stored_in_its_one_form(variable: str, raw: Any, stored: Any) -> None:
    assert read(**{variable: raw}) == {variable: stored}


EMPTY: dict[str, list[Any]] = {
    "publisher": ["", "  ", None],
    "author": [None, [], [{}], [{"family": " ", "suffix": "Jr"}]],
    "issued": [None, {}, {"date-parts": [[None]]}, {"circa": False}],
    "custom": [None, {}],
    "DOI": [""],
    "PMID": [""],
    "PMCID": [""],
    "URL": [""],
}


@pytest.mark.parametrize(
    ("variable", "raw"), [(name, value) for name, values in EMPTY.items() for value in values]
)
def test_an_empty_variable_is_left_out(variable: str, raw: Any) -> None:
    assert read(**{variable: raw}) == {}


def too_deep() -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for _ in range(1000):
        nested = {"a": nested}
    return nested


@pytest.mark.parametrize(
    ("field", "raw", "reason"),
    [
        ("publisher", ["A"], "must be a text"),
        ("publisher", True, "must be a text"),
        ("publisher", "x" * (MAX_LINE + 1), "too long: at most 2000"),
        ("abstract", "x" * (MAX_LONG + 1), "too long: at most 20000"),
        *(
            ("DOI", bad, "looks like 10.1000/182")
            for bad in ("x", "10.1/", "10.1000", "10.1000/a b", "10.1000/" + "x" * 300)
        ),
        *(("PMID", bad, "a number") for bad in ("x", "-1", "0", "1234567890", "1 2")),
        *(("PMCID", bad, "looks like PMC") for bad in ("7330451", "PMC", "PMCx")),
        *(
            ("URL", bad, "web address")
            for bad in (
                "javascript:alert(1)",
                "data:text/html,x",
                "ftp://a.test/",
                "a.test",
                "https://",
                "https://[",
                "https://a.test/ b",
                'https://a.test/"onclick="x',
            )
        ),
        ("author", {"family": "A"}, "list of names"),
        ("author", ["Doe J"], "A name has"),
        ("author", [{"family": "A", "email": "a@b.test"}], "A name has"),
        ("author", [{"family": ["A"]}], "must be a text"),
        ("author", [{}] * (MAX_NAMES + 1), "too many names"),
        ("issued", "2020", "A date has"),
        ("issued", {"year": 2020}, "A date has"),
        *(
            ("issued", {"date-parts": bad}, "This is no date")
            for bad in (
                "2020",
                [2020],
                [["x"]],
                [[2020, 13]],
                [[2021, 2, 29]],
                [[2020, 1, 1, 1]],
                [[2020], [2021], [2022]],
                [[999]],
                [[3000]],
                [[10**30]],
                [["9" * 5000]],
                [[None, 4]],
                [[True]],
            )
        ),
        ("categories", "a", "list of texts"),
        ("custom", [], "must be a JSON object"),
        ("custom", too_deep(), "holds too much"),
        ("custom", {"a": [1] * 1000}, "holds too much"),
    ],
)
def test_a_variable_of_another_form_is_refused_by_name(field: str, raw: Any, reason: str) -> None:
    with pytest.raises(InvalidItem) as caught:
        read(**{field: raw})
    assert caught.value.field == field
    assert reason in caught.value.reason
    assert str(caught.value) == f"{field}: {caught.value.reason}"


@pytest.mark.parametrize("raw", [None, [], "text", 1])
def test_what_is_no_object_is_refused(raw: Any) -> None:
    with pytest.raises(InvalidItem, match="is a JSON object"):
        read_item(raw)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"type": "book"}, "title"),
        ({"type": "book", "title": " "}, "title"),
        ({"title": "T"}, "type"),
        ({"type": "novel", "title": "T"}, "type"),
        ({"type": ["book"], "title": "T"}, "type"),
        ({"type": "book", "title": "T", "titel": "T"}, "titel"),
        ({"type": "book", "title": "T", "x" * 500: "T"}, "x" * 80),
    ],
)
def test_an_item_needs_type_and_title_and_knows_no_other_variables(
    raw: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidItem) as caught:
        read_item(raw)
    assert caught.value.field == field


def test_a_correction_is_checked_and_keeps_what_else_it_says() -> None:
    correction = {"DOI": "https://doi.org/10.1000/e", "PMID": 35, "kind": "erratum", "ref": ""}
    assert read(custom={"correction": correction}) == {
        "custom": {"correction": {"DOI": "10.1000/e", "PMID": "35", "kind": "erratum"}}
    }
    assert read(custom={"correction": [{"ref": "b"}]}) == {"custom": {"correction": [{"ref": "b"}]}}


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        ("text", "custom.correction"),
        (["text"], "custom.correction"),
        ({}, "custom.correction"),
        ({"kind": "erratum"}, "custom.correction"),
        ({"DOI": "none"}, "custom.correction.DOI"),
        ({"PMID": "none"}, "custom.correction.PMID"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(correction: Any, field: str) -> None:
    with pytest.raises(InvalidItem) as caught:
        read(custom={"correction": correction})
    assert caught.value.field == field


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
VARIABLES = sorted(TEXT_VARIABLES | NAME_VARIABLES | DATE_VARIABLES | {"custom", "categories"})


@settings(max_examples=200)
@given(
    item=st.dictionaries(st.sampled_from(VARIABLES), JSON, max_size=4), title=st.text(max_size=20)
)
def test_any_json_is_stored_or_refused_and_what_is_stored_stays(
    item: dict[str, Any], title: str
) -> None:
    try:
        stored = read_item({**item, "type": "book", "title": title})
    except InvalidItem:
        return
    assert read_item(stored) == stored
    assert json.loads(json.dumps(stored)) == stored
