"""Counting what readers sought and did not find, without anything about the readers.

Only words are kept, and the day; never when exactly, where from, or what else was sought. Whatever
may be personal (figures, addresses, more than a few words) is not counted at all.
"""

import datetime
import re

from django.db import DatabaseError, transaction
from django.db.models import F

from publishing.dates import database_now
from publishing.models import SearchMiss
from publishing.models.search import MAX_MISS

MAX_WORDS = 5
MAX_ROWS = 2_000
KEPT = datetime.timedelta(days=365)
# Editors see what was sought more than once.
SHOWN_FROM = 2
_PLAIN = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")


def count(words: str) -> None:
    """Count words that found nothing. Whatever goes wrong here, the reader has the answer."""
    words = words.lower()
    if len(words) > MAX_MISS or not _PLAIN.fullmatch(words) or len(words.split()) > MAX_WORDS:
        return
    try:
        with transaction.atomic():
            _count(words)
    except DatabaseError:  # counting is not worth an error page
        return


def _count(words: str) -> None:
    today = database_now().date()
    known = SearchMiss.objects.filter(words=words)
    if known.update(times=F("times") + 1, last_on=today):
        return
    if SearchMiss.objects.count() < MAX_ROWS:
        SearchMiss.objects.bulk_create(
            [SearchMiss(words=words, last_on=today)], ignore_conflicts=True
        )


def forget() -> None:
    """Forget what was not sought for a year, and single searches after a month; a job calls it."""
    today = database_now().date()
    SearchMiss.objects.filter(last_on__lt=today - KEPT).delete()
    month_ago = today - datetime.timedelta(days=30)
    SearchMiss.objects.filter(times__lt=SHOWN_FROM, last_on__lt=month_ago).delete()
