"""Jobs of comments. Run twice, or broken off and run again, they do nothing twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from comments import actions, notices

NIGHTLY = "37 1 * * *"  # cron, UTC
EVERY_TEN_MINUTES = "*/10 * * * *"
RETRY = RetryStrategy(max_attempts=5, exponential_wait=8)


@app.periodic(cron=NIGHTLY)
@app.task(name="comments.purge", queueing_lock="comments.purge", retry=RETRY)
def purge(timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Delete again what a backup brought back, and end what was kept long enough."""
    actions.erase_again()
    actions.purge()


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="comments.tell_moderators", queueing_lock="comments.tell_moderators")
def tell_moderators(timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Write to moderators about comments that wait since the last time."""
    notices.send()


@app.task(name="comments.tell_at_once", retry=RETRY)
def tell_at_once(*, comment_id: int) -> None:
    """Write to moderators about one comment that cannot wait."""
    notices.send(comment_id)
