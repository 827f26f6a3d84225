"""Documents as the rules read them, without a database."""

from collections.abc import Iterable
from typing import Any

from publishing.checks import Draft, Finding, Rule, Surroundings
from publishing.content import PageContent
from publishing.markdown import Environment, ImageInfo, render
from tests import factories

NOTHING: dict[str, Any] = {
    "keys": frozenset(),
    "references": {},
    "statuses": {},
    "images": {},
    "addresses": frozenset(),
    "included": (),
    "terms": (),
}
PICTURES = Environment(images={"skin": ImageInfo("skin", "/media/skin.png", 4, 3, "", "", "", "")})


def draft(content: PageContent, **known: Any) -> Draft:
    """A document with its rendered blocks, and what the database would know."""
    fragments = {
        block.name: render(block.text, PICTURES, inline=block.inline)
        for block in content.markdown_blocks()
        if block.text
    }
    return Draft(content, fragments, Surroundings(**{**NOTHING, **known}))


def page(body: str, **fields: Any) -> PageContent:
    """A plain page: nothing but a text."""
    return factories.plain_page_content(body=body, **fields)


def found(rule: Rule, body: str, **known: Any) -> list[Finding]:
    """What a rule finds in a text."""
    return list(rule(draft(page(body), **known)))


def places(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    return [(finding.place, finding.line) for finding in findings]
