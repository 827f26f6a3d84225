"""One cleaning of every text, at every entrance: forms, queries, importers, look-ups."""

import re
import unicodedata

MAX_MARKS = 8  # combining marks on one letter; no language needs more
MAX_RUN = 30  # of them before they are composed, when a letter's own are not counted yet

_NON_CHARACTERS = "".join(
    chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
_NO_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NON_CHARACTERS}]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Mn, Mc and Me cannot be named in a pattern, so a run of what is no ASCII is looked at by hand.
_MAY_HAVE_MARKS = re.compile(f"[^\x00-\u02ff]{{{MAX_MARKS + 1},}}")


def clean_text(value: str, *, single_line: bool = False, name: bool = False) -> str:
    """The text in Unicode's form NFC, without what is no text.

    Line ends become newlines. Control characters but newline and tab, surrogates and
    non-characters go; a letter keeps at most eight combining marks. `single_line` folds white
    space into single spaces; `name` also drops the controls that turn the writing direction.
    """
    if value.isascii() and value.isprintable():  # nothing to clean, as in most texts
        return " ".join(value.split()) if single_line else value
    text = _NO_TEXT.sub("", _LINE_ENDS.sub("\n", value))
    if name:
        text = _BIDI_CONTROLS.sub("", text)
    # Only now: what has gone may have stood between two characters that compose.
    # The time to compose grows with the square of a run of marks, so that runs are cut before too.
    text = unicodedata.normalize("NFC", _MAY_HAVE_MARKS.sub(_cut_runs, text))
    text = _MAY_HAVE_MARKS.sub(_cap_marks, text)
    if single_line:
        text = " ".join(text.split())
    return text


def _cut_runs(run: re.Match[str]) -> str:
    return _capped(run[0], MAX_RUN)


def _cap_marks(run: re.Match[str]) -> str:
    return _capped(run[0], MAX_MARKS)


def _capped(text: str, most: int) -> str:
    """The text with at most so many marks on a letter."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= most:
            kept.append(character)
    return "".join(kept)
