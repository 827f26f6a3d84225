from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from articles.content import TECHNIQUE_TEXTS, Assessment, Certainty, Term, Video
from publishing.content import PageContent
from tests import factories

VIDEO = {"file": "a.mp4", "captions": "a.vtt", "transcript": "Words."}
TERM = {"slug": "keratin", "term": "Keratin", "definition": "A protein."}
ASSESSMENT = {"condition": "milia", "certainty": "low", "basis": "", "sentence": ""}


def test_an_article_says_what_lists_show_and_which_techniques_it_covers() -> None:
    article = factories.article_content(techniques=("needle", "laser"))
    assert article.summary == "Milia are harmless and may be left alone."
    assert article.includes == ("needle", "laser")
    assert (article.position, article.part_of, article.defines) == (0, None, ())


def test_the_blocks_of_an_article_stand_in_reading_order() -> None:
    article = factories.article_content(
        key_points=("One.", "Two."),
        lead_image="skin",
        safety_level="urgent",
        safety_notes="Go.",
        video=Video(**VIDEO),
    )
    assert [(block.name, block.text, block.inline) for block in article.markdown_blocks()] == [
        ("key_points.0", "One.", True),
        ("key_points.1", "Two.", True),
        ("safety_notes", "Go.", False),
        ("lead_figure", "![](image:skin)", False),
        ("body", article.body, False),
        ("transcript", "Words.", False),
        ("limits", article.limits, False),
    ]
    texts = {block.name: block.text for block in factories.article_content().markdown_blocks()}
    assert (texts["lead_figure"], texts["transcript"]) == ("", "")


def test_a_technique_says_how_invasive_it_is_and_what_it_rests_on() -> None:
    technique = factories.technique_content(invasiveness=30)
    assert (technique.position, technique.summary) == (30, "A sound choice.")
    assert [bare.citekeys for bare in technique.bare_citations()] == [("berk2008",)]
    names = [block.name for block in technique.markdown_blocks()]
    assert names == ["assessments.0", *TECHNIQUE_TEXTS]
    assert {block.prefix for block in technique.markdown_blocks()} == {"t-do-nothing-"}


def test_the_references_of_an_assessment_stand_once_and_in_order() -> None:
    assessment = Assessment(
        condition="milia",
        certainty=Certainty.LOW,
        basis="",
        references=("b", "a", "b"),
        sentence="",
    )
    assert assessment.references == ("a", "b")


def test_a_condition_a_glossary_and_a_plain_page_say_what_lists_show() -> None:
    assert factories.condition_content().summary == "Small bumps."
    assert factories.plain_page_content(lead="Who.").summary == "Who."
    assert factories.glossary_content().defines == ("keratin",)
    for content in (factories.condition_content(), factories.plain_page_content()):
        assert content.markdown_blocks()[-1].text == content.body
    blocks = factories.glossary_content().markdown_blocks()
    assert [(block.name, block.inline) for block in blocks] == [
        ("introduction", False),
        ("terms.0", True),
    ]


@pytest.mark.parametrize(
    ("make", "fields", "place"),
    [
        (factories.article_content, {"techniques": ["a", "a"]}, ()),
        (factories.article_content, {"techniques": ["A"]}, ("techniques", 0)),
        (factories.article_content, {"key_points": [""]}, ("key_points", 0)),
        (factories.article_content, {"key_points": ["x"] * 11}, ("key_points",)),
        (factories.article_content, {"safety_level": "mild"}, ("safety_level",)),
        (factories.article_content, {"safety_heading": "h" * 201}, ("safety_heading",)),
        (factories.article_content, {"searched_on": "yesterday"}, ("searched_on",)),
        (factories.article_content, {"adults_only": "perhaps"}, ("adults_only",)),
        (factories.article_content, {"video": VIDEO | {"captions": ""}}, ("video", "captions")),
        (factories.article_content, {"video": VIDEO | {"file": "v" * 101}}, ("video", "file")),
        (
            factories.article_content,
            {"video": VIDEO | {"transcript": "\n"}},
            ("video", "transcript"),
        ),
        (factories.technique_content, {"assessments": [ASSESSMENT] * 2}, ()),
        (
            factories.technique_content,
            {"assessments": [ASSESSMENT | {"certainty": "sure"}]},
            ("assessments", 0, "certainty"),
        ),
        (
            factories.technique_content,
            {"assessments": [ASSESSMENT | {"references": ["no key"]}]},
            ("assessments", 0, "references", 0),
        ),
        (
            factories.technique_content,
            {"assessments": [ASSESSMENT | {"references": "berk2008"}]},
            ("assessments", 0, "references"),
        ),
        (factories.technique_content, {"assessments": ["low"]}, ("assessments", 0)),
        (factories.technique_content, {"invasiveness": 1001}, ("invasiveness",)),
        (factories.technique_content, {"setting": "moon"}, ("setting",)),
        (factories.condition_content, {"also_called": [""]}, ("also_called", 0)),
        (factories.glossary_content, {"terms": [TERM, TERM]}, ()),
        (
            factories.glossary_content,
            {"terms": [TERM | {"also": ["a;b"]}]},
            ("terms", 0, "also", 0),
        ),
        (
            factories.glossary_content,
            {"terms": [TERM | {"also": ["k" * 200, "l" * 200, "m" * 97]}]},
            ("terms", 0),
        ),
        (
            factories.glossary_content,
            {"terms": [TERM | {"definition": ""}]},
            ("terms", 0, "definition"),
        ),
        (factories.plain_page_content, {"lead": "l" * 301}, ("lead",)),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(
    make: Callable[..., PageContent], fields: dict[str, Any], place: tuple[object, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        make(**fields)
    assert [error["loc"] for error in caught.value.errors()] == [place]


def test_a_term_takes_other_forms_up_to_the_last_letter() -> None:
    forms = ("k" * 200, "l" * 200, "m" * 96)
    assert Term(**TERM, also=forms).also == forms
