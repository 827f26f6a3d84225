"""The running text of a rendered block: its paragraphs and sentences, and what they cite."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from publishing.markdown import Fragment

_BLOCKS = frozenset(
    "p li ul ol h1 h2 h3 h4 h5 h6 td th tr table dl dt dd div aside section blockquote "
    "figure figcaption br pre details summary".split()
)
HEADINGS = frozenset(("h2", "h3", "h4"))
# What stands beside the author's words: explained terms, a callout's own title, and a picture's
# credit and description.
_BESIDE = frozenset(("term-definition", "callout-title", "figure-credit"))
_BESIDE_TAG = "details"
# Where a citation stands; no text can hold these characters.
PLACE = re.compile("\x01(\\d+)\x02")
# A sentence ends with its mark, whatever closes behind it, and the citations there; the next one
# begins with a capital letter, a digit or an opening mark.
_END = re.compile("(?:[.!?…]+[”’\"')\\]]*(?:\x01\\d+\x02)*)(?=\\s+[^\\W_a-z]|\\s+[“‘\"'(\\[])")


class Paragraph(NamedTuple):
    """A run of text between two block tags; where a citation stands, PLACE matches.

    `tag` is the innermost block's, such as p, li or h2; `advice` says whether it stands in a
    callout of common advice, which has no source and says so.
    """

    tag: str
    text: str
    advice: bool

    def sentences(self) -> Iterator[str]:
        """The sentences, with the places of their citations."""
        start = 0
        for end in _END.finditer(self.text):
            yield self.text[start : end.end()]
            start = end.end()
        yield self.text[start:]


@lru_cache(maxsize=256)
def paragraphs(fragment: Fragment) -> tuple[Paragraph, ...]:
    """The paragraphs of a block in reading order, headings among them."""
    reader = _Reader()
    reader.feed(fragment.html)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.found)


def text_of(fragment: Fragment | None) -> str:
    """The words of a block as plain text, a paragraph a line; nothing for none."""
    if fragment is None:
        return ""
    return "\n".join(without_places(paragraph.text) for paragraph in paragraphs(fragment))


def without_places(sentence: str) -> str:
    """The words alone."""
    return PLACE.sub("", sentence).strip()


def _is_beside(tag: str, classes: str) -> bool:
    return tag == _BESIDE_TAG or not _BESIDE.isdisjoint(classes.split())


class _Reader(HTMLParser):
    """Reads the renderer's own HTML, which is well formed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Paragraph] = []
        self._text: list[str] = []
        self._open: list[tuple[str, str]] = []  # tag and class
        self._beside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag in {"img", "br", "source", "hr"}:
            return
        classes = dict(attrs).get("class") or ""
        self._open.append((tag, classes))
        self._beside += _is_beside(tag, classes)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        self._beside -= _is_beside(*self._open.pop())

    def handle_data(self, data: str) -> None:
        if not self._beside:
            self._text.append(data)

    def handle_comment(self, data: str) -> None:
        name, _colon, number = data.partition(":")
        if name == "cite":
            self._text.append(f"\x01{number}\x02")

    def end_paragraph(self) -> None:
        """What was read since the last block tag is a paragraph, if it says something."""
        text = " ".join("".join(self._text).split())
        self._text = []
        if text:
            tag = next((tag for tag, _classes in reversed(self._open) if tag in _BLOCKS), "p")
            advice = any("callout-advice" in classes.split() for _tag, classes in self._open)
            self.found.append(Paragraph(tag, text, advice))
