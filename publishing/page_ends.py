"""What higher apps show at the end of a public page. They register it when they are ready."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.safestring import SafeString

from publishing.models import Revision
from publishing.public import ShownRevision


class Place(NamedTuple):
    """The live page at whose end something stands."""

    page_id: int
    kind: str
    slug: str
    comments_open: bool


End = Callable[[Place], SafeString | str]
_ends: list[End] = []


def register(end: End) -> None:
    """Have this at the end of every page; it gives HTML, or nothing."""
    _ends.append(end)


def place_of(shown: ShownRevision) -> Place | None:
    """Where the ends of a page stand; none for what is not live."""
    revision, clock = shown.revision, shown.around.clock
    if revision.state != Revision.State.LIVE or clock is None:
        return None
    return Place(revision.page_id, revision.kind, revision.slug, clock.comments_open)


def page_ends(place: Place | None) -> SafeString:
    """The ends of a page, in the order in which they were registered."""
    return SafeString("".join([end(place) for end in _ends]) if place else "")
