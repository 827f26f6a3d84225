"""A panel of the dashboard, as its template draws it."""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from milia_site.charts import Columns, Value
from publishing.counting import Count


@dataclass(frozen=True)
class Line:
    """One row of a list: what it is, where it leads, and what to know of it."""

    text: str
    url: str
    detail: str


@dataclass(frozen=True)
class Panel:
    """What one panel shows; parts that are empty are left out.

    `items` are counts with a name and the address of their list. `tables` are lying bars below a
    heading, each a value with the length of its bar in per cent.
    """

    key: str
    title: StrOrPromise
    items: tuple[tuple[StrOrPromise, Count, str], ...] = ()
    lines: tuple[Line, ...] = ()
    chart: Columns | None = None
    summary: StrOrPromise = ""
    tables: tuple[tuple[StrOrPromise, tuple[tuple[Value, int], ...]], ...] = ()
    note: StrOrPromise = ""
    alarm: bool = False
