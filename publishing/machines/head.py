"""What the head of a public page tells machines: sharing, other forms of it, and its graph."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from publishing.frames import fill
from publishing.machines.graph import authors, graph
from publishing.models import Revision
from publishing.public import ShownRevision
from references.json_ld import json_ld
from references.metadata import Meta


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
    metas = [
        Meta("citation_title", shown.title),
        *(Meta("citation_author", person.name) for person in authors(shown)),
        Meta("citation_public_url", settings.SITE_URL + shown.url),
        Meta("citation_language", settings.LANGUAGE_CODE),
    ]
    if shown.published_at:
        metas.append(Meta("citation_publication_date", f"{shown.published_at:%Y/%m/%d}"))
    return format_html_join("", '<meta name="{}" content="{}">', metas)
