"""Words of self-harm."""

import pytest

from tests.comments.scoring.helpers import codes, scored, shown


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("I want to die", "want to die"),
        ("I am not suicidal, but I am tired.", "suicidal"),
        ("kys", "kys"),
        ("You should kill yourself", "kill yourself"),
        ("I don’t want to be here anymore", "don’t want to be here"),
        ("My brother took his own life", "took his own life"),
        ("I can't go on.", "can't go on"),
        ("I have been cutting myself", "been cutting myself"),
        ("sui\u200bcide", "sui\u200bcide"),
    ],
)
def test_words_of_self_harm_are_seen(text: str, span: str) -> None:
    assert shown(text)["self_harm"] == [span]
    assert scored(text).needs_help_page
    assert scored(text).doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "I am dying to know.",
        "My feet were killing me.",
        "I cut myself shaving.",
        "I would kill for clear skin.",
        "I can't go on holiday.",
        "Dead skin is what they are.",
        "No reason to live in fear of a dot.",
        "I don't want to live near that clinic.",
    ],
)
def test_figures_of_speech_are_fine(text: str) -> None:
    assert codes(text) == []
    assert not scored(text).needs_help_page
