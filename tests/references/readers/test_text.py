"""References pasted as text: measured on real ones, and bounded on hostile ones."""

import time
import timeit
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.agreement import of_pasted_text
from references.readers import Read, Unread, detect
from references.readers.text import expanded, parse, read
from references.readers.text_parts import Names, names_of, split_title_and_journal

RIGHT_AT_LEAST = 0.97  # of the real references, in all their fields; 0.979 when it was measured


def test_real_references_are_read_right_in_all_fields() -> None:
    agreement = of_pasted_text()
    assert agreement.cases == 703
    assert agreement.share >= RIGHT_AT_LEAST


def test_a_chapter_may_be_of_a_book_without_editors() -> None:
    item, _notes = parse("Ada B. Cysts. In: Skin. Testhouse; 2018:12-19.")
    assert (item["title"], item["container-title"]) == ("Cysts", "Skin")
    assert "editor" not in item


def test_a_doi_in_brackets_ends_before_them() -> None:
    item, _notes = parse("Ada B. Cysts. J Test. 2020;1:2 (doi:10.5555/a).")
    assert item["DOI"] == "10.5555/a"


def test_initials_may_stand_behind_a_comma() -> None:
    assert names_of("Smith, J.B., Jones, C.") == Names(
        [{"family": "Smith", "given": "J.B."}, {"family": "Jones", "given": "C"}], et_al=False
    )
    assert names_of("Smith, Jones, C.") is None


def test_a_journal_may_be_abbreviated_with_dots() -> None:
    title, journal = split_title_and_journal("On cysts? J. Am. Acad. Dermatol")
    assert (title, journal) == ("On cysts?", "J. Am. Acad. Dermatol")


def test_identifiers_and_notices_are_taken_out() -> None:
    item, notes = parse(
        "Ada B, van Dam CD Jr, et al. On cysts? [published correction appears in J Test. 2021;7:8]."
        " J Test. 2020 Mar 4;6(3):199-202. doi:10.5555/a(1)b. PMID: 123; PMCID: PMC45."
    )
    assert item == {
        "type": "article-journal",
        "author": [
            {"family": "Ada", "given": "B"},
            {"family": "van Dam", "given": "CD", "suffix": "Jr"},
        ],
        "title": "On cysts?",
        "container-title": "J Test",
        "issued": {"date-parts": [[2020, 3, 4]]},
        "volume": "6",
        "issue": "3",
        "page": "199-202",
        "DOI": "10.5555/a(1)b",
        "PMID": "123",
        "PMCID": "PMC45",
        "custom": {
            "notices": [{"type": "correction", "citation": "J Test. 2021;7:8"}],
            "et-al": True,
        },
    }
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "World Test Organization. Guideline on cysts. 2nd ed. World Test Organization; 2019.",
            {
                "type": "book",
                "author": [{"literal": "World Test Organization"}],
                "title": "Guideline on cysts",
                "publisher": "World Test Organization",
                "edition": "2",
                "issued": {"date-parts": [[2019]]},
            },
        ),
        (
            "Ada B. Cysts. In: Dam C, Eck D, eds. Skin. Testhouse; 2018:12-19.",
            {
                "type": "chapter",
                "author": [{"family": "Ada", "given": "B"}],
                "editor": [{"family": "Dam", "given": "C"}, {"family": "Eck", "given": "D"}],
                "title": "Cysts",
                "container-title": "Skin",
                "publisher": "Testhouse",
                "page": "12-19",
                "issued": {"date-parts": [[2018]]},
            },
        ),
        (
            "Cysts. Test Service. Updated March 3, 2023. Accessed November 2, 2026."
            " https://skin.test/cysts/",
            {
                "type": "webpage",
                "title": "Cysts",
                "container-title": "Test Service",
                "URL": "https://skin.test/cysts/",
                "issued": {"date-parts": [[2023, 3, 3]]},
                "accessed": {"date-parts": [[2026, 11, 2]]},
            },
        ),
        (
            "Ada B. Early. J Test. Published online March 3, 2024. doi:10.5555/x",
            {
                "type": "article-journal",
                "author": [{"family": "Ada", "given": "B"}],
                "title": "Early",
                "container-title": "J Test",
                "DOI": "10.5555/x",
                "issued": {"date-parts": [[2024, 3, 3]]},
            },
        ),
    ],
)
def test_other_kinds_are_guessed_by_their_form(text: str, wanted: dict[str, Any]) -> None:
    (found,) = read(text)
    assert isinstance(found, Read)
    assert found.item == wanted


@pytest.mark.parametrize("text", ["hello", "Only some words", "Milia are cysts, aren't they?"])
def test_words_are_no_reference(text: str) -> None:
    (found,) = read(text)
    assert isinstance(found, Unread)
    assert "does not read as a reference" in found.reason


@pytest.mark.parametrize(
    ("page", "whole"),
    [
        ("484–91", "484-491"),
        ("L15-7", "L15-L17"),
        ("F115–F177", "F115-F177"),
        ("e1001", "e1001"),
        ("12-9999", "12-9999"),
        ("", ""),
    ],
)
def test_a_range_of_pages_is_written_out(page: str, whole: str) -> None:
    assert expanded(page) == whole


ONE = "Ada B. One. J Test. 2020;6(3):1-2."
TWO = "Dam C. Two. J Test. 2021;7:3."


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{ONE}\n{TWO}\n", [1, 2]),
        (f"\n1. {ONE}\n2. {TWO}", [2, 3]),
        (f"[1] Ada B. One. J Test.\n   2020;6(3):1-2.\n[2] {TWO}", [1, 3]),
        (f"Ada B. One.\nJ Test. 2020;6(3):1-2.\n\n{TWO}", [1, 4]),
    ],
)
def test_a_list_is_read_entry_by_entry(text: str, lines: list[int]) -> None:
    found = list(read(text))
    assert [each.line for each in found] == lines
    assert [each.item["title"] for each in found if isinstance(each, Read)] == ["One", "Two"]


def titles(text: str) -> list[str]:
    return [each.item["title"] for each in read(text) if isinstance(each, Read)]


@pytest.mark.parametrize(
    "wrapped",
    [
        "1. Ada B. A guide of\n2010. Word on it. J Test. 2020;6(3):1-2.\n2. Dam C. Two. J Test.\n"
        "2015. Word of it. 2021;7:3.",
        "[1] Ada B. One of\n1999. Word on it. J Test. 2020;6(3):1-2.\n[2] Dam C. Two. J Test."
        " 2021;7:3.",
    ],
)
def test_a_line_that_begins_with_a_year_goes_on_with_an_entry(wrapped: str) -> None:
    assert len(list(read(wrapped))) == 2


def test_a_year_at_the_beginning_of_a_line_makes_no_numbered_list() -> None:
    lines = "2010. Word. J Test. 2010;1:2.\n2011. Word. J Test. 2011;1:2.\nDam C. Two. J. 2021;7:3."
    assert len(list(read(lines))) == 3


def test_a_list_may_have_as_many_entries_as_there_are_years() -> None:
    text = "\n".join(f"{number}. Dam C. Two. J Test. 2021;7:3." for number in range(1, 2_200))
    assert len(titles(text)) == 2_199


@pytest.mark.parametrize("quoted", ["“{}”", '"{}"', "„{}“", "«{}»"])
def test_an_entry_of_a_list_may_begin_with_a_quotation_mark(quoted: str) -> None:
    title = quoted.format("Quoted title.")
    found = list(read(f"1. {title} J Test.\n2020;1:2.\n2. {title} J Test. 2020;1:2."))
    assert [each.line for each in found] == [1, 3]
    assert [each.item["title"] for each in found if isinstance(each, Read)] == ["Quoted title"] * 2


HOSTILE = (
    ",",
    "A B, ",
    "[",
    "[appears ",
    "1999;",
    "A. ",
    "doi:",
    "2001;1(",
    "http://",
    '"',
    "1-",
    "x (",
    "In: ",
)


def seconds(entry: str) -> float:
    assert list(read(entry))
    return min(timeit.repeat(lambda: list(read(entry)), number=1, repeat=7))


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_entry_takes_not_much_longer_than_an_ordinary_one(piece: str) -> None:
    ordinary = f"Ada B. {'On the cysts of the cheek ' * 75}. J Test. 2020;1:2."[-2_000:]
    # Eight times as long when it was measured; what grows with the square takes a thousand.
    assert seconds((piece * 2_000)[:2_000]) < 50 * seconds(ordinary)


def test_a_paragraph_of_very_many_lines_is_joined_in_time() -> None:
    begin = time.perf_counter()
    found = list(read("One\n\n" + "a\n" * 100_000))
    assert time.perf_counter() - begin < 3
    assert [each.line for each in found] == [1, 3]
    assert isinstance(found[1], Unread)


def test_an_entry_that_is_too_long_is_told() -> None:
    (found,) = read("x" * 2_001)
    assert isinstance(found, Unread)
    assert "over 2000 characters" in found.reason


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert len(list(read(text))) <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("x", '[{"title": "T"}]', "csl"),
        ("x.txt", "<PubmedArticleSet>", "pubmed"),
        ("x", "PMID- 1", "nbib"),
        ("x.txt", "TY  - JOUR", "ris"),
        ("x", "% made by\n@article{a,", "bibtex"),
        ("x.bib", "nothing known", "bibtex"),
        ("-", ONE, "text"),
    ],
)
def test_a_format_is_known_by_how_it_begins_or_by_its_name(
    name: str, content: str, format_name: str
) -> None:
    assert detect(name, content) == format_name
