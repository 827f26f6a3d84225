"""Telephone numbers, e-mail and postal addresses."""

import pytest

from tests.comments.scoring.helpers import codes, shown


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Call me on 555-0142.", "555-0142"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("My number is (202) 555-0173.", "(202) 555-0173"),
        ("I am at 202.555.0119, any time", "202.555.0119"),
        ("0 7 7 0 0 9 0 0 3 1 1 is me", "0 7 7 0 0 9 0 0 3 1 1"),
        ("five five five zero one four two", "five five five zero one four two"),
        ("0151/55501234", "0151/55501234"),
        ("+４４ 7700 900123", "+４４ 7700 900123"),
    ],
)
def test_telephone_numbers_are_seen(text: str, span: str) -> None:
    assert shown(text) == {"phone": [span]}


@pytest.mark.parametrize(
    "text",
    [
        "In 2010 and in 2015 again",
        "PMID 23456789, doi 10.1016/j.jaad.2008.05.1234",
        "ISBN 978-3-16-148410-0",
        "On 12.03.2021 and on 2024-11-23",
        "1,200 dollars, 1,000,000 newborns",
        "call 12345678901234567890123",
        "x20255501470",
        "1-2-3-4-5-6 spots",
        "I paid $2025550",
        "two three spots",
    ],
)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Write to anna.b+x@mail.example.com.", "anna.b+x@mail.example.com"),
        ("INFO@EXAMPLE.NET", "INFO@EXAMPLE.NET"),
        ("lena @ example.com", "lena @ example.com"),
        ("tom at example dot com", "at example dot com"),
        ("bella (at) example (dot) com", "at) example (dot) com"),
        ("maria[at]example[dot]org", "at]example[dot]org"),
    ],
)
def test_e_mail_addresses_are_seen(text: str, span: str) -> None:
    assert shown(text)["email"] == [span]


@pytest.mark.parametrize(
    "text",
    [
        "I am @ work",
        "@anna thank you",
        "3 @ 5 dollars",
        "I looked at the dot. Common!",
        "at the end it was dot by dot",
        "@" * 50,
    ],
)
def test_other_signs_are_no_e_mail_addresses(text: str) -> None:
    assert "email" not in codes(text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("I live at 12 Maple Street, come by.", "12 Maple Street"),
        ("221B Baker Street", "221B Baker Street"),
        ("P.O. Box 1234", "P.O. Box 1234"),
        ("Hauptstraße 15", "straße 15"),
        ("18 Rue de la Paix", "18 Rue d"),
        ("SW1A 1AA is it", "SW1A 1AA"),
        ("Anytown, CA 94110", ", CA 94110"),
        ("number 27 on Mill Lane", "number 27 on Mill Lane"),
        ("visit me at 3 orchard lane", "3 orchard lane"),
        ("320 West 14th Street", "320 West 14th Street"),
    ],
)
def test_postal_addresses_are_seen(text: str, span: str) -> None:
    assert shown(text) == {"postal": [span]}


@pytest.mark.parametrize(
    "text",
    [
        "After 2 weeks on the road",
        "I live in a small town in our street",
        "3 spots close to my eye",
        "A 20 minute drive",
        "5 days later it was way better",
        "12 of them stood in a square",
    ],
)
def test_other_numbers_and_ways_are_no_postal_addresses(text: str) -> None:
    assert codes(text) == []
