"""Reading BibTeX."""

import itertools
import time
from typing import Any
from unittest.mock import patch

import pytest
from bibtexparser.splitter import Splitter
from hypothesis import given
from hypothesis import strategies as st

from references.readers.bibtex import read
from references.readers.bibtex_names import read_names
from references.readers.latex import latex_to_text
from references.readers.records import Read, Unread

NOT_WHOLE = "This is no whole entry: a comma, a brace, a quotation mark or “=” is missing."


def item_of(fields: str, kind: str = "article") -> dict[str, Any]:
    """The item of one entry with a title, without type and title."""
    (found,) = read(f"@{kind}{{key, title = {{T}}, {fields}}}")
    assert isinstance(found, Read), found
    assert found.notes == ()
    return {name: value for name, value in found.item.items() if name not in ("type", "title")}


def notes_of(fields: str, kind: str = "article") -> tuple[str, ...]:
    (found,) = read(f"@{kind}{{key, title = {{T}}, {fields}}}")
    assert isinstance(found, Read), found
    return found.notes


def names_of(author: Any) -> Any:
    return item_of(f"author = {{{author}}}")["author"]


ARTICLE = r"""
@string{jid = "Journal of " # dry}
@string{dry = {Dry Skin}}

@Article{vale2016,
  author = {Vale, J{\"u}rgen and Ada Brook},
  title = {The {IL-13} effect of \emph{Aloe vera}},
  subtitle = "a ``trial''",
  journal = jid,
  year = 2016, month = apr, day = 12,
  volume = {3}, number = {4}, pages = {199--202},
  doi = {https://doi.org/10.1000/a_b~c},
  url = {http://example.org/~x_y?a=b&c=%20#d},
  urldate = {2020-01-02},
  issn = {1234-5678}, pmid = {123}, pmcid = {PMC45},
  abstract = {Cream \& water: 5\% of them.},
  keywords = {skin, cream}, langid = {ngerman},
}
"""


def test_an_article_is_read_with_all_its_fields() -> None:
    assert list(read(ARTICLE)) == [
        Read(
            line=5,
            key="vale2016",
            item={
                "type": "article-journal",
                "title": "The IL-13 effect of Aloe vera: a “trial”",
                "author": [
                    {"family": "Vale", "given": "Jürgen"},
                    {"family": "Brook", "given": "Ada"},
                ],
                "container-title": "Journal of Dry Skin",
                "issued": {"date-parts": [[2016, 4, 12]]},
                "volume": "3",
                "issue": "4",
                "page": "199-202",
                "DOI": "10.1000/a_b~c",
                "URL": "http://example.org/~x_y?a=b&c=%20#d",
                "accessed": {"date-parts": [[2020, 1, 2]]},
                "ISSN": "1234-5678",
                "PMID": "123",
                "PMCID": "PMC45",
                "abstract": "Cream & water: 5% of them.",
                "keyword": "skin, cream",
                "language": "de",
            },
        )
    ]


@pytest.mark.parametrize(
    ("kind", "item_type"),
    [
        ("article", "article-journal"),
        ("book", "book"),
        ("inbook", "chapter"),
        ("incollection", "chapter"),
        ("inproceedings", "paper-conference"),
        ("conference", "paper-conference"),
        ("proceedings", "book"),
        ("thesis", "thesis"),
        ("techreport", "report"),
        ("report", "report"),
        ("manual", "book"),
        ("misc", "document"),
        ("online", "webpage"),
        ("electronic", "webpage"),
        ("www", "webpage"),
        ("unpublished", "manuscript"),
        ("booklet", "pamphlet"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("patent", "patent"),
    ],
)
def test_a_type_of_entry_becomes_a_type_of_item(kind: str, item_type: Any) -> None:
    assert list(read(f"@{kind.upper()}{{k, title = {{T}}}}")) == [
        Read(1, {"type": item_type, "title": "T"}, "k")
    ]


def test_an_unknown_type_of_entry_is_a_document_with_a_note() -> None:
    assert list(read("@spell{k, title = {T}}")) == [
        Read(
            1,
            {"type": "document", "title": "T"},
            "k",
            ("“@spell” is no type of entry that is known; it was read as a document.",),
        )
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "item"),
    [
        ("phdthesis", "school = {U}", {"genre": "PhD thesis", "publisher": "U"}),
        ("mastersthesis", "type = {Diploma thesis}", {"genre": "Diploma thesis"}),
        ("thesis", "type = {mathesis}", {"genre": "Master's thesis"}),
        ("techreport", "number = {7}, institution = {I}", {"number": "7", "publisher": "I"}),
        ("article", "entrysubtype = {magazine}", {}),
        (
            "book",
            "series = {S}, number = {7}, edition = {2}, address = {Bonn}",
            {
                "collection-title": "S",
                "collection-number": "7",
                "edition": "2",
                "publisher-place": "Bonn",
            },
        ),
        ("incollection", "booktitle = {B}", {"container-title": "B"}),
        ("misc", r"howpublished = {\url{http://x.org/a_b}}", {"URL": "http://x.org/a_b"}),
        ("misc", "howpublished = {Hand-out}, note = {N}", {"note": "N; Hand-out"}),
        ("misc", r"url = {http://x.org/a\_b{\%}20}", {"URL": "http://x.org/a_b%20"}),
        ("article", "eprint = {2001.01234}", {"URL": "https://arxiv.org/abs/2001.01234"}),
        (
            "article",
            "eprint = {2001.01234}, archiveprefix = {arXiv}, url = {http://x.org}",
            {"URL": "http://x.org", "note": "arXiv:2001.01234"},
        ),
        ("article", "eprint = {99}, eprinttype = {pubmed}", {"PMID": "99"}),
        ("article", "eprint = {99}, eprinttype = {jstor}", {"note": "jstor:99"}),
        ("article", "pages = {1 – 3}", {"page": "1-3"}),
        ("article", "eid = {e12}", {"page": "e12"}),
        ("article", "volume = {}", {}),
        ("article", 'journal = "A {"}B{"} C" # { D}', {"container-title": 'A "B" C D'}),
    ],
)
def test_fields_are_read_as_their_type_of_entry_means_them(
    kind: str, fields: Any, item: Any
) -> None:
    assert item_of(fields, kind) == item


def test_an_arxiv_number_makes_a_miscellaneous_entry_an_article() -> None:
    (found,) = read("@misc{k, title={T}, eprint={2001.01234}, archiveprefix={arXiv}}")
    assert found == Read(
        1, {"type": "article", "title": "T", "URL": "https://arxiv.org/abs/2001.01234"}, "k"
    )


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Vale, Ada", [{"family": "Vale", "given": "Ada"}]),
        ("Ada Maria Vale", [{"family": "Vale", "given": "Ada Maria"}]),
        ("Plato", [{"family": "Plato"}]),
        (
            "Ludwig van der Vale",
            [{"family": "Vale", "given": "Ludwig", "non-dropping-particle": "van der"}],
        ),
        (
            "von Vale, Jr, Ada",
            [{"family": "Vale", "given": "Ada", "non-dropping-particle": "von", "suffix": "Jr"}],
        ),
        ("{von Vale}, Ada", [{"family": "von Vale", "given": "Ada"}]),
        (
            "Vale, A. AND\n  Brook, B. and\tReed, C.",
            [
                {"family": "Vale", "given": "A."},
                {"family": "Brook", "given": "B."},
                {"family": "Reed", "given": "C."},
            ],
        ),
        ("{World Health Organization}", [{"literal": "World Health Organization"}]),
        ("{{Salt, Sand and Sons}}", [{"literal": "Salt, Sand and Sons"}]),
        ("{Ada} {Vale}", [{"family": "Vale", "given": "Ada"}]),
        (r"{\'E}mile Anderson", [{"family": "Anderson", "given": "Émile"}]),
        (r"Vale, Ada~B.", [{"family": "Vale", "given": "Ada B."}]),
        ("and Vale, Ada and and", [{"family": "Vale", "given": "Ada"}]),
        ("{} and Vale, Ada", [{"family": "Vale", "given": "Ada"}]),
    ],
)
def test_names_are_read_in_each_of_their_forms(author: Any, names: Any) -> None:
    assert names_of(author) == names


def test_others_are_told_in_a_note() -> None:
    assert notes_of("author = {Vale, Ada and others}") == (
        "The list of names ends in “others”: it is not complete.",
    )


def test_a_name_with_too_many_commas_stays_whole() -> None:
    (found,) = read("@book{k, title = {T}, author = {Vale, A, Brook, B}}")
    assert isinstance(found, Read)
    assert found.item["author"] == [{"literal": "Vale, A, Brook, B"}]
    assert found.notes == ("This has too many commas for a name: Vale, A, Brook, B",)


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = 2016", {"date-parts": [[2016]]}),
        ("year = 2016, month = jan", {"date-parts": [[2016, 1]]}),
        ("year = 2016, month = {April}", {"date-parts": [[2016, 4]]}),
        ("year = 2016, month = 4, day = 5", {"date-parts": [[2016, 4, 5]]}),
        ('year = 2016, month = "10~" # jan', {"date-parts": [[2016, 1, 10]]}),
        ("year = 2016, month = {May--June}", {"date-parts": [[2016, 5], [2016, 6]]}),
        ("year = 2016, month = {Autumn}", {"date-parts": [[2016]], "season": "3"}),
        ("year = {2016--2017}", {"date-parts": [[2016], [2017]]}),
        ("year = {in press}", {"literal": "in press"}),
        ("year = {in press}, month = may", {"literal": "May in press"}),
        ("date = {2016-04-12}", {"date-parts": [[2016, 4, 12]]}),
        ("date = {2016-04}, year = 2016", {"date-parts": [[2016, 4]]}),
        ("date = {2016-04/2016-06}", {"date-parts": [[2016, 4], [2016, 6]]}),
        ("date = {2016~}", {"date-parts": [[2016]], "circa": True}),
        ("date = {2016-21}", {"date-parts": [[2016]], "season": "1"}),
        ("date = {2016-02-31}", {"literal": "2016-02-31"}),
        ("date = {12 April 2016}", {"literal": "12 April 2016"}),
    ],
)
def test_dates_are_read_in_each_of_their_forms(fields: Any, issued: Any) -> None:
    assert item_of(fields) == {"issued": issued}


@pytest.mark.parametrize(
    ("fields", "left_out"),
    [
        ("year = 2016, month = {Thermidor}", "Thermidor"),
        ("year = 2016, month = feb, day = 31", "31 February"),
        ("month = feb", "February"),
    ],
)
def test_a_month_that_is_none_is_told(fields: Any, left_out: Any) -> None:
    assert notes_of(fields) == (f"The month or day “{left_out}” was left out.",)


def test_an_entry_has_what_it_lacks_from_the_entry_it_refers_to() -> None:
    text = """
@inproceedings{one, title = {Paper}, crossref = {All}, date = {2002-05}}
@inproceedings{two, title = {Other}, crossref = {nowhere}}
@proceedings{all, title = {Meeting}, editor = {Vale, Ada}, year = 2001, doi = {10.1000/1}}
"""
    assert list(read(text)) == [
        Read(
            2,
            {
                "type": "paper-conference",
                "title": "Paper",
                "container-title": "Meeting",
                "editor": [{"family": "Vale", "given": "Ada"}],
                "issued": {"date-parts": [[2002, 5]]},
            },
            "one",
        ),
        Read(
            3,
            {"type": "paper-conference", "title": "Other"},
            "two",
            ("It refers to “nowhere”, which this file does not have as another entry.",),
        ),
        Read(
            4,
            {
                "type": "book",
                "title": "Meeting",
                "editor": [{"family": "Vale", "given": "Ada"}],
                "issued": {"date-parts": [[2001]]},
                "DOI": "10.1000/1",
            },
            "all",
        ),
    ]


def test_entries_that_refer_to_each_other_end() -> None:
    text = "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}"
    assert [type(found) for found in read(text)] == [Read, Read]


FAULTY = """
Words between entries are a comment.
@comment{a comment}
@preamble{"\\newcommand{}"}
@book{one, title = {One}, colour = {red}, timestamp = {now}, title = {Uno}}
@book{one, title = {Two}, publisher = press, doi = {none}}
@book{bad, title = {Three
@book bad, title = {Four}}
@book{empty}
@string{x = {1}}
@string{x = {2}}
"""


def test_nothing_is_dropped_in_silence() -> None:
    assert list(read(FAULTY)) == [
        Read(
            5,
            {"type": "book", "title": "One"},
            "one",
            (
                "These fields were left out, for they are there already: title = Uno.",
                "These fields were left out: colour, timestamp.",
            ),
        ),
        Read(
            6,
            {"type": "book", "title": "Two", "publisher": "press"},
            "one",
            (
                "Its key is also that of the entry in line 5.",
                "publisher: “press” has no braces or quotation marks, nor is it a string.",
                "DOI “none” was left out: A DOI looks like 10.1000/182, without spaces.",
            ),
        ),
        Unread(7, NOT_WHOLE, "@book{bad, title = {Three @book bad, title = {Four}}"),
        Unread(9, "title: This is missing. Every reference has one.", "@book{empty}"),
        Unread(
            11,
            "The string “x” is defined twice; the first definition counts.",
            "@string{x = {2}}",
        ),
    ]


def test_an_entry_without_brace_is_told() -> None:
    assert list(read("\n@book k, title = {Four}}\n")) == [
        Unread(2, "This entry has no opening brace.", "@book k, title = {Four}}")
    ]


def test_a_value_may_end_in_a_line_break_of_latex() -> None:
    assert item_of(r"note = {Ends \\}, volume = {2}") == {"note": "Ends", "volume": "2"}


def test_lines_of_other_systems_are_counted() -> None:
    text = "\r\n\r@book{k, title = {T}}"
    assert list(read(text)) == [Read(3, {"type": "book", "title": "T"}, "k")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no entry", [Unread(1, "There is no BibTeX entry in this text.", "no entry")]),
        ("@comment{x}", [Unread(1, "There is no BibTeX entry in this text.", "@comment{x}")]),
        (" \n", []),
        ("", []),
    ],
)
def test_a_text_without_entries_is_told(text: Any, found: Any) -> None:
    assert list(read(text)) == found


def strings(names: Any, value: Any) -> str:
    """@string definitions each made of the next."""
    pairs = itertools.pairwise(names)
    lines = "".join(f"@string{{{one} = {value.format(other)}}}\n" for one, other in pairs)
    return f"{lines}@string{{{names[-1]} = {{word}}}}\n@book{{k, title = {names[0]}}}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{" * 1_000_000, "Its braces stand more than 100 deep in each other."),
        ("@a{x," * 100_000, "Its braces stand more than 100 deep in each other."),
        ("@a{k,t=" + "{}" * 100_001 + "}", "One entry has more than 100,000 opening braces."),
        ("x" * 20_000_001, "This file is longer than 20,000,000 characters."),
        ("@a()" * 100_001, "This file has more than 100,000 entries."),
        ("@a{k," + "t=1," * 1_000_001 + "}", "This file has more than 1,000,000 fields."),
        (
            strings([f"s{n}" for n in range(60)], "{0} # {0}"),
            "A value with its strings is longer than 10,000 characters.",
        ),
        (
            strings([f"s{n}" for n in range(200)], "{0}"),
            "Its strings are made of strings more than 100 times over.",
        ),
        (
            strings([f"s{n}" for n in range(200, 0, -1)], "{0}"),
            "Its strings are made of strings more than 100 times over.",
        ),
        ("@string{a = b}\n@string{b = a}\n", "The string “a” is made of itself."),
        (
            f"@string{{a = {{{'x' * 9_999}}}}}" + "@book{k, title = a}" * 2_100,
            "Its strings and cross-references make this file too long.",
        ),
    ],
    ids=range(11),
)
def test_a_bomb_is_refused_with_its_reason_and_at_once(text: Any, reason: Any) -> None:
    begin = time.perf_counter()
    (found,) = read(text)
    assert time.perf_counter() - begin < 2
    assert isinstance(found, Unread)
    assert (found.line, found.reason) == (1, reason)


def test_children_of_a_long_parent_are_bounded() -> None:
    parent = f"@book{{p, title = {{P}}, publisher = {{{'x' * 100_000}}}}}\n"
    *_, last = read(parent + "@inbook{k, title = {T}, crossref = {p}}\n" * 300)
    assert isinstance(last, Unread)
    assert last.reason == "Its strings and cross-references make this file too long."


@pytest.mark.parametrize(
    "field",
    [
        "pages = {" + " " * 500_000 + "}",
        "url = {" + " \n" * 200_000 + "}",
        "author = {" + " and " * 50_000 + "}",
        "author = {" + "A, " * 50_000 + "}",
        "title = {" + "$x" * 40_000 + "}",
        "note = " + "#" * 50_000,
        "note = {" + r"\frac" * 15_000 + "}",
        "note = {" + r"\begin{a}" * 8_000 + "}",
    ],
    ids=range(8),
)
def test_a_long_field_is_read_in_time_in_step_with_its_length(field: Any) -> None:
    begin = time.perf_counter()
    list(read(f"@book{{k, title = {{T}}, {field}}}"))
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'E}cole, na\"{\i}ve, \c{c}a, \ss, \aa ngstr\"om", "École, naïve, ça, ß, ångström"),
        (r"\textit{a} {\bf b} \textsc{c}", "a b c"),
        (r"$\beta$-carotene, H$_2$O, 10$^{-3}$ and $\pm$3", "β-carotene, H₂O, 10⁻³ and ±3"),
        (r"CO\textsubscript{2} and 1\textsuperscript{st}", "CO₂ and 1st"),
        (r"a~b -- c --- d", "a b – c — d"),
        ("``q'' and `r'", "“q” and `r'"),
        (r"A \& B, 5\% \_ \# \$", "A & B, 5% _ # $"),
        ("A & B, 100% of $5 and $6", "A & B, 100% of $5 and $6"),
        (
            r"see \url{http://x.org/~a_b%20} or \href{http://y.org}{there}",
            "see http://x.org/~a_b%20 or there",
        ),
        (r"37\textdegree C and \textquotedbl{}x\textquotedbl", '37°C and "x"'),
        (r"\begin{a}" * 2000, r"\begin{a}" * 2000),
        (r"\input{/etc/passwd}", ""),
    ],
    ids=range(12),
)
def test_latex_becomes_plain_text(latex: Any, text: Any) -> None:
    assert latex_to_text(latex) == text


@given(st.text(alphabet=st.sampled_from('@{}()"\\#=,% \nak1$~&and')))
def test_no_text_makes_the_reader_fail(text: Any) -> None:
    for found in read(f"@book{{k, title = {text}\n@string{{a={text}"):
        assert isinstance(found, Read | Unread)


@given(st.text())
def test_no_text_makes_latex_fail(text: Any) -> None:
    assert isinstance(latex_to_text(text), str)


def test_names_without_end_are_left_out() -> None:
    (note,) = notes_of("author = {" + " and a" * 10_000 + "}")
    assert "too many names" in note


def test_a_name_may_lack_its_closing_brace() -> None:
    assert read_names("{Ada") == ([{"family": "Ada"}], [])


def test_a_value_may_lack_its_closing_brace() -> None:
    (found,) = read(r'@book{k, title = "\{"}a# {{"}')
    assert isinstance(found, Read)
    assert "has no braces or quotation marks" in found.notes[0]


def test_another_year_beside_the_date_is_told() -> None:
    assert notes_of("date = {2016-04}, year = {2015}") == ("These fields were left out: year.",)


def test_a_language_is_better_known_than_its_hyphenation() -> None:
    assert item_of("language = {de}, langid = {french}") == {"language": "de"}


def test_a_parent_may_lack_a_title() -> None:
    parent, child = read("@book{p, publisher={X}}@inbook{k, title={T}, crossref={p}}")
    assert isinstance(parent, Unread)
    assert isinstance(child, Read)
    assert child.item == {"type": "chapter", "title": "T", "publisher": "X"}


def test_a_text_that_the_parser_fails_on_is_told() -> None:
    with patch.object(Splitter, "split", side_effect=RecursionError):
        (found,) = read("@book{k, title={T}}")
    assert found == Unread(1, "This text could not be parted into entries.", "@book{k, title={T}}")
