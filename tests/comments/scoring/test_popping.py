"""Popping, pricking, cutting and squeezing."""

import pytest

from tests.comments.scoring.helpers import codes, scored, shown

NOTES = "See a dermatologist. Never pop or squeeze a bump."


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("I popped mine with a needle.", ["popped", "needle"]),
        ("Don't wait, just pop it.", ["pop"]),
        ("No need to see a doctor, prick it.", ["prick"]),
        ("Cut it open and press it out.", ["Cut it open", "press it out"]),
        ("A needle works better than any cream.", ["needle"]),
        ("Squeezing is what I do.", ["Squeezing"]),
        ("My nurse friend lanced hers at home.", ["lanced"]),
        ("I picked at my face for a week.", ["picked at my face"]),
        ("Press hard from both sides.", ["Press hard"]),
        ("Pierce with a pin", ["Pierce", "pin"]),
        ("p\u200bop it", ["p\u200bop"]),
    ],
)
def test_popping_is_seen(text: str, spans: list[str]) -> None:
    assert shown(text)["popping"] == spans


@pytest.mark.parametrize(
    "text",
    [
        "Don't pop them, please.",
        "I would never use a needle on my own face.",
        "My dermatologist took it out with a needle.",
        "It was lanced by the eye doctor in a minute.",
        "It popped up overnight.",
        "I have to pop to the chemist.",
        "I am scared of needles.",
        "A blade of grass.",
        "Popping is a bad idea.",
        "I cut dairy out of my diet.",
        "I picked my daughter up from school.",
        "Instead of squeezing I waited.",
        "Burst pipes at home.",
        "Never pop, needle, cut or squeeze them.",
    ],
)
def test_what_is_denied_done_by_professionals_or_something_else_is_not(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Can I pop it?",
        "Why can't I just squeeze them?",
        "can i use a pin",
        "Would a lancet do?",
        "Is popping really that bad?",
        "Hello! What if I pop one by accident",
    ],
)
def test_questions_weigh_less(text: str) -> None:
    verdict = scored(text, safety_notes=NOTES)
    assert [(reason.code, reason.points) for reason in verdict.reasons] == [("popping_asked", 100)]
    assert not verdict.is_urgent


def test_a_question_that_a_professional_answers_is_none() -> None:
    assert codes("Does the nurse prick it?") == []


def test_it_is_urgent_against_the_safety_notes_of_the_page() -> None:
    text = "I popped mine."
    against = scored(text, safety_notes=NOTES)
    without = scored(text, safety_notes="See a doctor if it bleeds.")
    assert [(reason.code, reason.points) for reason in against.reasons] == [
        ("popping_against_notes", 600)
    ]
    assert [(reason.code, reason.points) for reason in without.reasons] == [("popping", 300)]
    assert (against.is_urgent, without.is_urgent) == (True, False)
    assert len(against.doubts) == 1
    assert without.doubts == ()


def test_only_so_many_acts_are_looked_at() -> None:
    assert len(scored("pop it. " * 200).reasons[0].spans) == 50
