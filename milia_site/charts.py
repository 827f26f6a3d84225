"""Bar charts, drawn on the server: whole numbers for the attributes of SVG elements."""

from collections.abc import Sequence
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

SLOT = 40  # of a bar and the space beside it, in units of the drawing
GAP = 6  # on each side of a bar
PLOT = 110  # the height of the highest bar
ABOVE = 22  # room for the number over a bar
BELOW = 26  # room for the name under a bar
FULL = 100  # the width of the longest lying bar


@dataclass(frozen=True)
class Value:
    """A number with its name and the list behind it. `urgent` ones stand out."""

    label: StrOrPromise
    short: StrOrPromise
    number: int
    url: str
    urgent: bool = False


@dataclass(frozen=True)
class Bar:
    """A value with the place of its bar; `middle` is where its name and number stand."""

    value: Value
    x: int
    y: int
    width: int
    height: int
    middle: int


@dataclass(frozen=True)
class Columns:
    """Standing bars side by side."""

    bars: tuple[Bar, ...]
    width: int
    height: int = ABOVE + PLOT + BELOW
    ground: int = ABOVE + PLOT


def columns(values: Sequence[Value]) -> Columns:
    """A bar for each value, the highest as high as there is room; urgent ones are wider."""
    highest = max((value.number for value in values), default=0) or 1
    bars, left = [], 0
    for value in values:
        slot = SLOT * 2 if value.urgent else SLOT
        height = _length(value.number, highest, PLOT)
        top = ABOVE + PLOT - height
        bars.append(Bar(value, left + GAP, top, slot - 2 * GAP, height, left + slot // 2))
        left += slot
    return Columns(tuple(bars), left)


def lying(values: Sequence[Value]) -> tuple[tuple[Value, int], ...]:
    """Each value with the length of its bar, per cent of the longest."""
    longest = max((value.number for value in values), default=0) or 1
    return tuple((value, _length(value.number, longest, FULL)) for value in values)


def _length(number: int, most: int, room: int) -> int:
    """The length of a bar; what is more than nothing can be seen."""
    return max(2, round(number / most * room)) if number else 0
