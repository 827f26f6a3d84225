"""Repeated texts and many posts from one place."""

from typing import Any

import pytest

from tests.comments.scoring.helpers import codes, scored

TEXT = "I had one on my eyelid for six years."


@pytest.mark.parametrize(
    ("around", "expected", "points"),
    [
        ({"same_text": 0}, [], 0),
        ({"same_text": 1}, ["repeated"], 60),
        ({"same_text": 2}, ["repeated"], 60),
        ({"same_text": 3}, ["repeated_often"], 100),
        ({"likest": 0.79}, [], 0),
        ({"likest": 0.8}, ["alike"], 50),
        ({"likest": 1.0, "same_text": 1}, ["repeated"], 60),
        ({"from_address": 4}, [], 0),
        ({"from_address": 5}, ["flood_address"], 50),
        ({"from_address": 19}, ["flood_address"], 50),
        ({"from_address": 20}, ["flood_address_high"], 100),
        ({"from_subnet": 19}, [], 0),
        ({"from_subnet": 20}, ["flood_subnet"], 30),
        ({"from_subnet": 99}, ["flood_subnet"], 30),
        ({"from_subnet": 100}, ["flood_subnet_high"], 70),
    ],
)
def test_repetition_counts(around: dict[str, Any], expected: list[str], points: int) -> None:
    verdict = scored(TEXT, **around)
    assert [reason.code for reason in verdict.reasons] == expected
    assert verdict.points == points


def test_short_texts_repeat_honestly() -> None:
    assert codes("Thank you!", same_text=50, likest=1.0) == []
    assert codes("Thank you!", same_text=0, likest=1.0) == []


def test_the_reasons_say_how_much() -> None:
    verdict = scored(TEXT, likest=0.876, from_address=7, from_subnet=30)
    assert [reason.message for reason in verdict.reasons] == [
        "88 % like another comment of the last 30 days.",
        "7 posts from the same connection within an hour.",
        "30 posts from the same network within an hour.",
    ]
    assert scored(TEXT, same_text=2).reasons[0].message == (
        "The same text was posted before, 2 times in 30 days."
    )
