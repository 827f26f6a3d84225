"""The way to a page from the front page, as its navigation shows it."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing.public import ShownRevision, url_of

# Kinds whose pages show no way, and kinds that stand under their condition rather than a list.
NO_WAY = ("glossary", "page")
UNDER_CONDITION = ("article",)


class Step(NamedTuple):
    """One step of the way: what it is called, and where it leads."""

    name: str
    url: str


def trail(shown: ShownRevision) -> list[Step]:
    """The steps to a page, the page itself last; none where a kind shows no way."""
    kind, condition = shown.kind, shown.condition
    if kind.kind in NO_WAY:
        return []
    steps = [_front()]
    if kind.list_url_name and kind.kind not in UNDER_CONDITION:
        steps.append(Step(str(kind.list_title), reverse(kind.list_url_name)))
    elif condition:
        steps.append(Step(condition.title, url_of(condition)))
    return [*steps, Step(shown.title, shown.url)]


@cache
def _front() -> Step:
    """The front page, in the language of the site."""
    with override(settings.LANGUAGE_CODE):
        return Step(_("Skin"), "/")
