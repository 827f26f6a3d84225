"""The hidden field, haste, and addresses that are thrown away."""

import pytest

from tests.comments.scoring.helpers import codes, scored

TEXT = "I had one on my eyelid."


def test_a_filled_trap_is_spam() -> None:
    assert codes(TEXT, trap="https://shop.example") == ["trap"]
    assert scored(TEXT, trap="x").is_spam
    assert codes(TEXT, trap="") == []


@pytest.mark.parametrize(
    ("age", "expected", "points"),
    [
        (60.0, [], 0),
        (3.0, [], 0),
        (2.9, ["haste"], 50),
        (1.0, ["haste"], 50),
        (0.9, ["haste_extreme"], 90),
        (-5.0, ["haste_extreme"], 90),
    ],
)
def test_haste_counts(age: float, expected: list[str], points: int) -> None:
    assert codes(TEXT, token_age=age) == expected
    assert scored(TEXT, token_age=age).points == points


@pytest.mark.parametrize(
    "email",
    ["a@mailinator.com", "A@MAILINATOR.COM", "a@x.yopmail.com", "a@trashmail.de.", " a@grr.la "],
)
def test_an_address_to_be_thrown_away_counts(email: str) -> None:
    assert codes(TEXT, email=email) == ["disposable"]


@pytest.mark.parametrize("email", ["", "a@example.com", "mailinator.com@example.com", "@", "a@"])
def test_other_addresses_do_not_count(email: str) -> None:
    assert codes(TEXT, email=email) == []


def test_the_owners_domains_stand_beside_the_built_in_ones() -> None:
    domains = frozenset({"fleeting.example"})
    assert codes(TEXT, email="a@fleeting.example", disposable=domains) == ["disposable"]
    assert codes(TEXT, email="a@mailinator.com", disposable=domains) == ["disposable"]
    assert codes(TEXT, email="a@lasting.example", disposable=domains) == []
