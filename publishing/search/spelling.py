"""Mending what a reader mistyped, with the words that the index knows.

A word is mended only into one that is nearly it: with the same first letter, and one slip of the
fingers away, or two in a longer word (Damerau, 1964: a letter too many, too few, wrong, or changed
places with the next). That is what search engines allow as well. Short words are not mended, for
among them nearly every other one is one letter away, nor are ordinary words of English.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from publishing.models.search import CONFIG, MAX_WORD
from publishing.search.ordinary import ORDINARY
from publishing.search.statements import rows

MENDED_FROM = 4  # letters
OTHER_FROM = 5  # letters; of four, three alike are not enough: "wart" is not "warm"
TWO_SLIPS_FROM = 7  # letters
NEAR = 20  # words that are looked at for each
_PIECE = re.compile(r"[^\W_]+")
_MENDABLE = re.compile(r"[^\W\d_]{3,}")  # as the index keeps words
# What stands behind a minus, a word or a phrase.
LEFT_OUT = re.compile(r'(?<!\S)-\s*(?:"[^"]*"?|\S+)')

# Of each word that is not too common to look for: the words of the index that are alike, the
# likeliest first, and whether they have the same stem. Only the word itself, where that is known.
_NEAR = """
SELECT asked.word, near.word,
    to_tsvector(%(config)s::regconfig, near.word) = to_tsvector(%(config)s::regconfig, asked.word)
FROM unnest(%(words)s::text[]) asked(word)
LEFT JOIN publishing_searchword same ON same.word = asked.word
LEFT JOIN LATERAL (
    SELECT same.word, 0 AS score WHERE same.word IS NOT NULL
    UNION ALL
    SELECT word, alike + ln(entries + 1) / 8 FROM (
        SELECT word, entries, similarity(word, asked.word) AS alike
        FROM publishing_searchword WHERE same.word IS NULL AND word %% asked.word
        ORDER BY alike DESC, entries DESC LIMIT %(near)s
    ) every
) near ON true
WHERE length(to_tsvector(%(config)s::regconfig, asked.word)) > 0
ORDER BY asked.word, near.score DESC, near.word
"""


class Spelled(NamedTuple):
    """The words in their mended spelling, and those of them that it makes sense to look for alone.

    `words` are those that were asked for where nothing is mended. `kept` are without ordinary words
    and those that the index does not know.
    """

    words: str
    kept: str


def spelled(asked: str) -> Spelled:
    """What was probably meant; one query."""
    pieces = {piece.lower() for piece in _PIECE.findall(asked) if len(piece) <= MAX_WORD}
    # By piece; what is missing is too common, and what has no word here is not in the index.
    meant = dict(_meant(pieces)) if pieces else {}
    words = _PIECE.sub(lambda piece: meant.get(piece[0].lower()) or piece[0], asked)
    wanted = _PIECE.findall(LEFT_OUT.sub(" ", asked))
    found = [meant[piece.lower()] for piece in wanted if meant.get(piece.lower())]
    rarer = [word for word in found if word.lower() not in ORDINARY] or found
    return Spelled(words, " ".join(dict.fromkeys(rarer)))


def _meant(pieces: Iterable[str]) -> Iterator[tuple[str, str]]:
    near: dict[str, list[tuple[str, bool]]] = {}
    for piece, word, same in rows(_NEAR, words=sorted(pieces), config=CONFIG, near=NEAR):
        near.setdefault(piece, []).append((word or "", bool(same)))
    for piece, known in near.items():
        cannot_be_judged = not _MENDABLE.fullmatch(piece)
        if cannot_be_judged or any(same for _word, same in known):
            yield piece, piece
        else:
            yield piece, _likeliest(piece, [word for word, _same in known if word])


def _likeliest(piece: str, known: Iterable[str]) -> str:
    """The first of the words that is nearest; none where none is near enough."""
    if len(piece) < MENDED_FROM or piece in ORDINARY:
        return ""
    most = 2 if len(piece) >= TWO_SLIPS_FROM else 1
    judged = ((slips(piece, word), _is_other(piece, word), word) for word in known)
    near = [
        (number, other, word)
        for number, other, word in judged
        if number <= most and word[0] == piece[0] and not (other and len(piece) < OTHER_FROM)
    ]
    return min(near, key=lambda each: each[:2])[2] if near else ""


def _is_other(piece: str, word: str) -> bool:
    """Whether a letter is another one, not only missing, too many or out of its place."""
    return len(piece) == len(word) and sorted(piece) != sorted(word)


def slips(typed: str, meant: str) -> int:
    """How many slips of the fingers lie between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(meant, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                least = min(least, two_before[j - 2] + 1)
            row.append(least)
    return row[-1]
