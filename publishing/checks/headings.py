"""Headings: levels in order, often enough, and no questions."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from publishing.checks.model import Draft, Finding, Level
from publishing.checks.said import Lines
from publishing.prose import HEADINGS, paragraphs

MAX_WORDS = 300


def skipped_levels(draft: Draft) -> Iterator[Finding]:
    """Headings that are more than one level below the one before.

    The main text begins with level 2; other fields stand below headings of their own.
    """
    for place, fragment in draft.fragments.items():
        lines = Lines(_text(draft, place))
        level = 1 if place == draft.content.body_field else None
        for heading in fragment.headings:
            line = lines.find(heading.text)
            if level is not None and heading.level > level + 1:
                message = _(
                    "The heading “%(heading)s” skips a level. Use %(marks)s here: whoever listens "
                    "to the page finds their way by the levels."
                )
                yield Finding(
                    code="heading-skipped",
                    level=Level.BLOCK,
                    message=message % {"heading": heading.text, "marks": "#" * (level + 1)},
                    place=place,
                    line=line,
                    quote=heading.text,
                )
            level = heading.level


def question_headings(draft: Draft) -> Iterator[Finding]:
    """Headings that ask instead of telling."""
    for place, fragment in draft.fragments.items():
        lines = Lines(_text(draft, place))
        for heading in fragment.headings:
            line = lines.find(heading.text)
            if heading.text.rstrip().endswith("?"):
                message = _("Let the heading tell what follows; questions stand in the FAQ.")
                yield Finding("question-heading", Level.WARN, message, place, line, heading.text)


def long_stretches(draft: Draft) -> Iterator[Finding]:
    """Many words without a heading."""
    for place, fragment in draft.fragments.items():
        words, first = 0, ""
        for paragraph in paragraphs(fragment):
            if paragraph.tag in HEADINGS:
                words, first = 0, ""
                continue
            before, words = words, words + len(paragraph.text.split())
            first = first or paragraph.text
            if before <= MAX_WORDS < words:
                yield Finding(
                    code="long-without-heading",
                    level=Level.WARN,
                    message=_("Over 300 words without a heading. Readers skim: add one."),
                    place=place,
                    line=Lines(_text(draft, place)).find(first),
                    quote=" ".join(first.split()[:10]),
                )


def _text(draft: Draft, place: str) -> str:
    return next(
        (block.text for block in draft.content.markdown_blocks() if block.name == place), ""
    )
