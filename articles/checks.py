"""Editorial checks of articles and techniques."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.content import ArticleContent, Certainty, TechniqueContent
from publishing.checks import Draft, Finding, Level, register
from publishing.checks.headings import question_headings
from publishing.checks.language import english

WEAK = {Certainty.LOW, Certainty.VERY_LOW, Certainty.NONE_FOUND}
_STRONG = re.compile(r"\b(?:effective|proven|best)\b", re.IGNORECASE)
# “not proven”, “whether it is effective”: the sentence does not say that it is.
_DENIED = re.compile(
    r"\b(?:not|no|never|nor|neither|without|un\w+|whether|if|isn['’]t|hasn['’]t|how)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)


def articles_without_key_points(draft: Draft) -> Iterator[Finding]:
    """Articles whose answer does not come first."""
    if isinstance(draft.content, ArticleContent) and not draft.content.key_points:
        message = _("Give 3 to 5 key points: many readers read nothing else.")
        yield Finding("no-key-points", Level.BLOCK, message, "key_points")


def incomplete_techniques(draft: Draft) -> Iterator[Finding]:
    """Techniques of which a reader would learn one side only."""
    content = draft.content
    if not isinstance(content, TechniqueContent):
        return
    needed = (
        (content.benefits, "benefits", _("Say what good it does, or that none was shown.")),
        (
            content.common_risks or content.serious_risks,
            "common_risks",
            _("Name at least one risk."),
        ),
        (content.assessments, "assessments", _("Add an assessment: how sure is the evidence?")),
        (content.unknowns, "unknowns", _("Say what is not known.")),
    )
    for there, place, message in needed:
        if not there:
            yield Finding("technique-incomplete", Level.BLOCK, message, place)


def strong_words_on_weak_evidence(draft: Draft) -> Iterator[Finding]:
    """“Effective”, “proven” or “best” where the certainty is low, very low, or none was found."""
    content = draft.content
    if not english():
        return
    if isinstance(content, TechniqueContent) and _is_weak(content.to_data()):
        yield from _strong(draft, names=None)
        word = _strong_word(content.verdict)
        if word:
            yield _finding(word, "verdict", 0, content.verdict)
    weak = {str(each["title"]) for each in draft.surroundings.included if _is_weak(each)}
    if isinstance(content, ArticleContent) and weak:
        yield from _strong(draft, names=weak)


def _strong(draft: Draft, *, names: set[str] | None) -> Iterator[Finding]:
    """Sentences with a strong word; with names, only those that have one of them."""
    for sentence in draft.said:
        word = _strong_word(sentence.text)
        text = sentence.text.casefold()
        if word and (names is None or any(name.casefold() in text for name in names)):
            yield _finding(word, sentence.place, sentence.line, sentence.text)


def _strong_word(text: str) -> str:
    for match in _STRONG.finditer(text):
        if not _DENIED.search(text[: match.start()]):
            return match[0]
    return ""


def _is_weak(technique: Mapping[str, Any]) -> bool:
    certainties = {each["certainty"] for each in technique.get("assessments", ())}
    return bool(certainties) and certainties <= WEAK


def _finding(word: str, place: str, line: int, quote: str) -> Finding:
    message = _(
        "“%(word)s” says more than the evidence, whose certainty is low at best. Say what was seen "
        "instead."
    )
    return Finding("strong-word", Level.BLOCK, message % {"word": word}, place, line, quote)


def register_checks() -> None:
    """Have pages of this app looked at by these rules."""
    register(articles_without_key_points, "article")
    register(incomplete_techniques, "technique")
    register(strong_words_on_weak_evidence, "article", "technique")
    register(question_headings, "article", "technique", "condition", "glossary", "page")
