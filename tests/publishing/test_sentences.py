"""What a page says on the word of which source."""

from typing import Any

import pytest

from articles.content import ArticleContent, Assessment, TechniqueContent
from publishing.markdown import Environment, Term, render
from publishing.sentences import MAX_SENTENCE, sentences_by_source
from tests import factories


def found(text: str, **fields: Any) -> dict[str, list[tuple[str, bool]]]:
    content = factories.article_content(body=text)
    return by_source(content, text)


def by_source(
    content: ArticleContent | TechniqueContent, text: str = ""
) -> dict[str, list[tuple[str, bool]]]:
    sentences = sentences_by_source(content, {"body": render(text)})
    return {key: [(each.text, each.alone) for each in some] for key, some in sentences.items()}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Milia are cysts [@a].", ["Milia are cysts."]),
        ("Milia are cysts. [@a]", ["Milia are cysts."]),
        ("One. Milia are *cysts* [@a], small ones. Three.", ["Milia are cysts, small ones."]),
        ("One [@a]. Two. Three [@a]?", ["One.", "Three?"]),
        ("Does it “go away?”[@a] It does.", ["Does it “go away?”"]),
        ("About 1.5 mm, e.g. on lids [@a]. Two.", ["About 1.5 mm, e.g. on lids."]),
        ("- First [@a]\n- Second\n", ["First"]),
        ("| A | B |\n|---|---|\n| one | two [@a] |\n", ["two"]),
        ("a < b & c [@a].", ["a < b & c."]),
        ("## Heading\n\nText [@a].", ["Text."]),
        ("[@a]", []),
    ],
)
def test_the_sentence_around_a_citation_is_found(text: str, sentences: list[str]) -> None:
    assert found(text).get("a", []) == [(sentence, True) for sentence in sentences]


def test_a_sentence_rests_on_one_source_alone_or_on_several() -> None:
    assert found("One [@a; @b]. Two [@a] three [@b]. Four [@a] five [@a, p. 3].") == {
        "a": [("One.", False), ("Two three.", False), ("Four five.", True)],
        "b": [("One.", False), ("Two three.", False)],
    }


def test_what_a_term_means_is_no_part_of_the_sentence() -> None:
    term = Term(slug="milium", term="milium", definition="A cyst. Small.", also=("milia",))
    text = "Their milia go [@a]."
    fragments = {"body": render(text, Environment(terms={"milium": term}))}
    sentences = sentences_by_source(factories.article_content(body=text), fragments)
    assert sentences == {"a": [("Their milia go.", True)]}


def test_a_long_sentence_is_cut() -> None:
    ((text, _alone),) = found("word " * 500 + "[@a].")["a"]
    assert len(text) == MAX_SENTENCE


def test_the_sentence_of_an_assessment_counts() -> None:
    assessment = Assessment(
        condition="milia",
        certainty="low",
        basis="Case reports.",
        references=("a", "b"),
        sentence="It may help.",
    )
    content = factories.technique_content(assessments=(assessment,))
    assert by_source(content) == {"a": [("It may help.", False)], "b": [("It may help.", False)]}
