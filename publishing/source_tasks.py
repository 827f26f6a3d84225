"""A notice about a source becomes a task on every page that leans on it."""

from typing import Any

from django.utils.translation import gettext as _

from publishing import clock
from publishing.models import Page, Revision, Task
from references.models import Reference
from references.notices import Notice, NoticeType

GRAVE = (NoticeType.RETRACTION, NoticeType.CONCERN)
State = Revision.State
# What is public, and what may become so without being written anew.
AFFECTED = (State.LIVE, State.SUBMITTED, State.APPROVED, State.SCHEDULED)


def add_tasks(reference: Reference, notice: Notice, **_signal: Any) -> None:
    """Put the notice on the desk of each page that cites the source, once."""
    citing = Page.objects.filter(
        revisions__state__in=AFFECTED, revisions__citations__reference=reference
    )
    grave = notice.type in GRAVE
    detail = _(
        "%(notice)s of the source %(citekey)s: %(text)s. Read it, then mend the page or say "
        "that nothing changes."
    ) % {
        "notice": notice.label,
        "citekey": reference.citekey,
        "text": notice.text,
    }
    kind = Task.Kind.RETRACTED_SOURCE if grave else Task.Kind.SOURCE_NOTICE
    Task.objects.bulk_create(
        [
            Task(page=page, kind=kind, source=reference, detail=detail)
            for page in citing.distinct().order_by("pk")
        ],
        ignore_conflicts=True,
    )
    if grave:
        clock.pull_forward(
            citing.filter(revisions__state=State.LIVE),
            reason=_("%(notice)s of a source: %(citekey)s.")
            % {"notice": notice.label, "citekey": reference.citekey},
        )
