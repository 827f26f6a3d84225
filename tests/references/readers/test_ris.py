"""Reading RIS."""

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.readers import ris
from references.readers.records import Read, Record, Unread
from references.readers.ris_tables import TAGS, TYPES

ARTICLE = """TY  - JOUR
AU  - Author, Ada
AU  - de Wet, G.J.
A1  - Builder, Bob, Jr.
AU  - Group of Tests
TI  - Title of one
JF  - Journal of Tests
JA  - J Tests
PY  - 2016
DA  - 2016/04/12/
VL  - 12
IS  - 3
SP  - 199
EP  - 202
SN  - 1234-5679
DO  - https://doi.org/10.1000/one
C2  - PMC123
AN  - 456
DB  - PubMed
UR  - https://example.org/one
KW  - first
KW  - second
AB  - Abstract of one.
N1  - Note of one.
LA  - eng
ID  - author2016
ER  -
"""


def only(text: str) -> Record:
    """The one record of a text."""
    (found,) = ris.read(text)
    return found


def item_of(*lines: str, kind: str = "JOUR") -> dict[str, Any]:
    """What is read of these lines of a source called T, without its type and title."""
    found = only("\n".join((f"TY  - {kind}", "TI  - T", *lines, "ER  - ")))
    assert isinstance(found, Read)
    assert found.notes == ()
    return {name: value for name, value in found.item.items() if name not in {"type", "title"}}


def notes_of(*lines: str, kind: str = "JOUR") -> tuple[str, ...]:
    """The notes on these lines of a source called T."""
    found = only("\n".join((f"TY  - {kind}", "TI  - T", *lines)))
    assert isinstance(found, Read)
    return found.notes


def test_a_whole_article_becomes_an_item() -> None:
    assert only(ARTICLE) == Read(
        1,
        {
            "type": "article-journal",
            "title": "Title of one",
            "author": [
                {"family": "Author", "given": "Ada"},
                {"family": "de Wet", "given": "G.J."},
                {"literal": "Group of Tests"},
                {"family": "Builder", "given": "Bob", "suffix": "Jr."},
            ],
            "container-title": "Journal of Tests",
            "container-title-short": "J Tests",
            "issued": {"date-parts": [[2016, 4, 12]]},
            "volume": "12",
            "issue": "3",
            "page": "199-202",
            "ISSN": "1234-5679",
            "DOI": "10.1000/one",
            "PMCID": "PMC123",
            "PMID": "456",
            "source": "PubMed",
            "URL": "https://example.org/one",
            "keyword": "first, second",
            "abstract": "Abstract of one.",
            "note": "Note of one.",
            "language": "en",
        },
        "author2016",
    )


@pytest.mark.parametrize(
    "text",
    [
        "TY - JOUR\nTI - T\nAU - Author, Ada\nER -",
        "TY-JOUR\nTI-T\nAU-Author, Ada\nER-",
        "ty  - jour\nti  - T\nau - Author, Ada\ner  - ",
        "TY\t-\tJOUR\nTI\t-\tT\nAU\t-\tAuthor, Ada\nER\t-",
        "  TY  - JOUR\n  TI  - T\n  AU  - Author, Ada\n  ER  - ",
        "\ufeffTY  -JOUR\nTI  -T\nAU  -Author, Ada",
        "TY  - JOUR\r\nTI  - T\r\n\r\nAU  - Author, Ada\r\nER  - \r\n",
        "TY  - JOUR\nTI-T\nAU  - Author,\nAda",
    ],
)
def test_tags_are_read_in_every_manner_of_writing_them(text: str) -> None:
    author = [{"family": "Author", "given": "Ada"}]
    assert only(text) == Read(1, {"type": "article-journal", "title": "T", "author": author})


def test_a_record_ends_where_the_next_one_begins() -> None:
    text = "TY  - JOUR\nTI  - One\n\nTY  - BOOK\nTI  - Two\nER  - \n\n\nTY  - FOO\nTI  - Three"
    assert list(ris.read(text)) == [
        Read(1, {"type": "article-journal", "title": "One"}),
        Read(4, {"type": "book", "title": "Two"}),
        Read(
            9,
            {"type": "document", "title": "Three"},
            "",
            ("The type “FOO” is not known; the source was taken as a document.",),
        ),
    ]


def test_lines_outside_of_the_records_are_unread() -> None:
    text = "Provider: Test\nContent: text\n\nTY  - JOUR\nTI  - T\nER  - \nstray\n\nTI  - Lost\n"
    reason = "This stands outside of every record. A record begins with “TY  - ”."
    assert list(ris.read(text)) == [
        Unread(1, reason, "Provider: Test Content: text"),
        Read(4, {"type": "article-journal", "title": "T"}),
        Unread(7, reason, "stray"),
        Unread(9, reason, "TI - Lost"),
    ]


def test_a_record_without_a_title_is_unread() -> None:
    assert only("TY  - JOUR\nAU  - Author, Ada\nER  - ") == Unread(
        1, "title: This is missing. Every reference has one.", "TY - JOUR AU - Author, Ada ER -"
    )


def test_a_text_goes_on_in_lines_without_a_tag() -> None:
    lines = ("AB  - Images were", "T2-weighted, cells", "ER-positive and", "is - so it is - long.")
    assert item_of(*lines) == {"abstract": "\n".join([lines[0][6:], *lines[1:]])}


def test_keywords_and_addresses_may_stand_in_lines_below_their_tag() -> None:
    assert item_of("KW  - first", "second", "UR  - https://example.org/1") == {
        "keyword": "first, second",
        "URL": "https://example.org/1",
    }


@pytest.mark.parametrize(("code", "kind"), sorted(TYPES.items()))
def test_every_known_type_is_a_type_of_csl(code: str, kind: str) -> None:
    found = only(f"TY  - {code}\nTI  - T\nER  - ")
    status = {"status": "in press"} if code == "INPR" else {}
    assert found == Read(1, {"type": kind, "title": "T", **status})


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        (["PY  - 2016"], {"date-parts": [[2016]]}),
        (["PY  - 2016///"], {"date-parts": [[2016]]}),
        (["Y1  - 2016/04//"], {"date-parts": [[2016, 4]]}),
        (["DA  - 2016/04/12/"], {"date-parts": [[2016, 4, 12]]}),
        (["DA  - 2016-04-12"], {"date-parts": [[2016, 4, 12]]}),
        (["DA  - 2016-04-12T01:02:03Z"], {"date-parts": [[2016, 4, 12]]}),
        (["PY  - 2016 Apr"], {"date-parts": [[2016, 4]]}),
        (["PY  - 12 April 2016"], {"date-parts": [[2016, 4, 12]]}),
        (["PY  - 2016", "DA  - APR 12"], {"date-parts": [[2016, 4, 12]]}),
        (["PY  - 2016", "DA  - Apr-May"], {"date-parts": [[2016, 4], [2016, 5]]}),
        (["PY  - 2016///Spring"], {"date-parts": [[2016]], "season": "1"}),
        (["PY  - 2016/04/12/", "Y1  - 2016"], {"date-parts": [[2016, 4, 12]]}),
        (["PY  - forthcoming"], {"literal": "forthcoming"}),
        (["PY  - 2016/02/30"], {"literal": "2016/02/30"}),
    ],
)
def test_dates_are_as_exact_as_the_record(lines: list[str], issued: dict[str, Any]) -> None:
    assert item_of(*lines) == {"issued": issued}


@pytest.mark.parametrize(
    ("kind", "lines", "item"),
    [
        ("JOUR", ["SP  - 199-202"], {"page": "199-202"}),
        ("JOUR", ["SP  - 199–202", "EP  - 202"], {"page": "199–202"}),
        ("JOUR", ["SP  - 199", "EP  - 02"], {"page": "199-02"}),
        ("JOUR", ["SP  - 199", "EP  - 199"], {"page": "199"}),
        ("JOUR", ["SP  - pp. e12"], {"page": "e12"}),
        ("JOUR", ["C7  - 1234"], {"page": "1234"}),
        ("BOOK", ["SP  - 320"], {"number-of-pages": "320"}),
        ("JOUR", ["JO  - Journal of Tests"], {"container-title": "Journal of Tests"}),
        (
            "JOUR",
            ["T2  - Journal of Tests", "JO  - Journal of Tests", "J2  - J Tests"],
            {"container-title": "Journal of Tests", "container-title-short": "J Tests"},
        ),
        (
            "CHAP",
            ["BT  - Book of Tests", "T3  - Series", "ED  - Editor, Eve", "A3  - Chief, Cy"],
            {
                "container-title": "Book of Tests",
                "collection-title": "Series",
                "editor": [{"family": "Editor", "given": "Eve"}],
                "collection-editor": [{"family": "Chief", "given": "Cy"}],
            },
        ),
        (
            "CPAPER",
            ["C3  - Proceedings", "T2  - Meeting"],
            {"container-title": "Proceedings", "event-title": "Meeting"},
        ),
        ("EDBOOK", ["AU  - Editor, Eve"], {"editor": [{"family": "Editor", "given": "Eve"}]}),
        ("BOOK", ["T2  - Series", "ET  - 2nd"], {"collection-title": "Series", "edition": "2nd"}),
        ("BOOK", ["SN  - 978-0-00-000000-2 (hbk)"], {"ISBN": "978-0-00-000000-2"}),
        ("CHAP", ["SN  - 1234-567X", "SN  - 0000000000"], {"ISSN": "1234-567X", "ISBN": "0" * 10}),
        ("RPRT", ["SN  - TR-7", "M3  - Test"], {"number": "TR-7", "genre": "Test"}),
        ("JOUR", ["UR  - https://doi.org/10.1000%2Fa"], {"DOI": "10.1000/a"}),
        ("JOUR", ["M3  - doi:10.1000/a"], {"DOI": "10.1000/a"}),
        ("JOUR", ["N1  - 10.1000/a"], {"DOI": "10.1000/a"}),
        ("JOUR", ["DO  - 10.1000/a", "UR  - http://dx.doi.org/10.1000/A"], {"DOI": "10.1000/a"}),
        ("JOUR", ["AN  - PMID: 456"], {"PMID": "456"}),
        ("ELEC", ["Y2  - 2020/01/02/"], {"accessed": {"date-parts": [[2020, 1, 2]]}}),
        ("BOOK", ["PB  - Press", "CY  - Town"], {"publisher": "Press", "publisher-place": "Town"}),
    ],
)
def test_tags_mean_what_they_mean_for_the_type(
    kind: str, lines: list[str], item: dict[str, Any]
) -> None:
    assert item_of(*lines, kind=kind) == item


def test_the_title_of_a_book_may_stand_in_bt() -> None:
    assert only("TY  - BOOK\nBT  - T\nER  - ") == Read(1, {"type": "book", "title": "T"})


def test_several_names_may_stand_in_one_field() -> None:
    assert item_of("AU  - Author, A.; Builder, B.", "AU  - Group, ") == {
        "author": [
            {"family": "Author", "given": "A."},
            {"family": "Builder", "given": "B."},
            {"literal": "Group"},
        ]
    }


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (["XY  - what"], "The tag XY is not known; “what” was left out."),
        (["L1  - file.pdf"], "L1 “file.pdf” was left out."),
        (["M1  - 7"], "M1 “7” was left out."),
        (["AN  - 456"], "AN “456” was left out."),
        (["VL  - 1", "VL  - 2"], "VL “2” was left out."),
        (["UR  - http://a.test", "UR  - http://b.test"], "UR “http://b.test” was left out."),
        (["UR  - nowhere"], "UR “nowhere” was left out."),
        (["UR  - https://doi.org/10.1000/b", "DO  - 10.1000/a", "UR  - https://a.example"],
         "UR “https://doi.org/10.1000/b” was left out."),
        (["SN  - 1234-5679 1234-5660"], "SN “1234-5660” was left out."),
        (["SP  - 3-1", "EP  - 3-8"], "EP “3-8” was left out."),
        (["PY  - 2016", "DA  - 2017/01/02"], "DA “2017/01/02” was left out."),
        (["PY  - 2016/04/12/Spring"], "PY “Spring” was left out."),
        (["PY  - soon", "DA  - 2016"], "PY “soon” was left out."),
        (["PY  - 2016", "DA  - soon"], "DA “soon” was left out."),
        (["Y2  - 2016/04/12/noon"], "Y2 “noon” was left out."),
        (["JF  - One", "T2  - Two"], "T2 “Two” was left out."),
        (["ER  - end"], "ER “end” was left out."),
        (["DO  - no"], "DOI “no” was left out: A DOI looks like 10.1000/182, without spaces."),
    ],
)  # fmt: skip
def test_what_has_no_place_is_noted(lines: list[str], note: str) -> None:
    assert notes_of(*lines) == (note,)


def test_a_line_below_the_type_is_noted() -> None:
    found = only("TY  - JOUR\nwhat\nTI  - T\nER  - ")
    note = "A line without a tag was left out: “what”"
    assert found == Read(1, {"type": "article-journal", "title": "T"}, "", (note,))


_LINES = st.one_of(
    st.text(max_size=30),
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(sorted(TAGS) + ["XX", "ty", "ti", "ER"] + ["TY"] * 9),
            st.sampled_from(["  - ", " - ", "-", "  -", "\t-\t"]),
            st.sampled_from([*TYPES, "a, b", "10.1000/x", "2016/13/40/x", "https://["])
            | st.text(max_size=20),
        ),
    ),
)


@given(st.lists(_LINES).map("\n".join) | st.text())
def test_no_text_raises_and_every_line_is_in_one_record(text: str) -> None:
    for found in ris.read(text):
        assert isinstance(found, Read | Unread)
    texts: list[str] = []
    places: list[int] = []

    def keep(line: int, *rest: Any, **named: Any) -> Unread:
        places.append(line)
        texts.append(named["text"] if "text" in named else rest[1])
        return Unread(line, "")

    with patch.object(ris, "record", keep), patch.object(ris, "unread", keep):
        list(ris.read(text))
    lines = text.split("\n")
    assert [line for each in texts for line in each.split("\n")] == [
        line.rstrip() for line in lines if line.strip()
    ]
    assert [lines[place - 1].rstrip() for place in places] == [
        each.split("\n")[0] for each in texts
    ]


def test_a_record_that_is_too_long_is_told_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ris, "MAX_RECORD", 20)
    long, short = ris.read("TY  - JOUR\n" + "TI  - Title\n" * 5 + "ER  -\nTY  - JOUR\nTI  - One")
    assert isinstance(long, Unread)
    assert (long.line, long.reason) == (1, "This record is longer than 5000000 characters.")
    assert isinstance(short, Read)
    assert short.line == 8


def test_a_day_beside_a_season_is_told() -> None:
    (note,) = notes_of("PY  - 2016 Spring", "DA  - 2016/04/12")
    assert note == "DA “2016/04/12” was left out."


def test_names_without_end_are_left_out() -> None:
    (note,) = notes_of("AU  - " + "a, b;" * 10_000)
    assert "too many names" in note


def test_a_record_of_an_unknown_type_may_begin_with_a_tight_tag() -> None:
    assert isinstance(only("TY - XYZ\nTI - T"), Read)
    assert isinstance(only("TY-XYZ\nTI-T"), Unread)
