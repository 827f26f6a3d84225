"""What the head of a public page tells machines: sharing, other forms of it, and its graph."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from publishing.frames import fill
from publishing.machines.graph import authors, graph
from publishing.models import Revision
from publishing.public import Person, ShownRevision
from references.json_ld import json_ld


def machine_head(
    shown: ShownRevision, citekeys: Sequence[str], options: Iterable[Mapping[str, Any]] = ()
) -> SafeString | str:
    """The elements for the head; nothing for a text that is not live.

    The citekeys are those of the page's reference list, in its order; the options are the subjects
    of the techniques that it shows.
    """
    if shown.revision.state != Revision.State.LIVE:
        return ""
    form = shown.url.rstrip("/")
    values: dict[str, object] = {
        "markdown": f"{form}.md",
        "json": f"{form}.json",
        "metas": _metas(shown),
        "graph": json_ld({"@graph": graph(shown, citekeys, options)}),
    }
    return fill("publishing/_page_head.html", values)


def _metas(shown: ShownRevision) -> SafeString | str:
    """Highwire Press tags, for reference managers; of articles only."""
    if shown.revision.kind != "article":
        return ""
    published = shown.published_at
    values: dict[str, object] = {
        "title": shown.title,
        "authors": SafeString("".join([_author(person) for person in authors(shown)])),
        "url": settings.SITE_URL + shown.url,
        "language": settings.LANGUAGE_CODE,
        "published": published and f"{published:%Y/%m/%d}",
    }
    return fill("publishing/_citation_metas.html", values)


def _author(person: Person) -> SafeString:
    return fill("publishing/_citation_author.html", {"name": person.name})
