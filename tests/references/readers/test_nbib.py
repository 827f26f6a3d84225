"""Reading NBIB, the MEDLINE format of PubMed."""

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.readers import nbib
from references.readers.records import Read, Record, Unread

ARTICLE = """
PMID- 101
OWN - NLM
DCOM- 20160601
IS  - 1474-000X (Electronic)
IS  - 0140-0006 (Print)
VI  - 12
IP  - 3
DP  - 2016 Apr 12
TI  - Title of one that goes on in
      a second line.
PG  - 1723-30
LID - S0140-0000(16)00001-7 [pii]
LID - 10.1000/one [doi]
AB  - BACKGROUND: Abstract of one,
      in two lines.
CI  - Copyright of a test.
FAU - Author, Ada B
AU  - Author AB
AD  - Institute of Tests.
FAU - de Wet, G J Jr
AU  - de Wet GJ Jr
AU  - Builder BC
CN  - Group of Tests
LA  - eng
PT  - Journal Article
PT  - Review
EIN - J Tests. 2016 May 7;12(4):1930. doi: 10.1000/two. PMID: 102
PL  - Nowhere
TA  - J Tests
JT  - Journal of tests
OT  - *first
OT  - second
PMC - PMC103
AID - 10.1000/one [doi]
PST - ppublish
SO  - J Tests. 2016.
"""


def only(text: str) -> Record:
    """The one record of a text."""
    (found,) = nbib.read(text)
    return found


def read(*lines: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The item, but for PMID and type of an article, and the notes on a record of these lines."""
    found = only("\n".join(("PMID- 1", *lines)))
    assert isinstance(found, Read)
    item = {name: value for name, value in found.item.items() if name != "PMID"}
    if item["type"] == "article-journal":
        del item["type"]
    return item, found.notes


def test_a_whole_article_becomes_an_item() -> None:
    assert only(ARTICLE) == Read(
        2,
        {
            "type": "article-journal",
            "title": "Title of one that goes on in a second line",
            "issued": {"date-parts": [[2016, 4, 12]]},
            "PMID": "101",
            "container-title": "Journal of tests",
            "container-title-short": "J Tests",
            "volume": "12",
            "issue": "3",
            "page": "1723-30",
            "PMCID": "PMC103",
            "abstract": "BACKGROUND: Abstract of one, in two lines.",
            "DOI": "10.1000/one",
            "ISSN": "0140-0006",
            "author": [
                {"family": "Author", "given": "Ada B"},
                {"family": "de Wet", "given": "G J", "suffix": "Jr"},
                {"family": "Builder", "given": "BC"},
                {"literal": "Group of Tests"},
            ],
            "language": "en",
            "keyword": "first, second",
            "custom": {
                "publication-types": ["Journal Article", "Review"],
                "notices": [
                    {
                        "type": "correction",
                        "direction": "in",
                        "citation": "J Tests. 2016 May 7;12(4):1930. doi: 10.1000/two. PMID: 102",
                        "PMID": "102",
                        "DOI": "10.1000/two",
                    }
                ],
            },
        },
    )


def test_records_begin_at_their_pmid() -> None:
    text = "\ufeffPMID- 1\nTI  - One.\n\nPMID- 2\n\nTI  - Two.\n\n      of it\nPMID- 3\nTI - Three?"
    assert list(nbib.read(text)) == [
        Read(1, {"type": "article-journal", "title": "One", "PMID": "1"}),
        Read(4, {"type": "article-journal", "title": "Two. of it", "PMID": "2"}),
        Read(9, {"type": "article-journal", "title": "Three?", "PMID": "3"}),
    ]


def test_lines_outside_of_the_records_are_unread() -> None:
    text = "A header\nTI  - Lost\n\nMore\nPMID- 1\nTI  - One.\n\nA footer\nTI  - Lost"
    reason = "This stands outside of every record. A record begins with “PMID- ”."
    assert list(nbib.read(text)) == [
        Unread(1, reason, "A header TI - Lost"),
        Unread(4, reason, "More"),
        Read(5, {"type": "article-journal", "title": "One", "PMID": "1"}),
        Unread(8, reason, "A footer TI - Lost"),
    ]


def test_a_record_without_a_title_is_unread() -> None:
    assert only("PMID- 1\nVI  - 2") == Unread(
        1, "title: This is missing. Every reference has one.", "PMID- 1 VI - 2"
    )


@pytest.mark.parametrize(
    ("lines", "item"),
    [
        (["TI  - [One].", "TT  - Uno."], {"title": "One", "original-title": "Uno"}),
        (["TI  - [One.]", "VTI - Uno"], {"title": "One", "original-title": "Uno"}),
        (["TI  - [A [b] c].", "TT  - Uno."], {"title": "A [b] c", "original-title": "Uno"}),
        (["TI  - [One] or [two].", "TT  - U"], {"title": "[One] or [two]", "original-title": "U"}),
        (["TI  - [Not Available].", "TT  - Uno."], {"title": "Uno"}),
        (["TI  - [One]."], {"title": "[One]"}),
        (["TI  - One and so on..."], {"title": "One and so on..."}),
    ],
)
def test_a_translated_title_stands_beside_its_original(
    lines: list[str], item: dict[str, Any]
) -> None:
    assert read(*lines) == (item, ())


@pytest.mark.parametrize(
    ("words", "issued"),
    [
        ("2016", {"date-parts": [[2016]]}),
        ("2016 Apr", {"date-parts": [[2016, 4]]}),
        ("2016 Apr-May", {"date-parts": [[2016, 4], [2016, 5]]}),
        ("2016 Apr 12-18", {"date-parts": [[2016, 4, 12], [2016, 4, 18]]}),
        ("2016 Apr 28-May 5", {"date-parts": [[2016, 4, 28], [2016, 5, 5]]}),
        ("2016 Dec-2017 Jan", {"date-parts": [[2016, 12], [2017, 1]]}),
        ("2016 Dec 30-2017 Jan 5", {"date-parts": [[2016, 12, 30], [2017, 1, 5]]}),
        ("2016-2017", {"date-parts": [[2016], [2017]]}),
        ("2016 Spring", {"date-parts": [[2016]], "season": "1"}),
        ("Autumn 2016", {"date-parts": [[2016]], "season": "3"}),
        ("2016 Spring-Summer", {"literal": "2016 Spring-Summer"}),
        ("2016 1st Quarter", {"literal": "2016 1st Quarter"}),
        ("2016 Feb 30", {"literal": "2016 Feb 30"}),
        ("0000", {"literal": "0000"}),
        ("soon - later", {"literal": "soon - later"}),
    ],
)
def test_dates_of_publication_are_read(words: str, issued: dict[str, Any]) -> None:
    assert read("TI  - T", f"DP  - {words}") == ({"title": "T", "issued": issued}, ())


@pytest.mark.parametrize(
    ("lines", "item"),
    [
        (
            ["PST - aheadofprint", "DP  - 2016 Apr", "DEP - 20160412"],
            {"issued": {"date-parts": [[2016, 4, 12]]}, "status": "Published online"},
        ),
        (
            ["PST - aheadofprint", "DP  - 2016 Apr"],
            {"issued": {"date-parts": [[2016, 4]]}, "status": "Published online"},
        ),
        (
            ["PST - aheadofprint", "VI  - 1", "DP  - 2017", "DEP - 20160412"],
            {"issued": {"date-parts": [[2017]]}, "volume": "1"},
        ),
        (["PST - ppublish", "DEP - 20160412"], {"issued": {"date-parts": [[2016, 4, 12]]}}),
    ],
)
def test_an_article_ahead_of_print_is_dated_online(lines: list[str], item: dict[str, Any]) -> None:
    assert read("TI  - T", *lines) == ({"title": "T", **item}, ())


@pytest.mark.parametrize(
    ("lines", "item"),
    [
        (["LID - e123 [pii]"], {"page": "e123"}),
        (["AID - 12345 [pii]", "AID - 10.1000/a [doi]"], {"page": "12345", "DOI": "10.1000/a"}),
        (["PG  - 7", "LID - e123 [pii]"], {"page": "7"}),
        (["AID - S0140-0000(16)00001-7 [pii]"], {}),
        (["IS  - 1474-000X (Electronic)", "IS  - 0140-0006 (Linking)"], {"ISSN": "1474-000X"}),
        (["AU  - Author AB"], {"author": [{"family": "Author", "given": "AB"}]}),
        (["FAU - Mononym"], {"author": [{"literal": "Mononym"}]}),
        (["LA  - xyz"], {"language": "xyz"}),
        (
            ["CN  - Group", "FAU - Author, Ada", "AUID- 1", "AU  - Author A", "AU  - Builder B"],
            {
                "author": [
                    {"literal": "Group"},
                    {"family": "Author", "given": "Ada"},
                    {"family": "Builder", "given": "B"},
                ]
            },
        ),
    ],
)
def test_tags_become_variables(lines: list[str], item: dict[str, Any]) -> None:
    assert read("TI  - T", *lines) == ({"title": "T", **item}, ())


def test_a_preprint_is_an_article_of_its_own() -> None:
    custom = {"publication-types": ["Preprint"]}
    item = {"type": "article", "title": "T", "genre": "Preprint", "custom": custom}
    assert read("TI  - T", "PT  - Preprint") == (item, ())


BOOK = (
    "BTI - Book of Tests.",
    "CTI - Series",
    "FED - Editor, Eve",
    "ED  - Editor E",
    "PB  - Press",
    "PL  - Town",
    "ISBN- 978-0-00-000000-2 (print)",
)
OF_BOOK: dict[str, Any] = {
    "collection-title": "Series",
    "editor": [{"family": "Editor", "given": "Eve"}],
    "publisher": "Press",
    "publisher-place": "Town",
    "ISBN": "978-0-00-000000-2",
}


def test_a_record_with_the_title_of_a_book_is_a_book() -> None:
    assert read(*BOOK) == ({"type": "book", "title": "Book of Tests", **OF_BOOK}, ())


def test_a_record_with_two_titles_is_a_chapter() -> None:
    item = {"type": "chapter", "title": "T", "container-title": "Book of Tests", **OF_BOOK}
    assert read("TI  - T.", *BOOK) == (item, ())


@pytest.mark.parametrize(
    ("tag", "kind", "direction"),
    [
        ("EIN", "correction", "in"),
        ("EFR", "correction", "for"),
        ("RIN", "retraction", "in"),
        ("ROF", "retraction", "for"),
        ("ECI", "expression-of-concern", "in"),
        ("ECF", "expression-of-concern", "for"),
        ("CRI", "republished", "in"),
        ("CRF", "republished", "for"),
        ("UIN", "update", "in"),
        ("UOF", "update", "for"),
    ],
)
def test_notices_stand_under_custom(tag: str, kind: str, direction: str) -> None:
    notice = {"type": kind, "direction": direction, "citation": "J Tests. 2016;1(1):1"}
    custom = {"notices": [notice, {**notice, "citation": "X. PMID: 2", "PMID": "2"}]}
    assert read("TI  - T", f"{tag} - J Tests. 2016;1(1):1", f"{tag} - X. PMID: 2") == (
        {"title": "T", "custom": custom},
        (),
    )


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (["XYZ - what"], "XYZ “what” was left out."),
        (["VI  - 1", "VI  - 2"], "VI “2” was left out."),
        (["AID - 10.1000/a [doi]", "AID - 10.1000/b [doi]"], "AID “10.1000/b [doi]” was left out."),
        (["LID - what"], "LID “what” was left out."),
        (["IS  - what"], "IS “what” was left out."),
        (["PL  - Town"], ""),
        (["PT  - Retracted Publication"], "PubMed lists this as a retracted publication."),
        (["PMC - what"], "PMCID “what” was left out: A PMCID looks like PMC7330451."),
    ],
)
def test_what_has_no_place_is_noted(lines: list[str], note: str) -> None:
    assert read("TI  - T", *lines)[1] == ((note,) if note else ())


_LINES = st.one_of(
    st.text(max_size=30),
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(
                """PMID PMID PMID TI TT BTI FAU AU CN DP LID AID IS EIN PST DEP XYZ ISBN
                PT""".split()
            ).map(lambda tag: f"{tag:4}")
            | st.just("    "),
            st.sampled_from(["- ", "-", "  "]),
            st.sampled_from(["1", "[a].", "2016 Dec-x", "00000000", "x [doi]", "aheadofprint"])
            | st.text(max_size=20),
        ),
    ),
)


@given(st.lists(_LINES).map("\n".join) | st.text())
def test_no_text_raises_and_every_line_is_in_one_record(text: str) -> None:
    for found in nbib.read(text):
        assert isinstance(found, Read | Unread)
    texts: list[str] = []
    places: list[int] = []

    def keep(line: int, *rest: Any, **named: Any) -> Unread:
        places.append(line)
        texts.append(named["text"] if "text" in named else rest[1])
        return Unread(line, "")

    with patch.object(nbib, "record", keep), patch.object(nbib, "unread", keep):
        list(nbib.read(text))
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
    monkeypatch.setattr(nbib, "MAX_RECORD", 25)
    long, short = nbib.read("PMID- 1\n" + "TI  - Title\n" * 5 + "\nPMID- 2\nTI  - One")
    assert isinstance(long, Unread)
    assert (long.line, long.reason) == (1, "This record is longer than 5000000 characters.")
    assert isinstance(short, Read)
    assert short.line == 8
