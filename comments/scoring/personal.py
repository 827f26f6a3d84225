"""What tells who somebody is: telephone numbers, e-mail and postal addresses."""

import re
from itertools import chain, islice
from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.advice import lead
from comments.scoring.model import Reason, Span
from comments.scoring.reading import Phrases, Reading
from comments.scoring.weights import PHONE_DIGITS_MAX, PHONE_DIGITS_MIN, SPANS_MAX

_SEPARATOR: Final = r"[ ./()-]{0,3}"
_DIGITS: Final = re.compile(rf"[+(\d](?:{_SEPARATOR}\d){{4,40}}")
_NOT_AFTER: Final = re.compile(r"[\w%]|[.,]\d")
_CALLING: Final = re.compile(
    r"\b(?:call|phone|ring|text|tel|telephone|mobile|cell|whats ?app|sms|signal|fax|dial|number"
    r"|reach|contact|chat|talk|viber|telegram)\b[^\n?\d]{0,45}$"
)
# A shape that only telephone numbers have.
_SHAPE: Final = re.compile(
    r"\+\d[\d ./()-]{7,22}|00[1-9]\d[\d ./()-]{6,20}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    r"|0\d{2,4}[ /-]\d{3,8}(?:[ -]\d{3,4})?|0\d{4}[ -]\d{3}[ -]\d{3}|1[ -]8\d\d[ -]\d{3}[ -]\d{4}"
    r"|07\d{9}|0[ ./-]?\d(?:[ ./-]?\d){7,10}"
)
_NO_PHONE: Final = re.compile(
    r"(?:\b(?:doi|pmid|pmc|isbn|issn|nct|order|invoice|pages?|pp"
    r"|(?:customer|reference|case|account|patient|member|ticket)(?: number)?(?: is)?)"
    r"|\d{4}-\d{2}-|[$€£])[ .:#]{0,3}$"
)
_DATE: Final = re.compile(r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})")
_WORD_DIGIT: Final = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)"
_SPOKEN: Final = Phrases(
    "doub eigh five four nine oh one seve six thre two zero",
    rf"(?:{_WORD_DIGIT}[ ,-]{{1,2}}){{5,15}}{_WORD_DIGIT}",
)
_GLUE: Final = frozenset(".,/-_")

_EMAIL: Final = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64} {0,2}@ {0,2}(?:[\w-]{1,63}\.){1,4}[a-z]{2,18}(?![\w-])"
)
_AT_SIGN: Final = re.compile("@")
_EMAIL_BEFORE: Final = 70  # characters around the sign
_EMAIL_BEHIND: Final = 200
_WRITTEN_OUT: Final = Phrases(
    "at",
    r"(?<=[ (\[{<])at[ )\]}>]{1,2}[\w-]{1,40}[ (\[{<.]{1,2}(?:dot[ )\]}>]{1,2})?"
    r"(?:com|org|net|info|edu|co|io|uk|de|fr|es|it|eu|us|ca|au|me|biz)",
)

_STREET: Final = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Way|Boulevard|Blvd|Terrace"
    r"|Square|Place|Crescent|Row|Gardens|Grove|Hill|Parade|Highway|Broadway|Quay|Walk|Mews)"
)
_HOUSE_FIRST: Final = re.compile(
    r"\d{1,5}[A-Za-z]?,? (?:[A-Z][\w'’]{0,20}\.? |\d{1,3}(?:st|nd|rd|th) |of |the ){1,4}"
    rf"{_STREET}\b"
    r"|\d{1,4},? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Vv]ia|[Cc]alle|[Pp]laza|[Pp]lace) (?:d|[A-Z])"
)
# Each begins with few characters, by which it is found quickly.
_POSTAL: Final = (
    re.compile(r"[Pp]\.? ?[Oo]\.? ?[Bb]ox \d{1,6}\b"),
    re.compile(r"(?:straße|strasse|str\.|weg|platz|gasse|allee) ?\d{1,4}\b"),
    re.compile(r"[A-Z][A-Z]?\d[A-Z\d]? \d[A-Z][A-Z]\b"),
    re.compile(r", [A-Z][A-Z] \d{5}\b"),
    re.compile(rf"[Nn]umber \d{{1,4}},? (?:on|in) (?:[A-Z]\w{{1,20}} ){{1,3}}{_STREET}\b"),
)
_NO_NAME: Final = (
    r"(?:of|on|in|at|the|a|an|and|to|my|our|spots?|days?|weeks?|months?|years?|minutes?|hours?"
    r"|miles?|times?|later|was|down|along|from|for|is|are|with)"
)
_DIGIT: Final = re.compile(r"\d")
_SMALL_POSTAL: Final = Phrases(
    "0",
    rf"\d{{1,4}}[a-d]? (?:(?!{_NO_NAME}\b)[a-z']{{2,20}} ){{1,3}}"
    r"(?:street|road|avenue|lane|boulevard)",
)


def phone(reading: Reading) -> Reason | None:
    """A telephone number."""
    found = [match for match in _DIGITS.finditer(reading.folded) if _is_phone(reading, match)]
    spans = reading.spans([*found, *_SPOKEN.find(reading)])
    return (
        lead("phone", _("Looks like a telephone number."), tuple(sorted(spans))) if spans else None
    )


def _is_phone(reading: Reading, match: re.Match[str]) -> bool:
    number, folded = match[0], reading.folded
    digits = sum(map(str.isdigit, number))
    before = folded[max(0, match.start() - 60) : match.start()]
    if before[-1:].isalnum() or before[-1:] in _GLUE or _NOT_AFTER.match(folded, match.end()):
        return False
    if _NO_PHONE.search(before) or _DATE.match(number):
        return False
    if PHONE_DIGITS_MIN <= digits <= PHONE_DIGITS_MAX and _CALLING.search(before):
        return True
    return bool(_SHAPE.fullmatch(number))


def email(reading: Reading) -> Reason | None:
    """An e-mail address, plain or written out."""
    signs = islice(_AT_SIGN.finditer(reading.folded), SPANS_MAX)
    around = (_email_around(reading.folded, sign.start()) for sign in signs)
    found = [match for match in around if match]
    spans = {*reading.spans(found), *reading.spans(_WRITTEN_OUT.find(reading))}
    return (
        lead("email", _("Looks like an e-mail address."), tuple(sorted(spans))) if spans else None
    )


def _email_around(folded: str, sign: int) -> re.Match[str] | None:
    return _EMAIL.search(folded, max(0, sign - _EMAIL_BEFORE), sign + _EMAIL_BEHIND)


def postal(reading: Reading) -> Reason | None:
    """A postal address. Capital letters tell most, so the text is read as it was written."""
    if not _DIGIT.search(reading.text):
        return None
    numbers = reading.begun("0")
    written = chain(
        (_HOUSE_FIRST.match(reading.text, reading.places[number]) for number in numbers),
        *(each.finditer(reading.text) for each in _POSTAL),
    )
    found = (Span(*match.span()) for match in written if match)
    spans = {*islice(found, SPANS_MAX), *reading.spans(_SMALL_POSTAL.find(reading))}
    return (
        lead("postal", _("Looks like a postal address."), tuple(sorted(spans))) if spans else None
    )
