"""The dates of BibTeX (year, month, day) and of BibLaTeX (date and its kin)."""

import datetime
import re
from typing import Any

from django.utils.translation import gettext as _

Date = dict[str, Any]

MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
FIRST_SEASON = 21  # stands for spring where a date could have a month

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T\S*)?)?)?([?~%])?")
_YEARS = re.compile(r"(\d{4})\s*[-–/]+\s*(\d{4})")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def read_date(text: str) -> Date:
    """A date such as 2016, 2016-04-12 or 2016-04/2016-06; any other stays in its words."""
    days = [_DAY.fullmatch(part.strip()) for part in text.split("/")]
    if not days or len(days) > 2 or not all(days):
        return {"literal": text} if text else {}
    found = [day for day in days if day]
    parts = [[int(part) for part in day.groups()[:3] if part] for day in found]
    date: Date = {}
    if len(parts[0]) == 2 and FIRST_SEASON <= parts[0][1] < FIRST_SEASON + 4:
        date["season"] = str(parts[0].pop() - FIRST_SEASON + 1)
    if not all(map(_is_day, parts)):
        return {"literal": text}
    date["date-parts"] = parts
    if any(day[4] for day in found):
        date["circa"] = True
    return date


def read_year(year: str, month: str, day: str) -> tuple[Date, list[str]]:
    """The date of three fields, with notes on what was left out."""
    years = _YEARS.fullmatch(year)
    whole = read_date("/".join(years.groups()) if years else year)
    if not (month or day) or not year:
        return whole, _left_out(month, day)
    parts = whole.get("date-parts", [])
    if len(parts) != 1 or len(parts[0]) != 1:
        literal = " ".join(part for part in (day, month, year) if part)
        return {"literal": literal}, []
    season = _SEASONS.get(month.lower())
    if season and not day:
        return {"season": str(season), "date-parts": parts}, []
    found = [[parts[0][0], *rest] for rest in _months(month, day)]
    if not found or not all(map(_is_day, found)):
        return whole, _left_out(month, day)
    return {"date-parts": found}, []


def _left_out(month: str, day: str) -> list[str]:
    words = " ".join(part for part in (day, month) if part)
    if not words:
        return []
    return [_("The month or day “%(words)s” was left out.") % {"words": words}]


def _months(month: str, day: str) -> list[list[int]]:
    """One month, with its day, or two months; nothing if the words are no such thing."""
    words = _WORD.findall(month)
    months = [_month(word) for word in words if not word.isdecimal()]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 3]
    if not months:
        months, numbers = numbers, []
    if day.isdecimal() and len(day) < 3:
        numbers.append(int(day))
        day = ""
    if day or 0 in months or len(months) + len(numbers) > 2 or not months:
        return []
    return [[one, *numbers] for one in months]


def _month(word: str) -> int:
    short = word.lower()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def _is_day(parts: list[int]) -> bool:
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return True
