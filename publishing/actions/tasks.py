"""Tasks on the desk."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from publishing import clock
from publishing.actions.common import permit
from publishing.dates import database_now
from publishing.models import Page, Task


@transaction.atomic
def finish_tasks(*, by: User, tasks: Iterable[Task]) -> int:
    """Mark tasks as done; gives how many were open. A reader's report that is done was right."""
    permit(by, "publishing.change_task")
    open_ones = Task.objects.filter(pk__in=[task.pk for task in tasks], done_at=None)
    chosen = list(open_ones.select_for_update().values_list("pk", "page_id", "kind"))
    Task.objects.filter(pk__in=[pk for pk, _page, _kind in chosen]).update(
        done_by=by, done_at=database_now()
    )
    reported = {page for _pk, page, kind in chosen if kind == Task.Kind.READER_REPORT}
    for page in Page.objects.filter(pk__in=reported).order_by("pk"):
        clock.count_reports(page)
    return len(chosen)
