"""Live pages for feeds and the sitemap, each with when it last changed for readers."""

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.models import UPDATES, Revision
from publishing.models.revision import RevisionQuerySet
from publishing.public import NOINDEX_AFTER


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


def indexable() -> RevisionQuerySet:
    """Live revisions that search engines may show: not those whose review is long overdue."""
    limit = timezone.now().date() - NOINDEX_AFTER
    due = Q(page__review_due_on__isnull=True) | Q(page__review_due_on__gt=limit)
    return live_by_change().filter(due).annotate(due_on=F("page__review_due_on"))
