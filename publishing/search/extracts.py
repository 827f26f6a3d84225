"""Cutting what a list of results shows of a text: whole words, around the first that was found."""

import re

START, END = "\x02", "\x03"  # around a found word until the page is made; no text can hold these
CUT = "…"
MOST, LEAD = 35, 12  # words; those that may stand before the first one that was found
# The last letter of a sentence, and what closes behind it.
_ENDS = re.compile(f"[.!?…][”’\"')\\]{END}]*$")
_SAYS_ON = re.compile(f"[:;,.!?…–—-][”’\"')\\]{END}]*$")


def extract(text: str, *, cut_before: bool, cut_after: bool) -> str:
    """A piece of the text, which may itself be cut out of a longer one at any letter.

    A block of the text ends where its line does, and so a sentence does. Where the piece begins
    or ends within a sentence, it says so with CUT.
    """
    words = _words(text)
    whole = words[cut_before : len(words) - 1 if cut_after else None] or words
    first = next((place for place, word in enumerate(whole) if START in word), 0)
    begin = _begin(whole, first)
    end = min(len(whole), begin + MOST)
    at_start = begin > 0 and bool(_ENDS.search(whole[begin - 1]))
    before = "" if at_start or (begin == 0 and not cut_before) else CUT
    goes_on = end < len(whole) or cut_after
    after = CUT if goes_on and not _ENDS.search(whole[end - 1]) else ""
    return f"{before}{' '.join(whole[begin:end])}{after}"


def _words(text: str) -> list[str]:
    lines = [line.split() for line in text.splitlines()]
    return [word for line in lines[:-1] for word in _ended(line)] + (lines[-1] if lines else [])


def _ended(line: list[str]) -> list[str]:
    """The words of a block, such as a heading, that end as a sentence does."""
    if not line or _SAYS_ON.search(line[-1]):
        return line
    return [*line[:-1], f"{line[-1]}."]


def _begin(words: list[str], first: int) -> int:
    """Where the sentence of the first found word begins, or as far before it as may be shown."""
    near = range(first, max(0, first - LEAD), -1)
    return next((place for place in near if _ENDS.search(words[place - 1])), max(0, first - LEAD))
