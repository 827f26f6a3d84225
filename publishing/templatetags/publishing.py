"""What other apps' templates may say about pages."""

from collections.abc import Sequence

from django import template

from publishing.models import Revision
from publishing.public import url_of
from references.models import Reference

register = template.Library()
CITED_BY_MAX = 200


@register.simple_tag
def cited_by(reference: Reference) -> Sequence[Revision]:
    """The live pages that cite a reference, by title; one query."""
    rows = Revision.objects.live().filter(citations__reference=reference)
    return list(rows.order_by("title", "id").for_list()[:CITED_BY_MAX])


@register.filter
def page_url(revision: Revision) -> str:
    """The public address of a live revision."""
    return url_of(revision)
