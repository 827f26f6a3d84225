"""How easy a text is to read. None of this blocks."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import pyphen
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.checks.language import english
from publishing.checks.model import Draft, Finding, Level
from publishing.checks.said import Said

MAX_GRADE = 8  # years of school
MAX_SENTENCE = 25  # words
MAX_PARAGRAPH = 3  # sentences
GRADED_WORDS = 100  # of fewer, a grade says little
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_IRREGULAR = (
    "become|begun|bought|broken|brought|built|burnt|chosen|cut|done|drawn|driven|eaten|felt|found|"
    "frozen|given|held|hidden|hurt|kept|known|laid|led|left|lost|made|meant|met|paid|put|read|"
    "said|seen|sent|set|shown|shut|sold|spent|spread|taken|taught|thought|told|understood|worn|"
    "written"
)
_PASSIVE = re.compile(
    rf"\b(?:am|is|are|was|were|be|been|being)\s(?:\w+ly\s|not\s)?(?:\w{{2,}}ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)
_hyphens = pyphen.Pyphen(lang="en_GB")


def hard_texts(draft: Draft) -> Iterator[Finding]:
    """A page that needs more than eight years of school."""
    grade = reading_grade([sentence.text for sentence in draft.said]) if english() else 0.0
    if grade > MAX_GRADE:
        message = _(
            "The text needs about %(grade)s years of school (Flesch-Kincaid). Aim for 8: shorter "
            "sentences and everyday words."
        )
        yield Finding("reading-grade", Level.WARN, message % {"grade": round(grade)})


def reading_grade(sentences: list[str]) -> float:
    """Years of school that sentences need; 0 for a text that is too short to tell.

    Flesch-Kincaid grade level (Kincaid et al 1975). Syllables are counted by hyphenation, which
    misses some, so the grade errs to the easy side.
    """
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if len(words) < GRADED_WORDS:
        return 0.0
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    return len(_hyphens.positions(word)) + 1


def long_sentences(draft: Draft) -> Iterator[Finding]:
    """Sentences of more than 25 words."""
    for sentence in draft.said:
        words = len(_WORD.findall(sentence.text))
        if words > MAX_SENTENCE:
            message = _("This sentence has %(words)s words. Cut it at 25.") % {"words": words}
            yield _finding("long-sentence", message, sentence)


def long_paragraphs(draft: Draft) -> Iterator[Finding]:
    """Paragraphs of more than three sentences."""
    for _key, group in groupby(draft.said, key=lambda item: (item.place, item.paragraph)):
        sentences = list(group)
        if len(sentences) > MAX_PARAGRAPH and sentences[0].tag == "p":
            message = _("This paragraph has %(number)s sentences. Three read well.")
            yield _finding("long-paragraph", message % {"number": len(sentences)}, sentences[0])


def passives(draft: Draft) -> Iterator[Finding]:
    """Sentences in which nobody acts: the first of each field, and how many there are."""
    found: dict[str, list[Said]] = {}
    for sentence in draft.said if english() else ():
        if _PASSIVE.search(sentence.text):
            found.setdefault(sentence.place, []).append(sentence)
    for sentences in found.values():
        message = ngettext(
            "%(number)d sentence here is passive. Say who does it, if it matters.",
            "%(number)d sentences here are passive, this one first. Say who does it, if it "
            "matters.",
            len(sentences),
        )
        yield _finding("passive", message % {"number": len(sentences)}, sentences[0])


def exclamations(draft: Draft) -> Iterator[Finding]:
    """Sentences that shout."""
    for sentence in draft.said:
        if "!" in sentence.text:
            yield _finding("exclamation", _("Say it without an exclamation mark."), sentence)


def _finding(code: str, message: str, sentence: Said) -> Finding:
    return Finding(code, Level.WARN, message, sentence.place, sentence.line, sentence.text)
