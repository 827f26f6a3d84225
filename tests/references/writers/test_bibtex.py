"""Writing BibTeX."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from references.csl import read_item
from references.readers.bibtex import read
from references.readers.records import Read
from references.writers.bibtex import write

HOSTILE = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                *"\"{}\\%&#_$~^@,`'-!?<>|[]()=*+/",
                "@article{",
                "\n",
                "\n@article{x, title={",
                " and ",
                "}",
                "}}\n",
                "word",
                "Ünï",
                "\\emph",
                "\\",
                "\\begin{a}",
                "$x_2$",
                "é",
                "\u0301",
                "\u2028",
                " ",
                "ｗ",
                "🌿",
            ]
        ),
        max_size=12,
    ).map("".join),
)
WORD = st.text(st.characters(categories=["Lu"]), min_size=1, max_size=1)
NAME = st.one_of(
    st.fixed_dictionaries({"literal": HOSTILE}),
    st.fixed_dictionaries(
        {"family": HOSTILE, "given": HOSTILE},
        optional={
            "suffix": HOSTILE,
            "non-dropping-particle": st.sampled_from(["van", "de la", "d'"]),
        },
    ),
)
DATE = st.one_of(
    st.dates()
    .filter(lambda day: 1000 <= day.year < 3000)
    .map(lambda day: {"date-parts": [[day.year, day.month, day.day]]}),
    st.just({"date-parts": [[2016, 4], [2016, 6]]}),
    st.just({"date-parts": [[2016]], "circa": True}),
    st.just({"date-parts": [[2016]], "season": "2"}),
    st.just({"literal": "in press, {perhaps}"}),
)
TEXT_VARIABLES = (
    "container-title container-title-short title-short volume edition collection-title publisher "
    "publisher-place event-title event-place chapter-number number-of-pages number-of-volumes "
    "version ISBN ISSN call-number language keyword abstract annote note issue"
).split()
ITEM = st.fixed_dictionaries(
    {"type": st.just("article-journal"), "title": HOSTILE.map("T {}".format)},
    optional=dict.fromkeys(TEXT_VARIABLES, HOSTILE)
    | {"author": st.lists(NAME, max_size=3), "editor": st.lists(NAME, max_size=3)}
    | {"issued": DATE, "accessed": DATE}
    | {"DOI": st.just("10.1000/(a)<b>_~%#;x=1"), "URL": st.just("http://x.org/~a_b%20?c=d&e#f")}
    | {"PMID": st.just("12"), "PMCID": st.just("PMC34"), "page": st.just("e1-e5, 7")},
)


def folded(value: Any) -> Any:
    """The value as BibTeX can hold it: each text on one line."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [one for one in map(folded, value) if one]
    if isinstance(value, dict):
        return {key: inner for key, one in value.items() if (inner := folded(one))}
    return value


@given(ITEM)
def test_what_was_written_is_read_back_the_same(raw: Any) -> None:
    item = read_item(folded(read_item(raw)))
    names = [*item.get("author", ()), *item.get("editor", ())]
    # A family alone has one form with a group; how it is written is tested below.
    assume(all({"given", "suffix", "literal"} & name.keys() for name in names))
    (text,) = write([("key1", item)])
    assert list(read(text)) == [Read(1, item, "key1")]
    assert "\n\n" not in text[:-2]


@given(st.lists(ITEM, max_size=4))
def test_no_value_begins_another_entry(items: Any) -> None:
    text = "".join(write((f"key{n}", item) for n, item in enumerate(items)))
    assert [getattr(found, "key", None) for found in read(text)] == [
        f"key{n}" for n in range(len(items))
    ]
    assert text.count("\n@") == max(0, len(items) - 1)


def test_an_article_is_written_field_by_field() -> None:
    item = {
        "type": "article-journal",
        "title": "A {50%} cream & β-carotene",
        "author": [
            {"family": "Vale", "given": "Ada"},
            {"family": "Brook", "given": "Bo", "non-dropping-particle": "van", "suffix": "Jr"},
            {"literal": "Salt and Sons"},
        ],
        "container-title": "Journal of Dry Skin",
        "issued": {"date-parts": [[2016, 4, 12]]},
        "accessed": {"date-parts": [[2020, 1]]},
        "volume": "3",
        "issue": "4",
        "page": "199-202",
        "DOI": "10.1000/a_b",
        "URL": 'http://x.org/{a}"\\b_c',
        "source": "a variable without a field",
    }
    assert list(write([("vale2016", item)])) == [
        r"""@article{vale2016,
  author = {Vale, Ada and van Brook, Jr, Bo and {Salt and Sons}},
  title = {{A \textbraceleft{}50\%\textbraceright{} cream \& β-carotene}},
  year = {2016},
  month = apr,
  day = {12},
  urldate = {2020-01},
  journal = {Journal of Dry Skin},
  volume = {3},
  number = {4},
  pages = {199--202},
  doi = {10.1000/a_b},
  url = {http://x.org/%7Ba%7D%22%5Cb_c},
}

"""
    ]


@pytest.mark.parametrize(
    ("item_type", "extra", "kind"),
    [
        ("article-journal", {}, "article"),
        ("article-magazine", {}, "article"),
        ("article-newspaper", {}, "article"),
        ("book", {"collection-number": "3", "collection-title": "S"}, "book"),
        ("chapter", {"container-title": "B", "publisher": "P"}, "incollection"),
        ("dataset", {"version": "2"}, "dataset"),
        ("document", {}, "misc"),
        ("entry-encyclopedia", {"container-title": "E"}, "inreference"),
        ("legislation", {}, "legislation"),
        ("manuscript", {}, "unpublished"),
        ("pamphlet", {}, "booklet"),
        ("paper-conference", {"container-title": "P"}, "inproceedings"),
        ("patent", {"number": "7"}, "patent"),
        ("report", {"number": "7", "publisher": "I", "genre": "Study"}, "techreport"),
        ("software", {}, "software"),
        ("standard", {"number": "ISO 1"}, "standard"),
        ("thesis", {"genre": "PhD thesis", "publisher": "U"}, "phdthesis"),
        ("thesis", {"genre": "Master's thesis"}, "mastersthesis"),
        ("thesis", {"genre": "Diploma"}, "thesis"),
        ("webpage", {"container-title": "Site"}, "online"),
    ],
)
def test_a_type_is_written_as_an_entry_and_read_back(item_type: Any, extra: Any, kind: str) -> None:
    item = {"type": item_type, "title": "T", **extra}
    (text,) = write([("k", item)])
    assert text.startswith(f"@{kind}{{k,\n")
    assert list(read(text)) == [Read(1, item, "k")]


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ({"family": "Plato"}, "Plato"),
        ({"family": "others"}, "{others}"),
        ({"family": "Salt Works"}, "{Salt Works}"),
        ({"literal": "others"}, "{others}"),
        ({"family": "von Vale", "given": "A"}, "{von Vale}, A"),
        ({"family": "Salt, Ltd", "given": "Sand and Sons"}, "{Salt, Ltd}, {Sand and Sons}"),
        ({"family": "Vale", "given": "A", "dropping-particle": "de"}, "de Vale, A"),
        ({"family": "Vale", "given": "A", "non-dropping-particle": "Van"}, "Van Vale, A"),
        ({"given": "Ada"}, "{}, Ada"),
        ({"family": "Vale", "suffix": "Jr"}, "Vale, Jr, {}"),
    ],
)
def test_a_name_is_written_so_that_bibtex_parts_it_alike(name: Any, author: Any) -> None:
    (text,) = write([("k", {"type": "book", "title": "T", "author": [name]})])
    assert f"  author = {{{author}}},\n" in text


def test_a_key_holds_nothing_that_ends_it() -> None:
    (text,) = write([("a,b{c}\n@d:é-1", {"type": "book", "title": "T"})])
    assert text == "@book{abcd:é-1,\n  title = {{T}},\n}\n\n"


def test_items_are_written_one_by_one() -> None:
    items = iter([("a", {"type": "book", "title": "A"}), ("b", {"type": "book", "title": "B"})])
    written = write(items)
    assert next(written) == "@book{a,\n  title = {{A}},\n}\n\n"
    assert next(items)[0] == "b"
