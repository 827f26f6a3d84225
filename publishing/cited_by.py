"""Which pages lean on a source, and with which sentences."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString

from publishing.lists import list_page
from publishing.models import Citation, Inclusion, Revision
from references.models import Reference


class Leaning(NamedTuple):
    """A live page and its sentences that lean on a source; None where another page of its does."""

    revision: Revision
    sentences: list[str] | None


class CitingPages(NamedTuple):
    """One page of the list of pages that show a source, and the links to the others."""

    rows: list[Leaning]
    bar: SafeString | str


def citing_pages(request: HttpRequest, reference: Reference) -> CitingPages:
    """The live pages that show a source, by title; three queries.

    A page shows what it cites itself, and what its included pages and its parts cite.
    """
    live = Revision.objects.live()
    own = Citation.objects.filter(reference=reference)
    citing = live.filter(citations__reference=reference)
    wholes = citing.filter(part_of__isnull=False).values("part_of")
    # A union, for with "or" the database would look at every live page there is.
    showing = own.values("revision").union(
        Inclusion.objects.filter(page__in=citing.values("page")).order_by().values("revision"),
        live.filter(page__in=wholes).order_by().values("pk"),
    )
    page = list_page(request, live.filter(pk__in=showing).order_by("title", "id").only("id"))
    shown = [each.pk for each in page.rows]
    # Not with the list, where they would be fetched for every page before this one too.
    cited = own.filter(revision__in=shown).values_list("revision", "sentences")
    sentences = {pk: [each["text"] for each in found] for pk, found in cited}
    revisions = live.filter(pk__in=shown).order_by("title", "id").for_list()
    rows = [Leaning(revision, sentences.get(revision.pk)) for revision in revisions]
    return CitingPages(rows, page.bar)


def cited_live(references: Iterable[Reference]) -> frozenset[int]:
    """The ids of those sources that a live page cites; one query."""
    found = Citation.objects.filter(
        reference__in=[each.pk for each in references], revision__state=Revision.State.LIVE
    )
    return frozenset(found.values_list("reference", flat=True))


def resting_alone(reference: Reference, *, most: int) -> list[Leaning]:
    """The live pages with sentences that cite this source and no other; one query."""
    rows = Citation.objects.filter(
        reference=reference,
        revision__state=Revision.State.LIVE,
        sentences__contains=[{"alone": True}],
    )
    rows = rows.select_related("revision").defer("revision__content", "revision__rendered")
    return [
        Leaning(row.revision, [each["text"] for each in row.sentences if each["alone"]])
        for row in rows.order_by("revision__title", "revision_id")[:most]
    ]
