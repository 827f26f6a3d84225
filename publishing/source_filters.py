"""The library's sources by the condition of the pages that cite them."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models import Citation, Revision
from references.search import Filter


def conditions() -> Sequence[tuple[str, str]]:
    """The live conditions: address and title."""
    rows = Revision.objects.live().of_kind("condition")
    return list(rows.order_by("title").values_list("slug", "title"))


def cited_about(slug: str) -> Q:
    """The sources that live pages about a condition cite, that of the condition itself included."""
    about = Q(revision__condition__slug=slug) | Q(revision__kind="condition", revision__slug=slug)
    live = Citation.objects.filter(about, revision__state=Revision.State.LIVE)
    return Q(pk__in=live.values("reference"))


BY_CONDITION = Filter(label=_("Condition"), choices=conditions, found=cited_about)
