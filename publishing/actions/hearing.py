"""What readers say of a page without an account: whether it helped, and what is wrong with it."""

import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from publishing.dates import database_now
from publishing.errors import TooManyReports
from publishing.models import Page, Task

OPEN_REPORTS_MAX = 50  # of one page
REPORTS_A_MINUTE = 20  # of all pages
COUNT = """
INSERT INTO publishing_answercount (page_id, day, yes, no) VALUES (%s, %s, %s, %s)
ON CONFLICT (page_id, day) DO UPDATE SET
    yes = publishing_answercount.yes + excluded.yes, no = publishing_answercount.no + excluded.no
"""


def count_answer(*, page_id: int, helped: bool) -> None:
    """Count that a page did, or did not, answer a reader's question."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [page_id, database_now().date(), int(helped), int(not helped)])


@transaction.atomic
def report(*, page_id: int, text: str, place: str = "") -> Task:
    """Put what a reader found wrong on the desk of the page's owner; the same words once.

    Raises TooManyReports while the desk has more than anybody could read.
    """
    page = Page.objects.select_for_update().get(pk=page_id)
    detail = _("In “%(place)s”: %(text)s") % {"place": place, "text": text} if place else text
    reports = Task.objects.filter(kind=Task.Kind.READER_REPORT)
    still_open = reports.filter(page=page, done_at=None)
    known = still_open.filter(detail=detail).first()
    if known is not None:
        return known
    lately = database_now() - datetime.timedelta(minutes=1)
    too_many = still_open.count() >= OPEN_REPORTS_MAX
    if too_many or reports.filter(created_at__gt=lately).count() >= REPORTS_A_MINUTE:
        raise TooManyReports
    return Task.objects.create(
        page=page, kind=Task.Kind.READER_REPORT, detail=detail, assigned_to_id=page.owner_id
    )
