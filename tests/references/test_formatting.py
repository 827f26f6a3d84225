"""The rules of AMA style (11th edition), one by one."""

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.formatting import Run, ama_html, ama_text, format_ama
from references.formatting.names import initials
from references.formatting.titles import curly, pages, title_case
from references.variables import ITEM_TYPES

ARTICLE: dict[str, Any] = {
    "type": "article-journal",
    "title": "On milia",
    "author": [{"family": "Doe", "given": "Jane"}],
    "container-title": "Journal of Skin",
    "container-title-short": "J. Skin",
    "issued": {"date-parts": [[2020, 4, 1]]},
    "volume": "6",
    "issue": "3",
    "page": "199-202",
}


def names(count: int) -> list[dict[str, str]]:
    return [{"family": f"F{number}", "given": "Ann"} for number in range(1, count + 1)]


def entry(**variables: Any) -> str:
    """The text of an item with these variables (a hyphen is written as two underscores)."""
    return ama_text({name.replace("__", "-"): value for name, value in variables.items()})


def article(**changes: Any) -> str:
    changes = {name.replace("__", "-"): value for name, value in changes.items()}
    return ama_text({name: value for name, value in {**ARTICLE, **changes}.items() if value})


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Doe J. On milia. J Skin. 2020;6(3):199-202."),
        ({"container__title__short": ""}, "Doe J. On milia. Journal of Skin. 2020;6(3):199-202."),
        ({"issue": ""}, "Doe J. On milia. J Skin. 2020;6:199-202."),
        ({"volume": ""}, "Doe J. On milia. J Skin. 2020;(3):199-202."),
        ({"page": "1234–45"}, "Doe J. On milia. J Skin. 2020;6(3):1234-1245."),
        ({"page": ""}, "Doe J. On milia. J Skin. 2020;6(3)."),
        ({"author": ""}, "On milia. J Skin. 2020;6(3):199-202."),
        ({"issued": ""}, "Doe J. On milia. J Skin. 6(3):199-202."),
        (
            {"volume": "", "issue": "", "page": ""},
            "Doe J. On milia. J Skin. Published online April 1, 2020.",
        ),
        (
            {"volume": "", "issue": "", "page": "e5"},
            "Doe J. On milia. J Skin. Published online April 1, 2020:e5.",
        ),
        ({"volume": "", "issue": "", "issued": ""}, "Doe J. On milia. J Skin. 199-202."),
        (
            {"volume": "", "issue": "", "page": "", "status": "in press"},
            "Doe J. On milia. J Skin. In press.",
        ),
        (
            {"editor": [{"family": "Poe", "given": "E"}]},
            "Doe J. On milia. Poe E, ed. J Skin. 2020;6(3):199-202.",
        ),
        ({"title": "Why milia?"}, "Doe J. Why milia? J Skin. 2020;6(3):199-202."),
        ({"title": "On milia."}, "Doe J. On milia. J Skin. 2020;6(3):199-202."),
        ({"title": "And so on ..."}, "Doe J. And so on ... J Skin. 2020;6(3):199-202."),
        ({"title": 'On "milia"'}, "Doe J. On “milia.” J Skin. 2020;6(3):199-202."),
        ({"title": 'On "milia?"'}, "Doe J. On “milia?” J Skin. 2020;6(3):199-202."),
        (
            {"DOI": "10.1/x", "URL": "https://a.test/", "accessed": {"date-parts": [[2020]]}},
            "Doe J. On milia. J Skin. 2020;6(3):199-202. doi:10.1/x",
        ),
        (
            {"URL": "https://a.test/", "accessed": {"date-parts": [[2026, 11, 22]]}},
            "Doe J. On milia. J Skin. 2020;6(3):199-202. "
            "Accessed November 22, 2026. https://a.test/",
        ),
        (
            {"URL": "https://a.test/"},
            "Doe J. On milia. J Skin. 2020;6(3):199-202. https://a.test/",
        ),
    ],
)
def test_a_journal_article_is_printed_with_what_it_has(changes: dict[str, Any], text: str) -> None:
    assert article(**changes) == text


def test_six_authors_are_all_named_and_of_seven_the_first_three() -> None:
    six = "F1 A, F2 A, F3 A, F4 A, F5 A, F6 A. On milia. "
    assert article(author=names(6)).startswith(six)
    assert article(author=names(7)).startswith("F1 A, F2 A, F3 A, et al. On milia. ")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ({"family": "Sartre", "given": "Jean-Paul"}, "Sartre JP"),
        ({"family": "Doe", "given": "AB"}, "Doe AB"),
        ({"family": "Brown", "given": "C. Titus"}, "Brown CT"),
        ({"family": "TAN", "given": "JIE"}, "TAN J"),
        ({"family": "RODEN", "given": "JOSH F."}, "RODEN JF"),
        ({"family": "Umarov", "given": "Ramzan Kh."}, "Umarov RKh"),
        ({"family": "Matthews", "given": "Alexander G. de G."}, "Matthews AG de G"),
        ({"family": "wu", "given": "yonghui"}, "wu Y"),
        ({"family": "王", "given": "小明"}, "王 小明"),
        ({"family": "Klimo", "given": "Paul", "suffix": "Jr."}, "Klimo P Jr"),
        ({"family": "De Wet", "given": "Jean"}, "De Wet J"),
        (
            {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
            "van Gogh V",
        ),
        ({"family": "Maaten", "given": "L", "dropping-particle": "van der"}, "Maaten L van der"),
        ({"family": "O'Connor", "given": "Nina R."}, "O’Connor NR"),
        ({"literal": "World Health Organization"}, "World Health Organization"),
        ({"family": "Plato"}, "Plato"),
        ({"given": "Prince"}, "Prince"),
    ],
)
def test_a_name_is_printed_family_first_with_initials(name: dict[str, str], printed: str) -> None:
    assert article(author=[name]).startswith(f"{printed}. On milia.")


def test_a_given_name_without_letters_has_no_initials() -> None:
    assert initials(" .- ") == ""


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (
            {
                "type": "book",
                "title": "skin and its diseases",
                "author": names(1),
                "edition": "4",
                "publisher": "Press",
                "issued": {"date-parts": [["2018"]]},
            },
            "F1 A. Skin and Its Diseases. 4th ed. Press; 2018.",
        ),
        (
            {
                "type": "book",
                "title": "La peau et ses maladies",
                "language": "fr",
                "edition": "1",
                "volume": "2",
                "issued": {"date-parts": [[2018]]},
            },
            "La peau et ses maladies. Vol 2. 2018.",
        ),
        (
            {
                "type": "book",
                "title": "Skin",
                "editor": names(2),
                "edition": "Revised",
                "publisher": "Press",
            },
            "F1 A, F2 A, eds. Skin. Revised ed. Press.",
        ),
        (
            {
                "type": "book",
                "title": "Skin",
                "author": names(1),
                "editor": [{"literal": "Ed"}],
                "translator": [{"family": "Poe", "given": "E"}],
                "edition": "2nd ed.",
            },
            "F1 A. Skin. 2nd ed. Ed, ed. Poe E, trans.",
        ),
        (
            {
                "type": "chapter",
                "title": "Milia en plaque",
                "author": names(1),
                "editor": names(2),
                "container-title": "cryosurgery of the skin",
                "edition": "4",
                "publisher": "Springer",
                "issued": {"date-parts": [[2018]]},
                "page": "1-2",
            },
            "F1 A. Milia en plaque. In: F1 A, F2 A, eds. Cryosurgery of the Skin. 4th ed. "
            "Springer; 2018:1-2.",
        ),
        (
            {"type": "paper-conference", "title": "T", "collection-title": "NIPS"},
            "T. NIPS.",
        ),
        (
            {
                "type": "report",
                "title": "Guideline on milia",
                "author": [{"literal": "NICE"}],
                "genre": "Guideline",
                "publisher": "NICE",
                "issued": {"date-parts": [[2021, 3]]},
            },
            "NICE. Guideline on Milia. NICE; 2021.",
        ),
        (
            {
                "type": "thesis",
                "title": "On milia",
                "author": names(1),
                "genre": "Dissertation",
                "publisher": "University of Cape Town",
                "issued": {"date-parts": [[2010]]},
            },
            "F1 A. On Milia. Dissertation. University of Cape Town; 2010.",
        ),
        (
            {
                "type": "document",
                "title": "Differin",
                "genre": "Prescribing information",
                "publisher": "Galderma",
                "issued": {"date-parts": [[2018]]},
                "accessed": {"date-parts": [[2026, 1]]},
                "URL": "https://a.test/",
            },
            "Differin. Prescribing information. Galderma; 2018. Accessed January 2026. "
            "https://a.test/",
        ),
        (
            {
                "type": "webpage",
                "title": "Milia",
                "author": [{"literal": "Mayo Clinic Staff"}],
                "container-title": "Mayo Clinic",
                "issued": {"date-parts": [[2020, 6, 9]]},
                "accessed": {"date-parts": [[2026, 11, 22]]},
                "URL": "https://mayo.test/milia",
            },
            "Mayo Clinic Staff. Milia. Mayo Clinic. June 9, 2020. Accessed November 22, 2026. "
            "https://mayo.test/milia",
        ),
        (
            {
                "type": "motion_picture",
                "title": "Removing milia",
                "container-title": "YouTube",
                "issued": {"date-parts": [[2018, 1, 14]]},
                "URL": "https://video.test/1",
            },
            "Removing milia. YouTube. January 14, 2018. https://video.test/1",
        ),
        (
            {"type": "motion_picture", "title": "Removing milia", "publisher": "BBC"},
            "Removing Milia. BBC.",
        ),
        (
            {
                "type": "article",
                "title": "On milia",
                "container-title": "medRxiv",
                "issued": {"date-parts": [[2020, 6, 5]]},
                "DOI": "10.1101/1",
            },
            "On milia. medRxiv. Preprint posted online June 5, 2020. doi:10.1101/1",
        ),
        (
            {
                "type": "dataset",
                "title": "Data of milia",
                "container-title": "Dryad",
                "issued": {"date-parts": [[2023, 4]]},
            },
            "Data of milia. Dryad. Published online April 2023.",
        ),
        (
            {
                "type": "article-newspaper",
                "title": "Small white bumps",
                "container-title": "The Times",
                "issued": {"date-parts": [[2014, 7, 17]]},
                "page": "A1",
            },
            "Small white bumps. The Times. July 17, 2014:A1.",
        ),
        (
            {
                "type": "software",
                "title": "FaceScan",
                "version": "v2.1",
                "publisher": "Scan Co",
                "issued": {"date-parts": [[2022]]},
            },
            "FaceScan. Version 2.1. Scan Co; 2022.",
        ),
        ({"type": "software", "title": "FaceScan"}, "FaceScan."),
        (
            {
                "type": "legislation",
                "title": "Affordable Care Act",
                "volume": "42",
                "container-title": "USC",
                "section": "§ 18001",
                "issued": {"date-parts": [[2010]]},
            },
            "Affordable Care Act, 42 USC §18001 (2010).",
        ),
        (
            {
                "type": "legal_case",
                "title": "Doe v Poe",
                "volume": "1",
                "container-title": "F3d",
                "page": "2",
                "authority": "9th Cir",
                "issued": {"date-parts": [[1999]]},
            },
            "Doe v Poe, 1 F3d 2 (9th Cir 1999).",
        ),
        ({"type": "bill", "title": "A bill"}, "A bill."),
    ],
)
def test_each_type_has_its_layout(item: dict[str, Any], text: str) -> None:
    assert ama_text(item) == text


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ({"date-parts": [[2017, 6, 5]]}, "June 5, 2017"),
        ({"date-parts": [["2017", "6"]]}, "June 2017"),
        ({"date-parts": [[2017]]}, "2017"),
        ({"date-parts": [[2017, 13]]}, "2017"),
        ({"date-parts": [[2017, 1], [2018, 2]]}, "January 2017"),
        ({"literal": "Spring 2017"}, "Spring 2017"),
        ({"raw": "about 1900"}, "about 1900"),
    ],
)
def test_dates_are_printed_as_far_as_they_are_known(date: dict[str, Any], text: str) -> None:
    assert entry(type="webpage", title="T", issued=date) == f"T. {text}."


@pytest.mark.parametrize("date", [{}, {"date-parts": []}, {"date-parts": [["soon"]]}])
def test_a_date_without_a_year_is_left_out(date: dict[str, Any]) -> None:
    assert entry(type="webpage", title="T", issued=date) == "T."


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("1234-45", "1234-1245"),
        ("e12-9", "e12-e19"),
        ("S1-S12", "S1-S12"),
        ("215-25; discussion 226-9", "215-225; discussion 226-229"),
        ("99–101", "99-101"),
        ("569-583.e5", "569-583.e5"),
        ("867", "867"),
        ("v1–v75", "v1-v75"),
        ("12-S3", "12-S3"),
    ],
)
def test_page_ranges_are_printed_in_full_with_hyphens(short: str, full: str) -> None:
    assert pages(short) == full


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("the 28th book of the skin", "The 28th Book of the Skin"),
        ("cuDNN for beginners", "cuDNN for Beginners"),
        ("milia: a review of what to look for", "Milia: A Review of What to Look For"),
        ("what now? the answer", "What Now? The Answer"),
        ("real-valued review/survey", "Real-Valued Review/Survey"),
        ("release v1.0.4", "Release v1.0.4"),
        ("the <i>demodex</i> mite", "The <i>Demodex</i> Mite"),
        ('a "right to" know', 'A "Right to" Know'),
        ("", ""),
    ],
)
def test_titles_of_books_get_capitals(text: str, printed: str) -> None:
    assert title_case(text) == printed


def test_quotation_marks_and_apostrophes_are_curled() -> None:
    assert curly("""the child's "milia" and 'acne'""") == "the child’s “milia” and ‘acne’"


def test_the_journal_and_the_titles_of_books_stand_in_italics() -> None:
    assert [run.text for run in format_ama(ARTICLE) if run.italic] == ["J Skin"]
    book = {"type": "book", "title": "Skin", "container-title": "Series"}
    assert [run.text for run in format_ama(book) if run.italic] == ["Skin"]


def test_the_doi_is_a_link_and_no_value_is_markup() -> None:
    item = {**ARTICLE, "title": "<script>alert(1)</script> & more", "DOI": '10.1/<"a b'}
    assert ama_html(item) == (
        "Doe J. &lt;script&gt;alert(1)&lt;/script&gt; &amp; more. <i>J Skin</i>. "
        '2020;6(3):199-202. <a href="https://doi.org/10.1/%3C%22a%20b" rel="external">'
        "doi:10.1/&lt;&quot;a b</a>"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://[", "//a.b"])
def test_only_web_addresses_become_links(url: str) -> None:
    html = ama_html({"type": "webpage", "title": "T", "URL": url})
    assert html == f"T. {url}"


def test_markup_of_csl_in_a_title_becomes_our_markup() -> None:
    title = (
        "E<sup>2</sup>M of <i>Demodex</i> in H<sub>2</sub>O, "
        "<b>bold</b> and <span class='x'>y</span>"
    )
    runs = format_ama({"type": "webpage", "title": title})
    assert runs == (
        Run("E"),
        Run("2", script="sup"),
        Run("M of "),
        Run("Demodex", italic=True),
        Run(" in H"),
        Run("2", script="sub"),
        Run("O, bold and y."),
    )
    assert ama_html({"type": "webpage", "title": title}) == (
        "E<sup>2</sup>M of <i>Demodex</i> in H<sub>2</sub>O, bold and y."
    )


def test_italics_in_an_italic_title_stand_upright() -> None:
    runs = format_ama({"type": "book", "title": "The <i>Demodex</i> Mite"})
    assert runs == (
        Run("The ", italic=True),
        Run("Demodex"),
        Run(" Mite", italic=True),
        Run("."),
    )


CORRECTION = {"citation": "J Skin. 2021;7(5):867", "DOI": "10.1/e", "PMID": "35028405"}


def test_a_correction_stands_in_brackets_behind_the_title() -> None:
    item = {**ARTICLE, "custom": {"correction": CORRECTION}}
    assert ama_text(item) == (
        "Doe J. On milia [published correction appears in J Skin. 2021;7(5):867]. J Skin. "
        "2020;6(3):199-202."
    )
    assert '<a href="https://doi.org/10.1/e" rel="external">J Skin. 2021;7(5):867</a>]' in ama_html(
        item
    )


def test_every_correction_is_printed() -> None:
    item = {
        **ARTICLE,
        "custom": {"correction": [CORRECTION, {"PMID": "35"}, {"ref": "b"}, "nothing"]},
    }
    words = "published correction appears in"
    assert f"On milia [{words} J Skin. 2021;7(5):867] [{words} 35] [{words} b]. J Skin" in ama_text(
        item
    )
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/35/"' in ama_html(item)


@pytest.mark.parametrize("custom", [{}, {"correction": None}, {"note": "x"}, "text", None])
def test_other_custom_values_are_not_printed(custom: Any) -> None:
    assert ama_text({**ARTICLE, "custom": custom}) == ama_text(ARTICLE)


TEXTS = st.text(max_size=30) | st.sampled_from(
    ["<i>x</i>", "<script>", '"', "&amp;", "</i>", "§ 1"]
)
DATES = st.builds(
    lambda year, month: {"date-parts": [[year, month]]},
    st.integers(1000, 2999),
    st.integers(1, 12),
)
PRINTED = (
    "container-title",
    "DOI",
    "URL",
    "page",
    "volume",
    "issue",
    "edition",
    "publisher",
    "genre",
    "section",
    "version",
)
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(ITEM_TYPES), "title": TEXTS},
    optional={
        "author": st.lists(
            st.fixed_dictionaries({"family": TEXTS, "given": TEXTS, "suffix": TEXTS}), max_size=8
        ),
        "editor": st.lists(st.fixed_dictionaries({"literal": TEXTS}), max_size=3),
        "issued": DATES,
        "accessed": DATES,
        **dict.fromkeys(PRINTED, TEXTS),
    },
)
TAG = re.compile(r"</?(?:i|sup|sub)>|<a href=\"https?://[^\"<>]*\" rel=\"external\">|</a>")


@settings(max_examples=150)
@given(item=ITEMS)
def test_html_without_our_tags_is_the_text(item: dict[str, Any]) -> None:
    bare = TAG.sub("", ama_html(item))
    assert "<" not in bare
    assert unescape(bare) == ama_text(item)
