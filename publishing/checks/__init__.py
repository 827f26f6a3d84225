"""Editorial checks: what has to be mended in a text, and what is worth a look.

One function a rule. Rules that hold for every kind of page stand in this package; an app adds those
of its kinds with `register` when it is ready. Pure but for `surroundings.look_around`.
"""

from collections.abc import Mapping

from publishing.checks.fundamentals import unknown_sources, what_cannot_be_shown
from publishing.checks.model import Draft, Finding, Level, Rule, Surroundings
from publishing.checks.surroundings import look_around
from publishing.content import PageContent
from publishing.markdown import Fragment

__all__ = ["Draft", "Finding", "Level", "Rule", "Surroundings", "check", "register"]

EVERY_KIND: frozenset[str] = frozenset()
_rules: list[tuple[Rule, frozenset[str]]] = [
    (what_cannot_be_shown, EVERY_KIND),
    (unknown_sources, EVERY_KIND),
]


def register(rule: Rule, *kinds: str) -> None:
    """Have pages of these kinds, or of every kind, looked at by a rule as well."""
    _rules.append((rule, frozenset(kinds)))


def check(content: PageContent, fragments: Mapping[str, Fragment]) -> tuple[Finding, ...]:
    """Everything that the rules of its kind find in a document, what blocks first."""
    draft = Draft(content, fragments, look_around(content))
    found = [
        finding
        for rule, kinds in _rules
        if not kinds or content.kind in kinds
        for finding in rule(draft)
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocks))
