"""Dates in the words of the site's language, as HTML."""

import calendar
import datetime
from functools import cache

from django.conf import settings
from django.db import connection
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import override


def database_now() -> datetime.datetime:
    """The time by the database's clock, which all processes and machines share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime.datetime = cursor.fetchone()[0]
    return now


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


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
