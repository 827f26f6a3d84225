"""Jobs of the library of sources. Run twice, or broken off and run again, they do nothing twice."""

import datetime
import logging
from collections.abc import Iterable

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from references.checking import check_all, due

logger = logging.getLogger(__name__)
NIGHTLY = "17 2 * * *"  # cron, UTC
# A source that was checked within this time is not asked about at night; less than a day, for the
# night before may have taken longer.
FRESH = datetime.timedelta(hours=20)
# After 8 s, 1 min, 9 min, 68 min and 9 h; what then failed stands in the admin's list of jobs.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=8)


class Unanswered(Exception):
    """Some sources could not be asked about; the job's next try takes those alone."""


@app.periodic(cron=NIGHTLY)
@app.task(
    name="references.check_due",
    queueing_lock="references.check_due",
    retry=RETRY,
    pass_context=True,
)
def check_due(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Ask the services about every source that was not checked lately."""
    _check(context, due(before=FRESH))


@app.task(name="references.check_chosen", retry=RETRY, pass_context=True)
def check_chosen(context: JobContext, *, citekeys: list[str], asked_at: str) -> None:
    """Ask about these sources, but for those that were checked since somebody wanted it."""
    since = timezone.now() - datetime.datetime.fromisoformat(asked_at)
    _check(context, due(before=since, citekeys=citekeys))


def _check(context: JobContext, citekeys: Iterable[str]) -> None:
    unanswered = 0
    for result in check_all(citekeys):
        unanswered += bool(result.unanswered)
        if context.should_abort():  # pragma: no cover - in a worker's process, which ends
            raise JobAborted
    if unanswered:
        logger.warning("%d sources could not be asked about; it is tried again.", unanswered)
        raise Unanswered(f"{unanswered} sources could not be asked about.")


def ask_to_check(citekeys: Iterable[str]) -> None:
    """Have these sources checked soon, if the transaction that asks for it is kept."""
    check_chosen.defer(citekeys=sorted(citekeys), asked_at=timezone.now().isoformat())
