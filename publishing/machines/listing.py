"""Live pages for feeds and the sitemap, each with when it last changed for readers."""

import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.models import UPDATES, Revision
from publishing.models.revision import RevisionQuerySet
from publishing.public import NOINDEX_AFTER


class Listed(NamedTuple):
    """A live page, and whether search engines may show it: not when long overdue for review."""

    page_id: int
    kind: str
    slug: str
    condition_id: int | None
    updated: datetime.datetime
    indexable: bool


def live_by_change() -> RevisionQuerySet:
    """Live revisions with `updated`, the newest change in more than wording first."""
    public = Revision.objects.filter(page=OuterRef("page"), published_at__isnull=False)
    newest = public.filter(change_kind__in=UPDATES).order_by("-published_at")
    first = public.order_by("published_at")
    rows = Revision.objects.live().annotate(
        updated=Coalesce(
            Subquery(newest.values("published_at")[:1]), Subquery(first.values("published_at")[:1])
        )
    )
    return rows.order_by("-updated", "id")


def live_pages(most: int) -> list[Listed]:
    """The live pages, the newest change first; one query."""
    limit = timezone.now().date() - NOINDEX_AFTER
    indexable = Q(page__review_due_on=None) | Q(page__review_due_on__gt=limit)
    rows = live_by_change().annotate(indexable=indexable)
    return [Listed(*row) for row in rows.values_list(*Listed._fields)[:most]]
