"""Narrows the public lists to one condition, by plain links: `?condition=milia`."""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.validators import slug_re
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _

from publishing.models import Revision
from publishing.models.revision import RevisionQuerySet

NAME = "condition"
CONDITIONS_MAX = 60
SLUG_MAX = 80


class Choice(NamedTuple):
    """A link that narrows a list, or widens it again."""

    title: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class About:
    """The conditions that a list has pages about, and the one that was asked for.

    `unknown` says that one was asked for which is not live: then nothing is left out.
    """

    conditions: list[Revision]
    chosen: Revision | None
    unknown: bool

    @property
    def query(self) -> str:
        """What the addresses of the list's other pages begin with."""
        return f"{NAME}={self.chosen.slug}&" if self.chosen else ""

    @property
    def choices(self) -> list[Choice]:
        """The links, "All" first; none where there is nothing to choose."""
        if not self.conditions:
            return []
        every = Choice(_("All"), "./", self.chosen is None)
        return [every, *(self._choice(each) for each in self.conditions)]

    def narrowed(self, rows: RevisionQuerySet) -> RevisionQuerySet:
        """The rows that are about the condition that was asked for."""
        return rows.filter(condition=self.chosen.page_id) if self.chosen else rows

    def _choice(self, condition: Revision) -> Choice:
        chosen = self.chosen is not None and self.chosen.page_id == condition.page_id
        return Choice(condition.title, f"?{NAME}={condition.slug}", chosen)


def about(request: HttpRequest, kind: str) -> About:
    """What a list of live pages of a kind can be narrowed to; one query."""
    asked = request.GET.get(NAME, "")
    wanted = asked if len(asked) <= SLUG_MAX and slug_re.match(asked) else ""
    there = Revision.objects.live().filter(kind=kind, condition=OuterRef("page"))
    is_wanted = Case(
        When(slug=wanted, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    found = list(
        Revision.objects.live()
        .of_kind("condition")
        .filter(Exists(there) | Q(slug=wanted))
        .annotate(wanted=is_wanted)
        .order_by("-wanted", "title", "id")
        .for_list()[:CONDITIONS_MAX]
    )
    chosen = next((each for each in found if each.slug == wanted), None)
    found.sort(key=lambda each: each.title.casefold())
    return About(found, chosen, unknown=bool(asked) and chosen is None)
