"""Dates in the words of the site's language, as HTML."""

import datetime
from functools import cache

from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import override


def day_html(moment: datetime.date) -> SafeString:
    """A date that programs can read too, such as 5 June 2026; of a moment, its day in UTC."""
    year, month, day = moment.year, moment.month, moment.day
    name = _months()[month]
    # Numbers, and names that the translation gives.
    return SafeString(f'<time datetime="{year:04}-{month:02}-{day:02}">{day} {name} {year}</time>')


@cache
def _months() -> dict[int, str]:
    with override(settings.LANGUAGE_CODE):
        return {number: str(name) for number, name in MONTHS.items()}
