"""How a text is written: in capitals, in letters that only look like others, with hidden ones."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.model import Reason, Span
from comments.scoring.reading import INVISIBLE_RANGES, WITH_LATIN_LIKE, Reading, is_mixed
from comments.scoring.weights import (
    COMBINING_IN_A_ROW,
    MIXED_FROM,
    SHOUTING_CAPITALS,
    SHOUTING_MARKS,
    SHOUTING_SHARE,
    SPANS_MAX,
    WEIGHTS,
)

_CAPITALS: Final = re.compile("[A-Z\u00c0-\u00de\u0391-\u03ab\u0400-\u042f]{1,5000}")
_SMALL: Final = re.compile("[a-z\u00df-\u00ff\u03b1-\u03c9\u0430-\u045f]")
_MARKS: Final = re.compile(rf"[!?]{{{SHOUTING_MARKS},200}}")
# Letters that exist for formulas and forms and that dress up advertisements.
_DRESSED: Final = re.compile(
    "[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]{3,80}"
)
_HIDDEN: Final = re.compile(f"[{INVISIBLE_RANGES}]{{1,40}}")
_DIRECTION: Final = re.compile("[\u202a-\u202e\u2066-\u2069]{1,200}")
# The flags of some countries are spelled with them.
_TAGS: Final = re.compile("(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0001-\U000e007f]{3,200}")
_MARK: Final = re.compile(
    f"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    f"{{{COMBINING_IN_A_ROW},400}}"
)


def shouting(reading: Reading) -> Reason | None:
    """Mostly capitals, or a row of exclamation marks."""
    text = reading.text
    capitals = sum(map(len, _CAPITALS.findall(text)))
    small_if_calm = 1 + int(capitals / SHOUTING_SHARE - capitals)
    small = sum(1 for _small in islice(_SMALL.finditer(text), small_if_calm))
    loud = capitals >= SHOUTING_CAPITALS and small < small_if_calm
    spans = _spans(_MARKS.finditer(text))
    if not loud and not spans:
        return None
    return Reason("shouting", WEIGHTS["shouting"].spam, _("Written as if shouted."), spans)


def scripts(reading: Reading) -> Reason | None:
    """Words of several scripts at once, or of letters made for formulas."""
    if reading.text.isascii():
        return None
    spans = (*_mixed(reading.text), *_spans(_DRESSED.finditer(reading.text)))
    if not spans:
        return None
    message = _("Letters of several alphabets within a word.")
    return Reason("scripts", WEIGHTS["scripts"].spam, message, tuple(sorted(spans))[:SPANS_MAX])


def invisible(reading: Reading) -> Reason | None:
    """Invisible characters within words, changes of direction, piles of marks.

    Those that emoji and several scripts need are none of these.
    """
    if reading.text.isascii():
        return None
    found = [*_spans(_MARK.finditer(reading.text))]
    if len(reading.places) < len(reading.text):
        within = filter(_is_within_latin, _HIDDEN.finditer(reading.text))
        found += _spans(within)
        found += _spans(_DIRECTION.finditer(reading.text))
        found += _spans(_TAGS.finditer(reading.text))
    if not found:
        return None
    message = _("Invisible characters, or piles of marks.")
    return Reason("invisible", WEIGHTS["invisible"].spam, message, tuple(sorted(found))[:SPANS_MAX])


def _is_within_latin(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - 1) : match.start()]
    around += match.string[match.end() : match.end() + 1]
    return len(around) == len("ab") and around.isascii() and around.isalpha()


def _mixed(text: str) -> Iterator[Span]:
    if is_mixed(text):
        for match in WITH_LATIN_LIKE.finditer(text):
            if len(match[0]) >= MIXED_FROM and is_mixed(match[0]):
                yield Span(*match.span())


def _spans(found: Iterator[re.Match[str]]) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in islice(found, SPANS_MAX))
