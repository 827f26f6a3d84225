"""Words of spam, of advertising, of praise, and those of the owner's list."""

import pytest

from tests.comments.scoring.helpers import codes, scored, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cheap VIAGRA here", {"sold": ["VIAGRA"]}),
        ("v\u200bi\u200bagra", {"sold": ["v\u200bi\u200bagra"], "invisible": ["\u200b", "\u200b"]}),
        ("vіаgrа", {"sold": ["vіаgrа"], "scripts": ["vіаgrа"]}),
        ("online casino and payday loans", {"sold": ["casino", "payday loans"]}),
        ("Click here, buy now", {"pitch": ["Click here", "buy now"]}),
        ("visit my web site", {"pitch": ["visit my web site"]}),
        (
            "Keep up the good work, admin of this site",
            {"flattery": ["Keep up the good work", "admin of this"]},
        ),
    ],
)
def test_words_of_spam_are_shown(text: str, expected: dict[str, list[str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Casinos aside, the specialist was good.",
        "I had botox in spring.",
        "Great article, thank you!",
        "I clicked on the link to the review.",
        "My visit to the clinic was short.",
        "Retinol and zinc did nothing for me.",
        "Спасибо, очень полезная статья.",
    ],
)
def test_one_such_word_or_none_is_not_spam(text: str) -> None:
    assert scored(text).points <= 60


def test_each_different_word_counts_once() -> None:
    assert scored("viagra viagra viagra").points == 60
    assert scored("viagra cialis").points == 120
    assert scored("viagra cialis casino porn forex bitcoin escorts").points == 300


def test_words_in_the_name_count() -> None:
    assert scored("Hello", name="Payday Loans").points == 60
    assert scored("viagra", name="Viagra").points == 60
    assert codes("Hello", name="Anna") == []


def test_praise_alone_is_never_spam() -> None:
    verdict = scored("Great blog! Keep up the good work, thanks admin, my rss feed loads up.")
    assert ([reason.code for reason in verdict.reasons], verdict.points) == (["flattery"], 80)


def test_the_owners_words_count_whole_and_in_any_case() -> None:
    words = frozenset({"Gloop", "c++", " ", "two words"})
    assert shown("gloop and C++ and Two Words", bad_words=words) == {
        "owner_words": ["gloop", "C++", "Two Words"]
    }
    assert codes("gloops and cc++x", bad_words=words) == []
    assert codes("gloop", bad_words=frozenset({" "})) == []
    assert codes("Hello", name="GLOOP", bad_words=words) == ["owner_words"]


def test_the_owners_words_are_words_and_no_expressions() -> None:
    assert codes("aaaaaaaaaaaaaaaaaaaaaaaa!", bad_words=frozenset({"(a+)+$", "."})) == []
