"""Content documents as Markdown files with front matter, read without guessing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from articles import content as documents
from faq.content import QuestionContent
from publishing.content import Credit, PageContent
from publishing.files import MAX_FILE, BadFile, read_document, read_yaml, write_document
from tests import factories

SPECIAL = [
    "no",
    "1.10",
    "~",
    "null",
    "---",
    "- x",
    "a: b",
    "# x",
    "'",
    '"',
    "|",
    "&a",
    "*a",
    "\t",
    "é",
    "2001-01-01",
    " ",
]
lines = st.one_of(
    st.sampled_from(SPECIAL), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)
titles = lines.map(lambda text: f"T {text}")
slugs = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}\Z")
texts = st.lists(lines, max_size=5).map("\n".join)


def base() -> dict[str, Any]:
    return {
        "slug": slugs,
        "title": titles,
        "condition": st.none() | slugs,
        "contributors": st.lists(slugs.map(lambda slug: Credit(contributor=slug)), max_size=2),
    }


articles = st.builds(
    documents.ArticleContent,
    **base(),
    standfirst=lines,
    key_points=st.lists(titles, max_size=3),
    adults_only=st.booleans(),
    body=texts,
    limits=texts,
    techniques=st.lists(slugs, max_size=3, unique=True),
    searched_on=st.none() | st.dates(),
)
techniques = st.builds(
    documents.TechniqueContent,
    **base(),
    verdict=lines,
    invasiveness=st.integers(0, 1000),
    how_it_works=texts,
    benefits=texts,
    cost_band=st.sampled_from(documents.CostBand),
)
glossaries = st.builds(
    documents.GlossaryContent,
    **base(),
    introduction=texts,
    terms=st.lists(
        st.builds(documents.Term, slug=slugs, term=titles, definition=titles),
        max_size=3,
        unique_by=lambda term: term.slug,
    ),
)
questions = st.builds(QuestionContent, **base(), short_answer=lines, answer=texts)
pages = st.builds(documents.PlainPageContent, **base(), lead=lines, body=texts)
conditions = st.builds(
    documents.ConditionContent,
    **base(),
    also_called=st.lists(titles, max_size=3),
    overview=lines,
    body=texts,
)
anything = st.one_of(articles, techniques, glossaries, questions, pages, conditions)


@settings(max_examples=150)
@given(anything)
def test_a_document_survives_file_and_json_unchanged(content: PageContent) -> None:
    assert read_document(write_document(content)) == content
    again = type(content).from_data(content.to_data())
    assert again == content
    assert again.to_json() == content.to_json()
    assert again.sha256() == content.sha256()


@settings(max_examples=50)
@given(anything)
def test_a_stored_document_reads_as_it_was_written(content: PageContent) -> None:
    assert type(content).from_data(content.to_data(), stored=True) == content


def test_scalars_are_texts_whatever_yaml_would_make_of_them() -> None:
    assert read_yaml("a: no\nb: 1.10\nc: 2001-01-01\nd:\ne: ''\nf: [x, ~]") == {
        "a": "no",
        "b": "1.10",
        "c": "2001-01-01",
        "d": None,
        "e": "",
        "f": ["x", "~"],
    }
    assert read_yaml("") is None


FRONT = "---\nkind: page\nschema: 1\nslug: a\ntitle: A\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no front matter", "line 1: "),
        ("---\n- a\n---\n", "line 2: "),
        ("---\nslug: a\n---\n", "field “kind”: "),
        ("---\nkind: novel\n---\n", "field “kind”: "),
        (f"{FRONT}title: B\n---\n", "line 6: "),
        (f"{FRONT}lead: &x y\n---\n", "line 5: "),
        (f"{FRONT}lead: *x\n---\n", "line 5: "),
        (f"{FRONT}lead: [a\n---\n", "line 7: "),
        (f"{FRONT}? [a]\n: b\n---\n", "line 6: "),
        (f"{FRONT}body: x\n---\n", "field “body”: "),
        (f"{FRONT}colour: red\n---\n", "field “colour”: "),
        (FRONT.replace("title: A\n", "") + "---\n", "field “title”: "),
        (FRONT.replace("slug: a", "slug: A b") + "---\n", "field “slug”: "),
        (FRONT.replace("schema: 1", "schema: 9") + "---\n", "field “schema”: "),
        (FRONT.replace("schema: 1\n", "") + "---\n", "field “schema”: "),
        (f"{FRONT}contributors: {'[' * 5000}\n---\n", "YAML"),
        ("x" * (MAX_FILE + 1), "characters"),
    ],
)
def test_a_bad_file_names_the_line_or_the_field_and_the_reason(text: str, told: str) -> None:
    with pytest.raises(BadFile) as bad:
        read_document(text)
    assert told in str(bad.value)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = "\ufeff" + f"{FRONT}---\n\nBody.\n".replace("\n", "\r\n")
    assert read_document(text) == factories.plain_page_content("a", title="A", body="Body.")


class OldPage(documents.PlainPageContent):
    """A page of which an older schema called the lead "intro"."""

    current_schema = 2
    upgrades = {1: lambda data: {"lead": data.pop("intro"), **data}}


def test_an_old_document_is_upgraded_when_it_is_read() -> None:
    data = {"kind": "page", "schema": 1, "slug": "a", "title": "A", "intro": "Hello"}
    page = OldPage.from_data(data)
    assert page.lead == "Hello"
    assert page.to_data()["schema"] == 2
    assert data["intro"] == "Hello"


@pytest.mark.parametrize(
    ("model", "fields", "told"),
    [
        (documents.ArticleContent, {"techniques": ["a", "a"]}, "twice"),
        (documents.ArticleContent, {"body": "x" * 60_000}, "at most"),
        (documents.TechniqueContent, {"invasiveness": -1}, "greater"),
        (QuestionContent, {"order": 1_001}, "less than or equal"),
        (documents.GlossaryContent, {"terms": [{"slug": "a", "term": "A"}]}, "definition"),
    ],
)
def test_a_document_refuses_what_no_page_can_have(
    model: type[PageContent], fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        model(slug="a", title="A", **fields)


def test_what_stands_twice_is_refused() -> None:
    term = {"slug": "a", "term": "A", "definition": "x"}
    with pytest.raises(ValidationError, match="A term is listed twice"):
        documents.GlossaryContent(slug="a", title="A", terms=[term, term])
    (assessment,) = factories.technique_content().assessments
    with pytest.raises(ValidationError, match="A condition is assessed twice"):
        factories.technique_content(assessments=(assessment, assessment))


def test_texts_are_cleaned_at_the_entrance() -> None:
    page = factories.plain_page_content(title="A\u202e\x00 \n b", body="\r\nx\x0by\r\n")
    assert (page.title, page.body) == ("A b", "x\ny")
