"""The sentences of a document, each with where it stands and whether it cites."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from publishing.content import MarkdownBlock
from publishing.markdown import Fragment
from publishing.prose import HEADINGS, PLACE, paragraphs, without_places

# So many of its first words tell where a sentence stands in the Markdown.
FIRST_WORDS = 3
_WORD = re.compile(r"[^\W_]+")


class Said(NamedTuple):
    """A sentence: its words, the block and the line it begins on, and its paragraph's number."""

    text: str
    place: str
    line: int
    paragraph: int
    tag: str
    advice: bool
    cites: bool


class Lines:
    """Finds words in a Markdown text; each search goes on where the last one ended."""

    def __init__(self, text: str) -> None:
        self._words = [
            (word, number)
            for number, line in enumerate(text.splitlines(), 1)
            for word in _WORD.findall(line)
        ]
        self._next = 0

    def find(self, quote: str) -> int:
        """The line on which these words begin, counted from 1; 0 where they are not found."""
        wanted = _WORD.findall(quote)[:FIRST_WORDS]
        for start in range(self._next, len(self._words)):
            if [word for word, _line in self._words[start : start + len(wanted)]] == wanted:
                self._next = start + 1
                return self._words[start][1]
        return 0


def said_in(block: MarkdownBlock, fragment: Fragment) -> Iterator[Said]:
    """The sentences of one block; headings are no sentences."""
    lines = Lines(block.text)
    for number, paragraph in enumerate(paragraphs(fragment)):
        if paragraph.tag in HEADINGS:
            continue
        for sentence in paragraph.sentences():
            text = without_places(sentence)
            if text:
                yield Said(
                    text=text,
                    place=block.name,
                    line=lines.find(text),
                    paragraph=number,
                    tag=paragraph.tag,
                    advice=paragraph.advice,
                    cites=PLACE.search(sentence) is not None,
                )
