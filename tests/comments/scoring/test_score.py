"""The verdict as a whole: order, sums, failures."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import scoring
from comments.scoring import Reason, Span, Submission, Verdict, score
from comments.scoring.reading import Reading
from comments.scoring.signals import SIGNALS, Signal
from comments.scoring.weights import PRIORITY_MAX, TEXT_MAX, WEIGHTS
from tests.comments.scoring.helpers import codes, scored

HONEST = "I had one on my eyelid for six years. My doctor said to leave it."
NOTES = "Never pop, needle, cut or squeeze a bump yourself."
PIECES = st.sampled_from(
    [
        *("pop it ", "a needle ", "stop taking ", "my pills ", "baby ", "cream ", "kill myself "),
        *(
            "don't ",
            ". ",
            "? ",
            "\n",
            "1",
            "+44 ",
            "0.5",
            "% ",
            "mg ",
            "@",
            " at ",
            "(dot)",
            ".com ",
        ),
        *("http://", "\u200b", "\u202e", "a", "а", "\u0301", "не", "\x00", "\ud800", "𝗕", "ﬁ", "İ"),
        *("ß", "😀"),
    ]
)


def test_an_honest_comment_has_nothing_to_be_said_about_it() -> None:
    assert scored(HONEST) == Verdict(
        points=0,
        reasons=(),
        is_spam=False,
        is_urgent=False,
        priority=0,
        needs_help_page=False,
        doubts=(),
    )


def test_a_verdict_tells_reasons_in_the_order_of_the_signals() -> None:
    text = "Stop taking your pills and call 01632 960001."
    assert scored(text, trap="http://x.example", token_age=2.0) == Verdict(
        points=150,
        reasons=(
            Reason("stop_medicine", 600, "Speaks of stopping a medicine.", (Span(0, 22),)),
            Reason("phone", 80, "Looks like a telephone number.", (Span(32, 44),)),
            Reason("trap", 100, "The hidden field was filled in."),
            Reason("haste", 50, "Sent 2.0 seconds after the check page."),
        ),
        is_spam=True,
        is_urgent=False,
        priority=530,
        needs_help_page=False,
        doubts=(
            "This speaks of stopping a medicine. Readers may take it as advice."
            " A moderator will look at it with care.",
            "This looks like a phone number. Leave it out? Everybody could read it.",
        ),
    )


def test_points_below_the_threshold_are_held_and_those_on_it_are_spam() -> None:
    held = scored(HONEST, from_address=5, token_age=2.9, email="")
    assert (held.points, held.is_spam) == (100, True)
    almost = scored(HONEST, from_address=5, email="a@yopmail.com")
    assert (almost.points, almost.is_spam) == (90, False)


def test_medical_words_alone_are_never_spam() -> None:
    text = (
        "Stop taking your pills. I popped mine with a needle. Rub cream on your baby. Take 100 mg"
        " minocycline. Call 01632 960001, mail a@example.com, 12 Maple Street. I want to die."
    )
    verdict = scored(text, safety_notes=NOTES)
    assert [reason.code for reason in verdict.reasons] == [
        "self_harm",
        "stop_medicine",
        "popping_against_notes",
        "babies",
        "dose",
        "phone",
        "email",
        "postal",
    ]
    assert (verdict.points, verdict.is_spam, verdict.is_urgent) == (0, False, True)


def test_words_of_self_harm_are_never_spam() -> None:
    verdict = scored("I want to die", trap="x")
    assert (verdict.is_spam, verdict.is_urgent, verdict.needs_help_page) == (False, True, True)
    assert verdict.priority == 1_900
    assert verdict.doubts == ()


def test_dangerous_advice_is_urgent_unless_it_is_spam() -> None:
    advice = "Stop taking your pills."
    assert scored(advice).is_urgent
    assert not scored(advice, trap="x").is_urgent
    assert not scored("Should I stop taking my pills?").is_urgent


def test_what_is_dangerous_comes_first_and_spam_last() -> None:
    texts = [
        "I want to die",
        "Stop taking your pills.",
        "Rub cream on your baby.",
        "I popped mine.",
        "I took 100 mg of minocycline.",
        "Should I stop taking my pills?",
        "Write to a@example.com",
        HONEST,
        "Cheap viagra http://x.example",
    ]
    priorities = [scored(text).priority for text in texts]
    assert priorities == sorted(priorities, reverse=True)
    assert len(set(priorities)) == len(texts)


def test_the_priority_stays_within_bounds() -> None:
    lots = scored(HONEST, trap="x", token_age=0, same_text=9, from_address=99, from_subnet=999)
    assert lots.priority == -460
    assert PRIORITY_MAX < 32_767
    highest = sum(weight.priority for weight in WEIGHTS.values())
    assert highest > 0


def _broken(_reading: Reading) -> Reason | None:
    raise ValueError("broken")


def test_a_signal_that_raises_holds_the_comment(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    signals: tuple[Signal, ...] = (_broken, *SIGNALS)
    monkeypatch.setattr(scoring, "SIGNALS", signals)
    with caplog.at_level(logging.CRITICAL):
        verdict = scored(HONEST, trap="x")
    assert verdict.reasons == (
        Reason("failed", 50, "The check “_broken” failed. Please look closely."),
        Reason("trap", 100, "The hidden field was filled in."),
    )
    assert (verdict.points, verdict.is_spam, verdict.priority) == (100, False, -50)


def test_a_failure_is_logged_without_the_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(scoring, "SIGNALS", (_broken,))
    scored("a private matter")
    assert [record.getMessage() for record in caplog.records] == [
        "A signal of the comment scoring failed: _broken"
    ]
    assert "a private matter" not in caplog.text


def test_every_weight_is_for_spam_or_for_the_queue() -> None:
    assert [
        code for code, weight in WEIGHTS.items() if bool(weight.spam) == bool(weight.priority)
    ] == []
    assert [code for code, weight in WEIGHTS.items() if weight.urgent] == [
        "self_harm",
        "stop_medicine",
        "popping_against_notes",
        "babies",
    ]


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    long = ("I had one. " * TEXT_MAX)[:TEXT_MAX]
    assert codes(long + " I want to die") == codes(long)
    assert scored("pop it with a needle! " * 50_000) == scored(
        ("pop it with a needle! " * 50_000)[:TEXT_MAX]
    )


@given(st.lists(PIECES, max_size=300).map("".join), st.text(max_size=100))
def test_no_text_is_too_strange(text: str, name: str) -> None:
    verdict = score(
        Submission(name=name, text=text, email=name, safety_notes=text, bad_words=frozenset({name}))
    )
    assert [reason for reason in verdict.reasons if reason.code == "failed"] == []
    for reason in verdict.reasons:
        assert all(0 <= span.start < span.end <= len(text) for span in reason.spans)
        assert list(reason.spans) == sorted(reason.spans)
        assert reason.code in WEIGHTS


@given(st.lists(PIECES, max_size=60).map("".join))
def test_the_same_text_has_the_same_verdict(text: str) -> None:
    assert scored(text) == scored(text)


def test_a_name_is_asked_for_what_is_personal_and_for_despair() -> None:
    verdict = scored(HONEST, name="jane.roe@example.org 0113 496 0000")
    assert [(reason.code, reason.spans) for reason in verdict.reasons] == [
        ("phone", ()),
        ("email", ()),
    ]
    assert verdict.reasons[0].message == "In the name: Looks like a telephone number."
    assert scored(HONEST, name="I want to die").needs_help_page
    both = scored("Call me on 0113 496 0000.", name="0113 496 0000")
    assert [reason.code for reason in both.reasons] == ["phone"]
