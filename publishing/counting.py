"""Counts that cost the same on a small site and on a large one: they stop at a cap."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet, Value
from django.utils.formats import number_format
from django.utils.translation import gettext as _

CAP = 200  # a longer queue is a long queue, and counting on would cost more than the page
LIST_CAP = 10_000  # rows of a list that can be turned to


@dataclass(frozen=True)
class Count:
    """How many rows there are, or that there are more than the cap."""

    number: int
    capped: bool = False

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        number = number_format(self.number, force_grouping=True)
        return _("%(number)s+") % {"number": number} if self.capped else number


def capped_counts(querysets: Mapping[str, QuerySet[Any]], *, cap: int = CAP) -> dict[str, Count]:
    """How many rows each queryset has, by its name; all in one query."""
    if not querysets:
        return {}
    parts: list[str] = []
    values: list[Any] = []
    for rows in querysets.values():
        limited = rows.order_by().values_list(Value(1))[: cap + 1]
        statement, parameters = limited.query.sql_with_params()
        # Our own statements around Django's; every value stays a parameter.
        parts.append(f"(SELECT count(*) FROM ({statement}) AS limited)")  # noqa: S608
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        numbers = cursor.fetchone()
    return {
        name: Count(min(number, cap), capped=number > cap)
        for name, number in zip(querysets, numbers, strict=True)
    }


class CappedPaginator(Paginator[Any]):
    """Pages of a list that may grow for ever: what lies behind the cap is found by filters."""

    @cached_property
    def count(self) -> int:
        """The number of rows, the cap at most."""
        rows = cast(QuerySet[Any], self.object_list)
        return capped_counts({"rows": rows}, cap=LIST_CAP)["rows"].number
