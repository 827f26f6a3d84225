"""The sentences of a page that lean on a source."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.text import Truncator

from publishing.content import PageContent
from publishing.markdown import Fragment
from publishing.prose import PLACE, paragraphs, without_places

MAX_SENTENCE = 500  # characters


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
    for paragraph in paragraphs(fragment):
        for sentence in paragraph.sentences():
            clusters = [fragment.clusters[int(place)] for place in PLACE.findall(sentence)]
            citekeys = frozenset(item.key for cluster in clusters for item in cluster)
            text = without_places(sentence)
            if citekeys and text:
                yield text, citekeys
