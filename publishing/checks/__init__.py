"""Editorial checks: what has to be mended in a text, and what is worth a look.

One function a rule. Rules that hold for every kind of page stand in this package; an app adds those
of its kinds with `register` when it is ready. A list of references is made from the citations of a
text, so that one which is listed and never cited cannot be, and no rule looks for it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from publishing.checks import (
    claims,
    fundamentals,
    headings,
    links,
    pictures,
    reading,
    sources,
    wording,
)
from publishing.checks.model import Draft, Finding, Level, Rule, Surroundings
from publishing.checks.surroundings import look_around
from publishing.content import PageContent
from publishing.markdown import Fragment
from publishing.places import place_words

__all__ = ["Draft", "Finding", "Level", "Rule", "Surroundings", "check", "register"]

# Of one thing worth a look, so many are shown: a longer list is not read.
WARNINGS_EACH = 10
EVERY_KIND: frozenset[str] = frozenset()
_rules: list[tuple[Rule, frozenset[str]]] = [
    (rule, EVERY_KIND)
    for rule in (
        fundamentals.what_cannot_be_shown,
        fundamentals.unknown_sources,
        sources.retracted_sources,
        claims.uncited_doses,
        pictures.pictures_without_alt,
        pictures.pictures_without_credit,
        headings.skipped_levels,
        links.vague_links,
        links.unknown_pages,
        claims.uncited_claims,
        reading.hard_texts,
        reading.long_sentences,
        reading.long_paragraphs,
        headings.long_stretches,
        reading.passives,
        reading.exclamations,
        wording.unexplained_terms,
        wording.colours_of_light_skin,
        sources.old_sources,
        sources.secondary_sources,
        pictures.long_alts,
    )
]


def register(rule: Rule, *kinds: str) -> None:
    """Have pages of these kinds, or of every kind, looked at by a rule as well."""
    _rules.append((rule, frozenset(kinds)))


def check(
    content: PageContent,
    fragments: Mapping[str, Fragment],
    *,
    opening: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Everything that the rules of its kind find in a document, what blocks first.

    `opening` are the addresses of pages that go live together with this one.
    """
    surroundings = look_around(content, fragments)
    surroundings = replace(surroundings, addresses=surroundings.addresses | set(opening))
    draft = Draft(content, fragments, surroundings)
    found = [
        replace(finding, label=place_words(content.kind, finding.place))
        for rule, kinds in _rules
        if not kinds or content.kind in kinds
        for finding in _first(rule, draft)
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocks))


def _first(rule: Rule, draft: Draft) -> Iterator[Finding]:
    """What a rule finds: all that blocks, and the first of what is worth a look."""
    warnings = 0
    for finding in rule(draft):
        warnings += not finding.blocks
        if finding.blocks or warnings <= WARNINGS_EACH:
            yield finding
