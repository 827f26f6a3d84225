"""Understanding Crossref's answers. Every record here is invented."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.crossref import item_of, item_of_csl, notices_of_message, plain
from references.csl import read_item
from references.notices import Notice, NoticeType
from references.services import UnexpectedAnswer

MESSAGE: dict[str, Any] = {
    "DOI": "10.5555/one",
    "URL": "https://doi.org/10.5555/one",
    "type": "journal-article",
    "title": ["Milia &amp; <i>other</i> cysts"],
    "subtitle": ["A trial"],
    "container-title": ["Journal of Tests", "Tests"],
    "short-container-title": ["J. Tests"],
    "author": [
        {"family": "Author", "given": "Ada B", "sequence": "first", "affiliation": []},
        {"family": "de Wet", "given": "G J", "suffix": "Jr"},
        {"name": "Group of Tests", "sequence": "additional"},
        {"sequence": "additional"},
    ],
    "issued": {"date-parts": [[2015, 12]]},
    "published-online": {"date-parts": [[2015, 12]]},
    "published-print": {"date-parts": [[2016, 4, 12]]},
    "volume": "12",
    "issue": "3",
    "page": "1723-1730",
    "article-number": "e1",
    "publisher": "Test Press",
    "ISSN": ["1474-000X", "0140-0006"],
    "reference-count": 3,
}
RETRACTION = {
    "DOI": "10.5555/r",
    "type": "retraction",
    "label": "Retraction",
    "source": "publisher",
    "updated": {"date-parts": [[2024, 5, 6]]},
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*MESSAGE, "date-parts", "family", "type"]), inner)
    ),
    max_leaves=10,
)


def test_a_work_becomes_an_item() -> None:
    item = item_of(MESSAGE)
    assert item == {
        "type": "article-journal",
        "title": "Milia & other cysts: A trial",
        "container-title": "Journal of Tests",
        "container-title-short": "J Tests",
        "author": [
            {"family": "Author", "given": "Ada B"},
            {"family": "de Wet", "given": "G J", "suffix": "Jr"},
            {"literal": "Group of Tests"},
        ],
        "issued": {"date-parts": [[2016, 4, 12]]},
        "volume": "12",
        "issue": "3",
        "page": "1723-1730",
        "publisher": "Test Press",
        "DOI": "10.5555/one",
        "ISSN": "1474-000X",
    }
    assert read_item(item) == item


def test_an_address_and_an_article_number_stand_in_when_nothing_better_is_known() -> None:
    item = item_of({**MESSAGE, "DOI": None, "page": None})
    assert (item["URL"], item["page"]) == ("https://doi.org/10.5555/one", "e1")


@pytest.mark.parametrize(
    ("dates", "parts"),
    [
        ({"published-online": [2015, 1]}, [2015, 1]),
        ({"published-print": [None], "issued": [2014]}, [2014]),
        ({"issued": [2014, None, 3]}, [2014]),
        ({"issued": []}, None),
    ],
)
def test_the_date_in_print_comes_first(dates: dict[str, Any], parts: list[int] | None) -> None:
    message = {key: {"date-parts": [value]} for key, value in dates.items()}
    issued = item_of({"title": ["T"], **message}).get("issued")
    assert issued == ({"date-parts": [parts]} if parts else None)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("posted-content", "article"),
        ("book-chapter", "chapter"),
        ("proceedings-article", "paper-conference"),
        ("monograph", "book"),
        ("reference-book", "book"),
        ("report", "report"),
        ("dissertation", "thesis"),
        ("dataset", "dataset"),
        ("peer-review", "review"),
        ("what comes after", "document"),
        (None, "document"),
    ],
)
def test_types(theirs: str | None, ours: str) -> None:
    assert item_of({"title": ["T"], "type": theirs})["type"] == ours


def test_a_preprint_is_called_one() -> None:
    item = item_of({"title": ["T"], "type": "posted-content", "subtype": "preprint"})
    assert item["genre"] == "Preprint"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("<jats:italic>In vitro</jats:italic> tests", "In vitro tests"),
        ("H<sub>2</sub>O\n   and  water", "H2O and water"),
        ("&lt;i&gt;Milia&lt;/i&gt; &amp;amp; cysts", "Milia & cysts"),
        ("p &lt; 0.05 and q &gt; 0.1", "p < 0.05 and q > 0.1"),
        ('<mml:math xmlns:mml="x"><mml:mi>α</mml:mi></mml:math>-tests', "α-tests"),
    ],
)
def test_markup_leaves_titles(title: str, read: str) -> None:
    assert item_of({"title": [title]})["title"] == read


@pytest.mark.parametrize(
    ("title", "read", "is_retracted"),
    [
        ("RETRACTED: Milia", "Milia", True),
        ("Retracted: Milia", "Milia", True),
        ("RETRACTED ARTICLE: Milia", "Milia", True),
        ("[RETRACTED] Milia", "Milia", True),
        ("RETRACTED Milia", "Milia", True),
        ("Retracted \u2013 Milia", "Milia", True),
        ("RETRACTED:", "RETRACTED:", True),
        ("WITHDRAWN: Milia", "Milia", False),
        ("Retracted-nipple repair", "Retracted-nipple repair", False),
        ("RETRACTED NIPPLES", "RETRACTED NIPPLES", False),
        ("Retracted papers and their readers", "Retracted papers and their readers", False),
        ("Retraction: Milia", "Retraction: Milia", False),
    ],
)
def test_a_title_may_say_that_the_work_is_retracted(
    title: str, read: str, is_retracted: bool
) -> None:
    notice = Notice(NoticeType.RETRACTION, "a notice without a DOI", service="crossref")
    assert item_of({"title": [title]})["title"] == read
    assert notices_of_message({"title": [title]}) == ([notice] if is_retracted else [])


@pytest.mark.parametrize(
    ("title", "subtitle", "read"),
    [
        ("Milia", "a trial", "Milia: a trial"),
        ("Milia?", "a trial", "Milia? a trial"),
        ("Milia: a trial", "A trial", "Milia: a trial"),
        ("", "a trial", "a trial"),
    ],
)
def test_a_subtitle_follows_once(title: str, subtitle: str, read: str) -> None:
    assert item_of({"title": [title], "subtitle": [subtitle]})["title"] == read


def test_a_notice_is_told_once_whoever_tells_of_it() -> None:
    message = {
        "title": ["RETRACTED: Milia"],
        "updated-by": [
            RETRACTION,
            {**RETRACTION, "DOI": "10.5555/R", "source": "retraction-watch", "record-id": 7},
            {**RETRACTION, "DOI": "10.5555/c", "type": "expression_of_concern"},
        ],
    }
    assert notices_of_message(message) == [
        Notice(kind, doi, doi=doi, service="crossref", published="2024-05-06")
        for kind, doi in (
            (NoticeType.RETRACTION, "10.5555/r"),
            (NoticeType.CONCERN, "10.5555/c"),
        )
    ]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("correction", "correction"),
        ("corrigendum", "correction"),
        ("Erratum", "correction"),
        ("partial_retraction", "retraction"),
        ("withdrawal", "retraction"),
        ("removal", "retraction"),
        ("Expression of Concern", "expression-of-concern"),
        ("addendum", "other"),
        ("clarification", "other"),
        ("new_version", "other"),
        ("new_edition", "other"),
        ("what comes after", "other"),
    ],
)
def test_notices_are_judged_by_their_type(theirs: str, ours: str) -> None:
    update = {**RETRACTION, "type": theirs, "source": "retraction-watch", "updated": None}
    assert notices_of_message({"updated-by": [update]}) == [
        Notice(NoticeType(ours), "10.5555/r", doi="10.5555/r", service="retraction-watch")
    ]


def test_a_notice_without_a_good_doi_is_kept() -> None:
    update = {**RETRACTION, "DOI": "elsewhere", "updated": {"date-parts": [[2024]]}}
    assert notices_of_message({"updated-by": [update]}) == [
        Notice(
            NoticeType.RETRACTION, "a notice without a DOI", service="crossref", published="2024"
        )
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "T"},
        {"title": [["T"]]},
        {"volume": {}},
        {"volume": True},
        {"author": {}},
        {"author": ["Ada"]},
        {"issued": [2016]},
        {"issued": {"date-parts": 2016}},
        {"issued": {"date-parts": [2016]}},
        {"issued": {"date-parts": [["2016"]]}},
        {"title": ["x" * 20_001]},
        {"title": [f"&#{'9' * 5_000};"]},
    ],
)
def test_values_of_the_wrong_kind_have_a_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedAnswer, match="Crossref gave an answer that could not be used"):
        item_of(wrong)


@given(st.dictionaries(st.sampled_from([*MESSAGE, "subtitle", "editor", "updated-by"]), anything))
def test_nothing_else_is_raised(message: dict[str, Any]) -> None:
    for read in (item_of, notices_of_message, item_of_csl):
        with contextlib.suppress(UnexpectedAnswer):
            read(message)


@given(st.text())
def test_any_text_can_be_made_plain(text: str) -> None:
    assert "<i>" not in plain(f"<i>{text}</i>") or "<i" in text or "&" in text


def test_the_csl_of_doi_org_loses_what_is_not_of_csl() -> None:
    data = {
        "type": "dataset",
        "id": "https://doi.org/10.5555/d",
        "title": "RETRACTED: <i>Data</i>",
        "author": [{"family": "Author", "given": "Ada", "affiliation": [], "ORCID": "x"}],
        "issued": {"date-parts": [[2020]], "timestamp": 1},
        "ISSN": ["1474-000X"],
        "DOI": "10.5555/D",
        "URL": "https://data.example/",
        "copyright": "All",
        "source": "A register",
    }
    assert item_of_csl(data) == {
        "type": "dataset",
        "title": "Data",
        "author": [{"family": "Author", "given": "Ada"}],
        "issued": {"date-parts": [[2020]]},
        "ISSN": "1474-000X",
        "DOI": "10.5555/D",
    }
    assert item_of_csl({"title": 1, "type": "journal-article", "issued": 2020}) == {
        "type": "article-journal",
        "title": 1,
        "issued": 2020,
    }
    with pytest.raises(UnexpectedAnswer):
        item_of_csl([])
