import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from articles.content import PlainPageContent
from publishing.content import (
    MAX_MARKDOWN,
    Credit,
    Markdown,
    MarkdownBlock,
    PageContent,
    UnknownSchema,
)
from tests import factories

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def page(**fields: Any) -> PlainPageContent:
    return factories.plain_page_content(**fields)


class Recipe(PageContent):
    """A kind in its third schema: `text` was called `words` first, then `prose`."""

    kind: ClassVar[str] = "recipe"
    current_schema: ClassVar[int] = 3
    body_field: ClassVar[str] = "text"
    upgrades: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {
        1: lambda data: {**without(data, "words"), "prose": data["words"]},
        2: lambda data: {**without(data, "prose"), "text": data["prose"]},
    }

    text: Markdown = ""


def without(data: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}


@pytest.mark.parametrize(
    ("number", "field"), [(1, "words"), (2, "prose"), (3, "text"), ("3", "text")]
)
def test_a_document_of_an_older_schema_is_upgraded_when_it_is_read(number: Any, field: str) -> None:
    data = {"kind": "recipe", "schema": number, "slug": "a", "title": "A", field: "Stir."}
    assert Recipe.from_data(data) == Recipe(slug="a", title="A", text="Stir.")
    assert field in data  # and the old document itself is left as it was


@pytest.mark.parametrize(
    "number", [None, "", "x", "-1", -1, 0, "0", 4, 1.0, [1], "²", True, "9" * 5000]
)
def test_a_schema_that_nobody_knows_is_refused(number: object) -> None:
    with pytest.raises(UnknownSchema, match="not a document this version can read"):
        Recipe.from_data({"kind": "recipe", "schema": number, "slug": "a", "title": "A"})


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(UnknownSchema, match="kind article"):
        Recipe.from_data({"kind": "article", "schema": 3, "slug": "a", "title": "A"})


@given(title=anything.map("x{}".format), lead=anything, body=anything)
def test_a_document_comes_back_from_its_json(title: str, lead: str, body: str) -> None:
    content = page(title=title, lead=lead, body=body)
    read = PlainPageContent.from_data(json.loads(content.to_json()))
    assert (read, read.to_json()) == (content, content.to_json())
    assert PlainPageContent.from_data(content.to_data(), stored=True) == content


def test_the_json_of_a_document_is_canonical() -> None:
    content = page(body='Ä "B"', contributors=(Credit(contributor="ann"),))
    text = (
        '{"body":"Ä \\"B\\"","condition":null,'
        '"contributors":[{"contributor":"ann","role":"author"}],'
        '"kind":"page","lead":"","schema":1,"slug":"about","title":"About"}'
    )
    assert content.to_json() == text
    assert content.sha256() == hashlib.sha256(text.encode()).hexdigest()


def test_one_letter_more_is_another_text() -> None:
    assert page(body="One.").sha256() != page(body="One. ").sha256()
    assert page(body="One.").sha256() == page(body="One.").sha256()


def test_texts_are_cleaned_when_a_document_is_made_but_not_when_it_was_stored() -> None:
    dirty = {"lead": " two\n lines\x00 ", "body": "\n\nOne\r\ntwo\x00\n"}
    content = page(**dirty)
    assert (content.lead, content.body) == ("two lines", "One\ntwo")
    raw = {**content.to_data(), **dirty}
    assert PlainPageContent.from_data(raw) == content
    assert PlainPageContent.from_data(raw, stored=True).lead == dirty["lead"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "About us"),
        ("slug", "a--b"),
        ("slug", "a" * 81),
        ("slug", "about\n"),
        ("title", ""),
        ("title", " \u202e "),
        ("title", "t" * 201),
        ("lead", "l" * 301),
        ("body", "b" * (MAX_MARKDOWN + 1)),
        ("condition", "Milia"),
        ("contributors", [{"contributor": "ann", "role": "owner"}]),
        ("colour", "red"),
    ],
)
def test_a_field_with_a_wrong_value_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        page(**{field: value})
    assert [error["loc"][0] for error in caught.value.errors()] == [field]


def test_a_document_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(page(), "title", "Another")  # noqa: B010 - mypy would refuse the assignment


def test_a_kind_that_says_no_more_has_no_facts_for_lists() -> None:
    recipe = Recipe(slug="a", title="A")
    assert (recipe.summary, recipe.part_of, recipe.position) == ("", None, 0)
    assert (recipe.includes, recipe.defines, recipe.bare_citations()) == ((), (), ())
    with pytest.raises(NotImplementedError):
        recipe.markdown_blocks()


def test_a_block_stands_by_itself() -> None:
    block = MarkdownBlock(name="body", text="One.")
    assert (block.inline, block.prefix) == (False, "")
