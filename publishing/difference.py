"""What changed between two content documents, word by word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from publishing.cited_keys import cited_keys
from publishing.content import PageContent
from publishing.places import place_words

# Texts that would need more comparisons of words are shown whole as removed and added.
MAX_COMPARISONS = 1_000_000
# So many words of what stayed the same are shown on each side of a change.
CONTEXT_WORDS = 12
# Between two changes, so few words that stayed are shown as changed with them.
WORDS_BETWEEN = 1
_WORD = re.compile(r"[^\W_]+")
_WORDS = re.compile(r"\s+|[^\W_]+|[^\s\w]|_")


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A run of words with what became of it."""

    change: Change
    text: str


@dataclass(frozen=True)
class FieldDifference:
    """A field of the document whose text is not the same any more."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """Everything that changed: fields in reading order, and the sources that came and went."""

    fields: tuple[FieldDifference, ...]
    sources_added: tuple[str, ...]
    sources_removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.fields)


def difference(old: PageContent | None, new: PageContent) -> Difference:
    """What changed from one document to another of its kind; without an old one, all is new."""
    before = dict(_texts(old.model_dump(mode="json"))) if old else {}
    after = dict(_texts(new.model_dump(mode="json")))
    names = [*after, *(name for name in before if name not in after)]
    changed = (
        FieldDifference(name, place_words(new.kind, name), word_difference(*texts))
        for name in names
        if (texts := (before.get(name, ""), after.get(name, "")))[0] != texts[1]
    )
    cited_before = cited_keys(old) if old else ()
    cited_after = cited_keys(new)
    return Difference(
        fields=tuple(changed),
        sources_added=tuple(key for key in cited_after if key not in cited_before),
        sources_removed=tuple(key for key in cited_before if key not in cited_after),
    )


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each field of a document as a name, such as `body` or `assessments.0.sentence`, and text."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{name}.{number}")
    elif value not in (None, "", False):
        yield name, str(value)


def word_difference(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one, in runs of words that stayed, came and went."""
    pieces: list[Piece] = []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for same, old_run, new_run in _runs(old_lines, new_lines):
        if same:
            pieces.append(Piece(Change.SAME, "".join(new_run)))
        else:
            pieces += _in_words("".join(old_run), "".join(new_run))
    return tuple(_joined(pieces))


def _in_words(old: str, new: str) -> Iterator[Piece]:
    for same, old_run, new_run in _runs(_WORDS.findall(old), _WORDS.findall(new)):
        if same:
            yield Piece(Change.SAME, "".join(new_run))
        else:
            yield Piece(Change.REMOVED, "".join(old_run))
            yield Piece(Change.ADDED, "".join(new_run))


def _runs(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Runs of lines or words that are the same in both, or not."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield True, old[:start], new[:start]
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if len(old_middle) * len(new_middle) > MAX_COMPARISONS:
        yield False, old_middle, new_middle
    else:
        matcher = SequenceMatcher(None, old_middle, new_middle, autojunk=False)
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            yield tag == "equal", old_middle[old_from:old_to], new_middle[new_from:new_to]
    yield True, old[len(old) - end :], new[len(new) - end :]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many of them are the same from the beginning."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with neighbours of one kind put together.

    A single word that stayed between two changes is easier to read as a part of them.
    """
    same = removed = added = ""
    for piece in pieces:
        if piece.change == Change.SAME:
            same += piece.text
            continue
        if same and (removed or added) and len(_WORD.findall(same)) <= WORDS_BETWEEN:
            removed, added, same = removed + same, added + same, ""
        elif same:
            yield from _told(removed, added, same)
            same = removed = added = ""
        if piece.change == Change.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    yield from _told(removed, added, same)


def _told(removed: str, added: str, same: str) -> Iterator[Piece]:
    """What went, what came, and what stayed after it; nothing of what is empty."""
    for change, text in ((Change.REMOVED, removed), (Change.ADDED, added), (Change.SAME, same)):
        if text:
            yield Piece(change, text)


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with the middle of what stayed the same left out, for reading."""
    return tuple(
        Piece(
            piece.change,
            _around(piece.text, first=number == 0, last=number == len(pieces) - 1),
        )
        if piece.change == Change.SAME
        else piece
        for number, piece in enumerate(pieces)
    )


def _around(text: str, *, first: bool, last: bool) -> str:
    """The words next to a change: the end of the first piece, the beginning of the last."""
    words = re.split(r"(\s+)", text)
    most = 2 * CONTEXT_WORDS
    if first and len(words) > most:
        return "… " + "".join(words[-most:])
    if last and len(words) > most:
        return "".join(words[:most]) + " …"
    if len(words) > 2 * most:
        return f"{''.join(words[:most])} … {''.join(words[-most:])}"
    return text
