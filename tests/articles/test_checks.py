"""What articles and techniques have to say."""

from typing import Any

import pytest

from articles.checks import (
    articles_without_key_points,
    incomplete_techniques,
    strong_words_on_weak_evidence,
)
from articles.content import Certainty
from publishing.checks import check
from tests import factories
from tests.publishing.checks.drafts import draft, places


def technique(certainty: Certainty = Certainty.LOW, **fields: Any) -> Any:
    content = factories.technique_content(**fields)
    assessments = tuple(
        each.model_copy(update={"certainty": certainty}) for each in content.assessments
    )
    return content.model_copy(update={"assessments": assessments})


def test_an_article_without_key_points_blocks() -> None:
    (finding,) = articles_without_key_points(draft(factories.article_content(key_points=())))
    assert (finding.code, finding.place, finding.blocks) == ("no-key-points", "key_points", True)
    assert list(articles_without_key_points(draft(factories.article_content()))) == []


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        ({"benefits": ""}, [("benefits", 0)]),
        ({"common_risks": "", "serious_risks": ""}, [("common_risks", 0)]),
        ({"common_risks": "", "serious_risks": "A scar."}, []),
        ({"assessments": ()}, [("assessments", 0)]),
        ({"unknowns": ""}, [("unknowns", 0)]),
        ({}, []),
    ],
)
def test_a_technique_tells_both_sides(lacking: dict[str, Any], expected: list[Any]) -> None:
    content = factories.technique_content(**lacking)
    assert places(incomplete_techniques(draft(content))) == expected


STRONG = (
    "It is effective.",
    "This is a proven way.",
    "The best of all options.",
    "It is not painful; it is effective.",
)
FAIR = (
    "It is not proven.",
    "Whether it is effective is open.",
    "No study shows that it is effective.",
    "How effective it is, nobody measured.",
    "It seems to help.",
)


@pytest.mark.parametrize("sentence", STRONG)
@pytest.mark.parametrize("certainty", [Certainty.LOW, Certainty.VERY_LOW, Certainty.NONE_FOUND])
def test_weak_evidence_is_not_called_strong(sentence: str, certainty: Certainty) -> None:
    content = technique(certainty, benefits=f"One.\n\n{sentence}", verdict=sentence)
    findings = list(strong_words_on_weak_evidence(draft(content)))
    assert places(findings) == [("benefits", 3), ("verdict", 0)]
    assert {finding.code for finding in findings} == {"strong-word"}


@pytest.mark.parametrize("sentence", FAIR)
def test_a_sentence_that_denies_it_is_fair(sentence: str) -> None:
    content = technique(benefits=sentence, verdict=sentence)
    assert list(strong_words_on_weak_evidence(draft(content))) == []


@pytest.mark.parametrize("certainty", [Certainty.MODERATE, Certainty.HIGH])
def test_good_evidence_may_be_called_so(certainty: Certainty) -> None:
    content = technique(certainty, benefits="It is effective.")
    assert list(strong_words_on_weak_evidence(draft(content))) == []


def test_an_article_does_not_say_more_of_a_technique_than_its_evidence(settings: Any) -> None:
    content = factories.article_content(
        body="Do nothing is effective.\n\nDo nothing is an option.\n\nLaser is effective.",
        techniques=("do-nothing",),
    )
    weak = {"included": [technique().to_data()]}
    assert places(strong_words_on_weak_evidence(draft(content, **weak))) == [("body", 1)]
    strong = {"included": [technique(Certainty.HIGH).to_data()]}
    assert list(strong_words_on_weak_evidence(draft(content, **strong))) == []
    settings.LANGUAGE_CODE = "de"
    assert list(strong_words_on_weak_evidence(draft(content, **weak))) == []


@pytest.mark.django_db
def test_other_kinds_of_page_are_not_asked_for_what_articles_have() -> None:
    content = factories.plain_page_content()
    codes = {finding.code for finding in check(content, draft(content).fragments)}
    assert codes.isdisjoint({"no-key-points", "technique-incomplete", "strong-word"})
