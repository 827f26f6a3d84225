"""What other apps' templates may say about pages."""

import datetime
from collections.abc import Sequence

from django import template
from django.db.models import Q
from django.utils.safestring import SafeString

from publishing.dates import day_html
from publishing.models import Revision
from publishing.public import url_of
from references.models import Reference

register = template.Library()
CITED_BY_MAX = 200


@register.simple_tag
def cited_by(reference: Reference) -> Sequence[Revision]:
    """The live pages that show a reference, by title; one query.

    A page shows what it cites itself, and what its included pages and its parts cite.
    """
    live = Revision.objects.live()
    citing = live.filter(citations__reference=reference)
    rows = live.filter(
        Q(pk__in=citing.values("pk"))
        | Q(inclusions__page__in=citing.values("page"))
        | Q(page__in=citing.values("part_of"))
    )
    return list(rows.distinct().order_by("title", "id").for_list()[:CITED_BY_MAX])


@register.filter
def page_url(revision: Revision) -> str:
    """The public address of a live revision."""
    return url_of(revision)


@register.filter
def day(moment: datetime.date) -> SafeString:
    """A date with its name in words, such as 5 June 2026."""
    return day_html(moment)
