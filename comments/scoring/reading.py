"""A comment made ready for the signals: cut, in lower case, without what is invisible.

Signals look for words in `folded`. Its sentences end in a line break, or in a question mark if they
ask. No expression of this package holds a repeat without an upper bound, so that the work is
bounded by the length of the text, which is cut here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

from comments.scoring.model import Span, Submission
from comments.scoring.weights import EMAIL_MAX, MATCHES_MAX, NAME_MAX, SPANS_MAX, TEXT_MAX

# Soft hyphen, zero-width and joining characters, marks of direction, variation selectors, tags.
INVISIBLE_RANGES: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
INVISIBLE: Final = re.compile(f"[{INVISIBLE_RANGES}]")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_WORD: Final = re.compile(r"\w{1,5000}")
_LATIN: Final = "A-Za-z\u00c0-\u024f"
# Scripts whose letters may pass for Latin ones, without the letter that stands for a millionth.
_LATIN_LIKE: Final = (
    "\u0370-\u03bb\u03bd-\u03ff\u1f00-\u1fff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff"
)
# Begins with the rarer letter, so that it is found quickly.
_SIDE_BY_SIDE: Final = re.compile(
    f"[{_LATIN_LIKE}](?:(?=[{_LATIN}])|(?<=[{_LATIN}][{_LATIN_LIKE}]))"
)
WITH_LATIN_LIKE: Final = re.compile(rf"[{_LATIN}]{{0,40}}[{_LATIN_LIKE}]\w{{0,80}}")
_LOOKALIKES: Final = str.maketrans("аеорсухіѕјһԁքԛԝαορτυνικ", "aeopcyxisjhdpqwaoptuvik")
_PLAIN: Final = {
    **dict.fromkeys("‘’ʼʹ´`′＇", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("“”„«»", '"'),
    "µ": "μ",
}
_END: Final = re.compile(r"[.!?…。！？]{1,9}(?=[\s\"')\]]|$)|\n")
# A question without its mark. "Do yourself a favour" and "When they come" are none.
_ASKS: Final = re.compile(
    r"\W{0,5}(?:(?:hi|hello|and|but|so|ok|please)\b\W{1,3})?(?:(?:can|could|should|shall|would|may)"
    r" (?:i|you|we|it|they|one|someone|a|the|my)|is (?:it|this|that|there) "
    r"|are (?:they|these|there)"
    r"|am i|do (?:i|you|they|we)\b|does|did (?:any|you)|has any|have (?:you|any)"
    r"|how (?:do|can|should|long|often)|what (?:if|happens|about|cream)|any(?:one|body)\b)"
)
_PART: Final = 300  # characters of a very long sentence that are looked at together
_OVERLAP: Final = 80
_SAME_MAX: Final = 300  # words with one beginning; no person writes as many
_KEY: Final = 4  # letters by which the beginnings of words are sorted


class Sentence(NamedTuple):
    """A sentence of the folded text, and whether it asks."""

    start: int
    end: int
    asks: bool


@dataclass(frozen=True)
class Reading:
    """A submission and its text in the forms that signals look at."""

    submission: Submission
    text: str  # as written, cut
    name: str
    email: str
    folded: str
    places: Sequence[int]  # of each folded character in `text`
    starts: Mapping[str, Sequence[int]]  # where words begin, by their first letters
    _found: dict[tuple[Sentence, re.Pattern[str]], int] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text as written that stands behind a stretch of `folded`."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def spans(self, found: Iterable[re.Match[str]]) -> tuple[Span, ...]:
        """The stretches behind matches in `folded`, the first few of them."""
        return tuple(self.span(*match.span()) for match in islice(found, SPANS_MAX))

    def sentence(self, place: int) -> Sentence:
        """The sentence around a place of `folded`; of a very long one the part near by."""
        start = 1 + max(self.folded.rfind("\n", 0, place), self.folded.rfind("?", 0, place))
        ends = (self.folded.find("\n", place), self.folded.find("?", place))
        end = min((each for each in ends if each >= 0), default=len(self.folded))
        asks = self.folded[end : end + 1] == "?" or bool(_ASKS.match(self.folded, start, end))
        part = start + (place - start) // _PART * _PART
        return Sentence(max(start, part - _OVERLAP), min(end, part + _PART + _OVERLAP), asks)

    def begun(self, start: str) -> Sequence[int]:
        """Where words begin so, the first few hundred of them."""
        return self.starts.get(start, ())[:_SAME_MAX]

    def first(self, sentence: Sentence, pattern: re.Pattern[str]) -> int:
        """Where the pattern stands first in a sentence, as a place of `folded`; -1: nowhere."""
        key = (sentence, pattern)
        if key not in self._found:
            match = pattern.search(self.folded, sentence.start, sentence.end)
            self._found[key] = match.start() if match else -1
        return self._found[key]

    def has(self, sentence: Sentence, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern stands in a sentence."""
        return self.first(sentence, pattern) >= 0


class Phrases:
    """An expression that begins where a word does, tried only at words that begin as its own do.

    Trying every expression at every character would cost several times as much.
    """

    def __init__(self, starts: str, source: str) -> None:
        """Take the first four letters of all words that it begins with, "0" for numbers."""
        self.starts = frozenset(starts.split())
        self.pattern = re.compile(rf"(?:{source})(?!\w)")

    def find(self, reading: Reading) -> list[re.Match[str]]:
        """Its matches in the folded text, in order, the first few of them, none in another."""
        begun = reading.starts.keys() & self.starts
        places = sorted(chain.from_iterable(map(reading.begun, begun)))
        found: list[re.Match[str]] = []
        end = 0
        for place in places:
            match = self.pattern.match(reading.folded, place) if place >= end else None
            if match:
                found.append(match)
                end = match.end()
                if len(found) == MATCHES_MAX:
                    break
        return found


def read(submission: Submission) -> Reading:
    """Make a submission ready for the signals."""
    text = submission.text[:TEXT_MAX]
    seen, places = _without_invisible(text)
    folded = _END.sub(_sentence_end, fold_all(seen))
    if not folded.isascii() and is_mixed(folded):
        folded = WITH_LATIN_LIKE.sub(_undressed, folded)
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for match in _WORD.finditer(folded):
        key = match[0][:_KEY]
        starts["0" if key < ":" else key].append(match.start())
    return Reading(
        submission=submission,
        text=text,
        name=submission.name[:NAME_MAX],
        email=submission.email[:EMAIL_MAX],
        folded=folded,
        places=places,
        starts=starts,
    )


def is_mixed(text: str) -> bool:
    """Whether Latin letters stand beside letters of another script that may pass for them."""
    return bool(_SIDE_BY_SIDE.search(text))


def _undressed(word: re.Match[str]) -> str:
    """The word with Latin letters in place of those that look like them, if it has both."""
    return word[0].translate(_LOOKALIKES) if is_mixed(word[0]) else word[0]


def _without_invisible(text: str) -> tuple[str, Sequence[int]]:
    """The text without invisible characters, and where each of the others stood."""
    if text.isascii() or not INVISIBLE.search(text):
        return text, range(len(text))
    places: list[int] = []
    seen = 0
    for match in INVISIBLE.finditer(text):
        places.extend(range(seen, match.start()))
        seen = match.end()
    places.extend(range(seen, len(text)))
    return INVISIBLE.sub("", text), places


def fold_all(text: str) -> str:
    """The text in plain small letters, of the same length."""
    if text.isascii():
        return text.lower()
    # The one letter whose small form takes more room.
    small = text.replace("\u0130", "i").lower()
    return _NOT_ASCII.sub(lambda match: _fold(match[0]), small)


def fold_short(text: str) -> str:
    """A name or a word in plain small letters, without what is invisible."""
    return fold_all(_without_invisible(text)[0])


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    plain = _PLAIN.get(character) or unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character


def _sentence_end(match: re.Match[str]) -> str:
    marks = match[0]
    return ("?" if "?" in marks else "\n") * len(marks)
