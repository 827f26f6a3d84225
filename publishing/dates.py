"""Dates in the words of the site's language, as HTML."""

import datetime
from functools import cache

from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def day_html(moment: datetime.date) -> SafeString:
    """A date that programs can read too, such as 5 June 2026; of a moment, its day in UTC."""
    name = _months(get_language())[moment.month]
    words = f"{moment.day} {name} {moment.year}"
    # Numbers, and names that the translation gives.
    return SafeString(f'<time datetime="{moment:%Y-%m-%d}">{words}</time>')


@cache
def _months(_language: str | None) -> dict[int, str]:
    return {number: str(name) for number, name in MONTHS.items()}
