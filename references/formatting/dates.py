"""Dates of CSL-JSON as AMA prints them: "June 5, 2017", "June 2017", "2017"."""

from collections.abc import Mapping
from typing import Any

# AMA entries are English, whatever language the site speaks, so these names are not translated.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_parts(date: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Year, month and day of a CSL date, as far as it has them; a range gives its beginning."""
    try:
        first = (date or {})["date-parts"][0]
        return tuple(int(part) for part in first[:3] if part)
    except (KeyError, IndexError, TypeError, ValueError):
        return ()


def year(date: Mapping[str, Any] | None) -> str:
    """The year, or what a date without numbers says in words."""
    parts = date_parts(date)
    return str(parts[0]) if parts else in_words(date)


def full_date(date: Mapping[str, Any] | None) -> str:
    """The date as far as it is known, or what a date without numbers says in words."""
    parts = date_parts(date)
    if not parts:
        return in_words(date)
    if len(parts) == 1 or not 1 <= parts[1] <= len(MONTHS):
        return str(parts[0])
    month = MONTHS[parts[1] - 1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return f"{month} {parts[2]}, {parts[0]}"


def in_words(date: Mapping[str, Any] | None) -> str:
    """What a date says in words ("in press", "circa 1900"), or nothing."""
    return str((date or {}).get("literal") or (date or {}).get("raw") or "")
