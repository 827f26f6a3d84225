"""The sentences of a page that lean on a source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from django.utils.html import strip_tags
from django.utils.text import Truncator

from publishing.content import PageContent
from publishing.markdown import Fragment

MAX_SENTENCE = 500  # characters

_BLOCK = re.compile(
    r"</?(?:p|li|ul|ol|h[1-6]|t[dhr]|table|d[dtl]|div|aside|section|blockquote|fig\w+|br|pre)\b[^>]*>"
)
# What publishing.markdown.glossary explains beside the sentence.
_DEFINITION = re.compile(r'<span class="term-definition".*?</span>', re.DOTALL)
_MARKER = re.compile(r"<!--cite:(\d+)-->")
# Where a citation stands while the markup is taken off; no text can hold these.
_PLACE = re.compile("\x01(\\d+)\x02")
# A sentence ends with its mark, whatever closes behind it, and the citations there; the next one
# begins with a capital letter, a digit or an opening mark.
_END = re.compile("(?:[.!?…]+[”’\"')\\]]*(?:\x01\\d+\x02)*)(?=\\s+[^\\W_a-z]|\\s+[“‘\"'(\\[])")


class Sentence(NamedTuple):
    """A sentence and whether it leans on one source alone."""

    text: str
    alone: bool

    def to_json(self) -> dict[str, Any]:
        """As a citation keeps it."""
        return {"text": self.text, "alone": self.alone}


def sentences_by_source(
    content: PageContent, fragments: Mapping[str, Fragment]
) -> dict[str, list[Sentence]]:
    """What each source of a document carries, by citekey, in reading order."""
    found: dict[str, list[Sentence]] = {}
    for text, citekeys in _cited(content, fragments.values()):
        sentence = Sentence(Truncator(text).chars(MAX_SENTENCE), alone=len(citekeys) == 1)
        for citekey in citekeys:
            found.setdefault(citekey, []).append(sentence)
    return found


def _cited(
    content: PageContent, fragments: Iterable[Fragment]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Every sentence that cites, with the citekeys of its sources."""
    for bare in content.bare_citations():
        yield bare.sentence, frozenset(bare.citekeys)
    for fragment in fragments:
        if fragment.clusters:
            yield from _of_fragment(fragment)


def _of_fragment(fragment: Fragment) -> Iterator[tuple[str, frozenset[str]]]:
    html = _MARKER.sub("\x01\\1\x02", _DEFINITION.sub("", fragment.html))
    for block in _BLOCK.split(html):
        if "\x01" in block:
            for sentence in _sentences(" ".join(unescape(strip_tags(block)).split())):
                clusters = [fragment.clusters[int(place)] for place in _PLACE.findall(sentence)]
                citekeys = frozenset(item.key for cluster in clusters for item in cluster)
                text = _PLACE.sub("", sentence).strip()
                if citekeys and text:
                    yield text, citekeys


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]
