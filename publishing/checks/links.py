"""Links: words that say where they lead, and addresses on this site that are there."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from publishing.checks.language import english
from publishing.checks.model import Draft, Finding, Level
from publishing.checks.said import Lines
from publishing.markdown import Fragment

VAGUE = frozenset(
    "click|click here|details|find out more|go|here|learn more|link|more|more info|"
    "more information|page|read|read more|read this|see here|see more|site|this|this article|"
    "this link|this page|this site|website".split("|")
)
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")


class ShownLink(NamedTuple):
    """A link of a text: where it leads and its words."""

    address: str
    words: str
    place: str


def links_of(place: str, fragment: Fragment) -> Iterator[ShownLink]:
    """The links that authors wrote; those that the renderer makes are not among them."""
    for address, inner in _LINK.findall(fragment.html):
        if not address.startswith("/glossary/#term-"):
            words = " ".join(unescape(strip_tags(inner)).split())
            yield ShownLink(unescape(address), words, place)


def vague_links(draft: Draft) -> Iterator[Finding]:
    """Links whose words say nothing out of their sentence."""
    for link in _links(draft):
        vague = english() and link.words.casefold().strip(" .:!→»") in VAGUE
        if vague or _ADDRESS.match(link.words):
            message = _(
                "Let the words of the link say where it leads; “%(words)s” does not when it is "
                "read alone."
            )
            yield _finding(draft, "vague-link", message % {"words": link.words}, link)


def unknown_pages(draft: Draft) -> Iterator[Finding]:
    """Links to addresses of this site that no reader can open."""
    for link in _links(draft):
        if link.address.startswith("/") and path_of(link.address) not in (
            draft.surroundings.addresses
        ):
            message = _(
                "“%(address)s” is no page that readers can open. Correct the address, or publish "
                "the page first."
            )
            yield _finding(
                draft, "unknown-page", message % {"address": path_of(link.address)}, link
            )


def path_of(address: str) -> str:
    """An address on this site without what follows the path."""
    return re.split(r"[?#]", address, maxsplit=1)[0]


def _links(draft: Draft) -> Iterator[ShownLink]:
    for place, fragment in draft.fragments.items():
        yield from links_of(place, fragment)


def _finding(draft: Draft, code: str, message: str, link: ShownLink) -> Finding:
    blocks = {block.name: block.text for block in draft.content.markdown_blocks()}
    return Finding(
        code=code,
        level=Level.BLOCK,
        message=message,
        place=link.place,
        line=Lines(blocks.get(link.place, "")).find(link.words),
        quote=f"{link.words} ({link.address})",
    )
