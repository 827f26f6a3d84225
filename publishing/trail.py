"""The way to a page from the front page, as its navigation shows it."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing import kinds
from publishing.kinds import PageKind
from publishing.models import Revision
from publishing.public import ShownRevision, url_of
from publishing.reading import Linked

# Kinds that stand under their condition rather than a list.
UNDER_CONDITION = ("article",)


class Step(NamedTuple):
    """One step of the way: what it is called, and where it leads."""

    name: str
    url: str


def trail(shown: ShownRevision) -> list[Step]:
    """The steps to a page, the page itself last."""
    return [*_before(shown.kind, shown.condition), Step(shown.title, shown.url)]


def trail_of(live: Revision) -> list[Step]:
    """The steps to a live page, for the pages that belong to it; one query."""
    own = Revision.objects.filter(pk=live.pk).values("condition")
    condition = Revision.objects.live().filter(page__in=own).for_list().first()
    return [*_before(kinds.get(live.kind), condition), Step(live.title, url_of(live))]


def _before(kind: PageKind, condition: Linked | Revision | None) -> list[Step]:
    """The steps before a page."""
    if kind.list_url_name and kind.kind not in UNDER_CONDITION:
        return [front(), Step(str(kind.list_title), reverse(kind.list_url_name))]
    return [front(), Step(condition.title, url_of(condition))] if condition else [front()]


@cache
def front() -> Step:
    """The front page, in the language of the site."""
    with override(settings.LANGUAGE_CODE):
        return Step(_("Skin"), "/")
