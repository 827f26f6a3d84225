"""Pictures: what they say to whoever cannot see them, and whose they are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from publishing.checks.model import Draft, Finding, Level

MAX_ALT = 125  # characters; screen readers say a longer one in pieces
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(image:([a-z0-9-]+)")


class Shown(NamedTuple):
    """A picture where a text shows it, with the text alternative given there."""

    alt: str
    slug: str
    place: str
    line: int


def shown_pictures(draft: Draft) -> Iterator[Shown]:
    """Every picture that a document shows, in reading order."""
    for block in draft.content.markdown_blocks():
        for number, line in enumerate(block.text.splitlines(), 1):
            for alt, slug in _PICTURE.findall(line):
                yield Shown(alt, slug, block.name, number)


def pictures_without_alt(draft: Draft) -> Iterator[Finding]:
    """Pictures without a text alternative that nobody called decorative."""
    for shown in shown_pictures(draft):
        image = draft.surroundings.images.get(shown.slug)
        if image and not (shown.alt or image["alt"] or image["decorative"]):
            message = _(
                "The picture “%(name)s” has no text alternative. Say what it shows, or mark it as "
                "decorative in the library of pictures."
            )
            yield _finding("image-without-alt", Level.BLOCK, message, shown)


def pictures_without_credit(draft: Draft) -> Iterator[Finding]:
    """Pictures that do not say who made them and under which licence."""
    for shown in shown_pictures(draft):
        image = draft.surroundings.images.get(shown.slug)
        if image and not (image["credit"] and image["licence"]):
            message = _(
                "The picture “%(name)s” lacks its credit or licence. Add them in the library of "
                "pictures."
            )
            yield _finding("image-without-credit", Level.BLOCK, message, shown)


def long_alts(draft: Draft) -> Iterator[Finding]:
    """Text alternatives that are too long to be listened to."""
    for shown in shown_pictures(draft):
        image = draft.surroundings.images.get(shown.slug)
        if image and len(shown.alt or image["alt"]) > MAX_ALT:
            message = _(
                "The text alternative of “%(name)s” is long. Keep it to 125 characters and put the "
                "rest into the long description."
            )
            yield _finding("long-alt", Level.WARN, message, shown)


def _finding(code: str, level: Level, message: str, shown: Shown) -> Finding:
    return Finding(
        code=code,
        level=level,
        message=message % {"name": shown.slug},
        place=shown.place,
        line=shown.line,
        quote=shown.slug,
    )
