"""Shouting, mixed alphabets, invisible characters."""

import pytest

from tests.comments.scoring.helpers import codes, shown


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("THIS CREAM IS THE BEST OF ALL", []),
        ("ЭТО ОЧЕНЬ ХОРОШИЙ КРЕМ", []),
        ("It works!!!!!", ["!!!!!"]),
        ("Why?!?!?! Why?????", ["?!?!?!", "?????"]),
    ],
)
def test_shouting_is_seen(text: str, spans: list[str]) -> None:
    assert shown(text) == {"shouting": spans}


@pytest.mark.parametrize(
    "text",
    [
        "I WAITED TWO YEARS. It was worth it, although nobody had told me so.",
        "OK, THANKS",
        "It works!!!!",
        "NHS, GP, SPF 50 and UVA are all that I understood.",
        "",
        "ありがとうございます。とても参考になりました。",
    ],
)
def test_some_capitals_are_no_shouting(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Rоlех watch", ["Rоlех"]),
        ("a pαrαmeter", ["pαrαmeter"]),
        ("𝗕𝘂𝘆 cream", ["𝗕𝘂𝘆"]),
        ("ｂｕｙ cream", ["ｂｕｙ"]),
    ],
)
def test_mixed_alphabets_are_seen(text: str, spans: list[str]) -> None:
    assert shown(text)["scripts"] == spans


@pytest.mark.parametrize(
    "text",
    [
        "β-carotene, 800 μm wide, α-hydroxy",
        "Спасибо, очень полезная статья. Thanks!",
        "Ευχαριστώ πολύ για το άρθρο",
        "naïve café Ångström",
        "I am 𝐀 reader",
        "аb is short",
    ],
)
def test_alphabets_side_by_side_are_fine(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("cr\u200beam", ["\u200b"]),
        ("cr\u00adeam", ["\u00ad"]),
        ("\u202ereversed", ["\u202e"]),
        ("a\U000e0061\U000e0062\U000e0063 b", ["\U000e0061\U000e0062\U000e0063"]),
        ("a" + "\u0301" * 9, ["\u0301" * 9]),
        ("b" + "\u0301" * 9 + " \u202d", ["\u0301" * 9, "\u202d"]),
    ],
)
def test_what_is_invisible_is_seen(text: str, spans: list[str]) -> None:
    assert shown(text) == {"invisible": spans}


@pytest.mark.parametrize(
    "text",
    [
        "❤️ 👩‍⚕️ 👍🏽",
        "می‌خواهم",
        "\ufeffHello",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "e\u0301 and o\u0302\u0301",
        "क्\u200dष",
    ],
)
def test_what_scripts_and_emoji_need_is_fine(text: str) -> None:
    assert codes(text) == []
