"""Which pages lean on a source, and with which sentences."""

from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest

from publishing.lists import ListPage, list_page
from publishing.models import Citation, Inclusion, Revision
from references.models import Reference


class Leaning(NamedTuple):
    """A live page with the sentences of it that rest on one source alone."""

    revision: Revision
    sentences: list[str]


def citing_pages(request: HttpRequest, reference: Reference) -> ListPage:
    """The live pages that show a source, by title; the one of the list that `?page=` asks for.

    A page shows what it cites itself, and what its included pages and its parts cite. Each row has
    its own citation's `sentences`, None where only such another page cites; one query.
    """
    live = Revision.objects.live()
    citing = live.filter(citations__reference=reference)
    including = Inclusion.objects.filter(page__in=citing.values("page"))
    rows = live.filter(
        Q(pk__in=citing.values("pk"))
        | Q(pk__in=including.values("revision"))
        | Q(page__in=citing.values("part_of"))
    )
    own = Citation.objects.filter(reference=reference, revision=OuterRef("pk"))
    rows = rows.annotate(sentences=Subquery(own.values("sentences")[:1]))
    return list_page(request, rows.order_by("title", "id").for_list())


def resting_alone(reference: Reference, *, most: int) -> list[Leaning]:
    """The live pages with sentences that cite this source and no other; one query."""
    rows = Citation.objects.filter(
        reference=reference,
        revision__state=Revision.State.LIVE,
        sentences__contains=[{"alone": True}],
    )
    rows = rows.select_related("revision").defer("revision__content", "revision__rendered")
    return [
        Leaning(row.revision, [each["text"] for each in _alone(row.sentences)])
        for row in rows.order_by("revision__title", "revision_id")[:most]
    ]


def _alone(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in sentences if each["alone"]]
