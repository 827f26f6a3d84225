"""How easy a text is to read, its headings, and words that need others beside them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from publishing.checks import Level, check
from publishing.checks.headings import long_stretches, question_headings, skipped_levels
from publishing.checks.reading import (
    exclamations,
    hard_texts,
    long_paragraphs,
    long_sentences,
    passives,
    reading_grade,
)
from publishing.checks.wording import colours_of_light_skin, unexplained_terms
from publishing.markdown import Term
from tests import factories
from tests.publishing.checks.drafts import draft, found, page, places

EASY = ["The cat sat on the mat and had a nap."] * 12
HARD = [
    "Histopathological examination demonstrates infundibular keratinisation, characteristically "
    "accompanied by perifollicular inflammation and epidermal hyperplasia."
] * 12


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 120 words in 12 sentences with 120 syllables: 0.39 * 10 + 11.8 * 1 - 15.59
    assert reading_grade(EASY) == pytest.approx(0.11, abs=0.005)
    assert reading_grade(HARD) > 16
    assert reading_grade(EASY[:9]) == 0.0


def test_a_hard_text_is_worth_a_look_and_a_short_or_easy_one_is_not(settings: Any) -> None:
    (finding,) = found(hard_texts, " ".join(HARD))
    assert (finding.code, finding.level, finding.place) == ("reading-grade", Level.WARN, "")
    assert found(hard_texts, " ".join(EASY)) == []
    assert found(hard_texts, HARD[0]) == []
    settings.LANGUAGE_CODE = "fr"
    assert found(hard_texts, " ".join(HARD)) == []


def words(number: int) -> str:
    return "Word " + "word " * (number - 2) + "end."


def test_a_sentence_over_25_words_is_long() -> None:
    assert found(long_sentences, words(25)) == []
    (finding,) = found(long_sentences, f"Short.\n\n{words(26)}")
    assert (finding.code, finding.line) == ("long-sentence", 3)
    assert "26 words" in finding.message


def test_a_paragraph_over_three_sentences_is_long_but_a_list_is_not() -> None:
    assert found(long_paragraphs, "One. Two. Three.\n\nFour.") == []
    assert found(long_paragraphs, "- One. Two. Three. Four.") == []
    (finding,) = found(long_paragraphs, "One.\n\nOne. Two. Three. Four.")
    assert (finding.code, finding.line, finding.quote) == ("long-paragraph", 3, "One.")


@pytest.mark.parametrize(
    "sentence",
    ["The bump is removed.", "They were gently pressed out.", "It has been shown often."],
)
def test_passive_sentences_are_told_of_once_a_field(sentence: str) -> None:
    (finding,) = found(passives, f"Active words.\n\n{sentence}\n\n{sentence}")
    assert (finding.code, finding.line, finding.quote) == ("passive", 3, sentence)
    assert "2 sentences here are passive" in finding.message


@pytest.mark.parametrize("sentence", ["We remove it.", "It is red.", "They are often tiny."])
def test_active_sentences_are_left_alone(sentence: str) -> None:
    assert found(passives, sentence) == []


def test_an_exclamation_mark_is_worth_a_look_but_that_of_a_picture_is_not() -> None:
    assert len(found(exclamations, "Never pop them!")) == 1
    assert found(exclamations, "![x](image:skin)\n\nCalm.") == []


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("## A\n\n### B\n\n#### C\n\n## D", []),
        ("### A", [1]),
        ("## A\n\n#### B\n\nx", [3]),
        ("## A\n\n#### B\n\n### C\n\n#### D", [3]),
        ("No heading.", []),
    ],
)
def test_levels_of_headings_are_not_skipped(body: str, lines: list[int]) -> None:
    assert [finding.line for finding in found(skipped_levels, body)] == lines


def test_a_field_below_a_heading_of_its_own_may_begin_with_any_level() -> None:
    content = factories.article_content(body="## A", limits="### B\n\n#### C")
    assert list(skipped_levels(draft(content))) == []


def test_a_heading_tells_and_does_not_ask() -> None:
    (finding,) = found(question_headings, "## Tells\n\nx\n\n## Does it ask?\n\nx")
    assert (finding.code, finding.line, finding.quote) == ("question-heading", 5, "Does it ask?")


@pytest.mark.django_db
def test_questions_may_ask() -> None:
    content = factories.question_content(answer="## Does it ask?\n\nYes.")
    codes = {finding.code for finding in check(content, draft(content).fragments)}
    assert "question-heading" not in codes


def test_over_300_words_need_a_heading_and_are_told_of_once() -> None:
    stretch = "\n\n".join([words(100)] * 3)
    assert found(long_stretches, f"{stretch}\n\n## A\n\n{stretch}") == []
    (finding,) = found(long_stretches, f"## A\n\n{stretch}\n\n{stretch}")
    assert (finding.code, finding.line) == ("long-without-heading", 3)


def test_a_colour_of_light_skin_needs_a_sentence_on_darker_skin(settings: Any) -> None:
    (finding,) = found(colours_of_light_skin, "Calm.\n\nThe skin turns red.")
    assert (finding.code, finding.line) == ("colour-of-light-skin", 3)
    assert found(colours_of_light_skin, "It turns red. On darker skin it looks brown.") == []
    assert found(colours_of_light_skin, "It is reduced.") == []
    settings.LANGUAGE_CODE = "de"
    assert found(colours_of_light_skin, "The skin turns red.") == []


def test_a_term_in_the_summary_stands_before_it_is_explained() -> None:
    terms = (Term("keratin", "Keratin", "A protein."), Term("milia", "Milia", "Cysts."))
    content = page("x", title="Milia", lead="Milia are cysts of keratin.")
    (finding,) = unexplained_terms(draft(content, terms=terms))
    assert (finding.code, finding.quote) == ("unexplained-term", "keratin")
    assert list(unexplained_terms(draft(content))) == []
    glossary = factories.glossary_content()
    assert list(unexplained_terms(draft(glossary, terms=terms[:1]))) == []


@pytest.mark.django_db
def test_of_one_thing_worth_a_look_ten_are_shown_and_what_blocks_comes_first() -> None:
    body = "\n\n".join(["Never!"] * 12 + ["They took 50 mg."] * 12)
    content = page(body)
    findings = check(content, draft(content).fragments)
    codes = [finding.code for finding in findings]
    assert (codes.count("exclamation"), codes.count("uncited-dose")) == (10, 12)
    assert [finding.blocks for finding in findings] == sorted(
        (finding.blocks for finding in findings), reverse=True
    )


HOSTILE = st.text(alphabet='a1%. !?#*[](@\n-mg<>&"', max_size=300)


@pytest.mark.django_db
@limits(max_examples=60)
@given(HOSTILE)
def test_no_text_breaks_a_rule_and_every_place_is_in_it(text: str) -> None:
    content = page(text)
    lines = content.to_data()["body"].count("\n") + 1
    for finding in check(content, draft(content).fragments):
        assert finding.place in {"", "body", "summary"}
        assert 0 <= finding.line <= lines
    assert places([]) == []
