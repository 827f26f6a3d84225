"""What a reader chose of the comparison: it stands in the address, so that it can be shared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.answers import LABELS
from articles.content import Certainty, CostBand, Setting, Suitability

# What the data does not rule out. The cell says what it depends on, such as a specialist.
POSSIBLE = frozenset({Suitability.SUITABLE, Suitability.SPECIALIST, Suitability.ASK_FIRST})
SUITABLE = frozenset({Suitability.SUITABLE})
SORT = "sort"
QUOTED = 30  # characters of an unknown name or value that are repeated
UNKNOWN_MAX = 3  # unknown names or values that are told one by one
LEAST_SURE = "not-assessed"
CERTAINTIES = (
    Certainty.HIGH,
    Certainty.MODERATE,
    Certainty.LOW,
    Certainty.VERY_LOW,
    Certainty.NONE_FOUND,
    LEAST_SURE,
)
COSTS = (CostBand.LOW, CostBand.LOW_TO_MEDIUM, CostBand.MEDIUM, CostBand.HIGH)


class Filter(NamedTuple):
    """A group of links of which one can be chosen; an option fits by its answer to a question."""

    name: str
    label: Any
    question: str
    fits: Mapping[str, frozenset[str]]
    labels: Mapping[str, Any]


FILTERS = (
    Filter(
        "where",
        LABELS["where"],
        "where",
        {
            "home": frozenset({Setting.HOME, Setting.EITHER}),
            "clinic": frozenset({Setting.CLINIC, Setting.EITHER}),
        },
        {"home": gettext_lazy("At home"), "clinic": gettext_lazy("In a clinic")},
    ),
    Filter(
        "eye",
        LABELS["eye"],
        "eye",
        {"suitable": SUITABLE, "possible": POSSIBLE},
        {
            "suitable": gettext_lazy("Suitable near the eye"),
            "possible": gettext_lazy("Possible near the eye"),
        },
    ),
    Filter(
        "pregnancy",
        LABELS["pregnancy"],
        "pregnancy",
        {"suitable": SUITABLE, "possible": POSSIBLE},
        {
            "suitable": gettext_lazy("Suitable in pregnancy"),
            "possible": gettext_lazy("Possible in pregnancy"),
        },
    ),
    Filter(
        "cost",
        LABELS["cost"],
        "cost",
        {
            "low": frozenset({CostBand.LOW}),
            "medium": frozenset({CostBand.LOW, CostBand.LOW_TO_MEDIUM, CostBand.MEDIUM}),
        },
        {"low": gettext_lazy("Low cost"), "medium": gettext_lazy("Medium cost at most")},
    ),
)
BY_NAME = {each.name: each for each in FILTERS}
SORTS = {
    "invasive": gettext_lazy("Least invasive first"),
    "certainty": gettext_lazy("Most certain evidence first"),
    "cost": gettext_lazy("Lowest cost first"),
}
NATURAL = "invasive"


class Link(NamedTuple):
    """One choice: following it makes it, or takes it back where it `is_chosen`."""

    label: str
    query: str
    is_chosen: bool


class Group(NamedTuple):
    """Choices of which one at most is made."""

    label: str
    links: list[Link]


@dataclass(frozen=True)
class Chosen:
    """What an address asks for: a value for each filter, an order, and what nobody knows."""

    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = NATURAL
    unknown: tuple[str, ...] = ()

    def fits(self, choices: Mapping[str, str]) -> bool:
        """Whether an option with these answers is shown."""
        return all(
            choices.get(BY_NAME[name].question) in BY_NAME[name].fits[value]
            for name, value in self.filters.items()
        )

    def place(self, choices: Mapping[str, str], certainty: str) -> int:
        """The place of an option in the order; those with the same one stay as they are."""
        if self.sort == "certainty":
            return CERTAINTIES.index(certainty or LEAST_SURE)
        if self.sort == "cost":
            cost = choices.get("cost")
            return COSTS.index(CostBand(cost)) if cost else len(COSTS)
        return 0

    def groups(self) -> list[Group]:
        """The links to every choice."""
        return [
            *(
                Group(str(each.label), [self._link(each, value) for value in each.fits])
                for each in FILTERS
            ),
            Group(
                _("Order"),
                [
                    Link(str(label), self._query(SORT, value), value == self.sort)
                    for value, label in SORTS.items()
                ],
            ),
        ]

    def labels(self) -> list[str]:
        """The filters that are chosen, in words."""
        return [str(BY_NAME[name].labels[value]) for name, value in self.filters.items()]

    def all_options(self) -> str:
        """The query that takes every filter back and keeps the order."""
        return _encoded({}, self.sort)

    def _link(self, group: Filter, value: str) -> Link:
        is_chosen = self.filters.get(group.name) == value
        query = self._query(group.name, "" if is_chosen else value)
        return Link(str(group.labels[value]), query, is_chosen)

    def _query(self, name: str, value: str) -> str:
        if name == SORT:
            return _encoded(self.filters, value)
        return _encoded({**self.filters, name: value}, self.sort)


def _encoded(filters: Mapping[str, str], sort: str) -> str:
    """A choice as the query of an address, in the order of the filters, with its question mark."""
    query = QueryDict(mutable=True)
    for each in FILTERS:
        if filters.get(each.name):
            query[each.name] = filters[each.name]
    if sort != NATURAL:
        query[SORT] = sort
    return f"?{query.urlencode()}"


def chosen(query: QueryDict) -> Chosen:
    """What the query of an address asks for; what is unknown is left out and told."""
    given = {name: str(value) for name, value in query.items()}
    filters = {each.name: given[each.name] for each in FILTERS if given.get(each.name) in each.fits}
    sort = given.get(SORT, NATURAL)
    unknown = tuple(_unknown(given))
    if len(unknown) > UNKNOWN_MAX:
        unknown = (*unknown[:UNKNOWN_MAX], _("We do not know other parts of the address either."))
    return Chosen(filters, sort if sort in SORTS else NATURAL, unknown)


def _unknown(given: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each filter or value that there is not."""
    for name, value in given.items():
        known = SORTS if name == SORT else name in BY_NAME and BY_NAME[name].fits
        if known is False:
            yield _("We do not know the filter “%(name)s”.") % {"name": _quoted(name)}
        elif value not in known:
            yield _("We do not know “%(value)s” for “%(name)s”.") % {
                "value": _quoted(value),
                "name": name,
            }


def _quoted(text: str) -> str:
    """The start of a text without characters that cannot be seen."""
    start = text[: QUOTED + 1]
    shown = "".join(letter for letter in start[:QUOTED] if letter.isprintable())
    return f"{shown}…" if len(start) > QUOTED else shown
