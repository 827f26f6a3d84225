"""The way to a page from the front page, as its navigation shows it."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing.public import ShownRevision, url_of

# Kinds that stand under their condition rather than a list.
UNDER_CONDITION = ("article",)


class Step(NamedTuple):
    """One step of the way: what it is called, and where it leads."""

    name: str
    url: str


def trail(shown: ShownRevision) -> list[Step]:
    """The steps to a page, the page itself last."""
    kind, condition = shown.kind, shown.condition
    steps = [front()]
    if kind.list_url_name and kind.kind not in UNDER_CONDITION:
        steps.append(Step(str(kind.list_title), reverse(kind.list_url_name)))
    elif condition:
        steps.append(Step(condition.title, url_of(condition)))
    return [*steps, Step(shown.title, shown.url)]


@cache
def front() -> Step:
    """The front page, in the language of the site."""
    with override(settings.LANGUAGE_CODE):
        return Step(_("Skin"), "/")
