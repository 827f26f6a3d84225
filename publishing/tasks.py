"""Jobs of the desk. Run twice, or broken off and run again, they do nothing twice."""

from collections.abc import Iterable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from publishing import actions, clock, digests, outgoing_links, renditions
from publishing.models import Image
from publishing.search import index, misses

EVERY_MINUTE = "* * * * *"  # cron, UTC
EVERY_MORNING = "23 5 * * *"
NIGHTLY = "7 1 * * *"
# After 8 s, 1 min, 9 min, 68 min and 9 h; what then failed stands in the admin's list of jobs.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=8)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="publishing.publish_due", queueing_lock="publishing.publish_due")
def publish_due(timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Publish what is scheduled for a time that has come."""
    actions.publish_due()


@app.periodic(cron=EVERY_MORNING)
@app.task(name="publishing.remind", queueing_lock="publishing.remind", retry=RETRY)
def remind(timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Put pages that are due for review on their owners' desks, and write to the owners."""
    clock.remind_of_due()
    digests.send_digests()


@app.periodic(cron=NIGHTLY)
@app.task(name="publishing.check_links", queueing_lock="publishing.check_links", retry=RETRY)
def check_links(timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Ask the other sites that pages link to whether their pages are still there."""
    outgoing_links.gather()
    outgoing_links.check_due()


@app.periodic(cron=EVERY_MORNING)
@app.task(name="publishing.keep_search", queueing_lock="publishing.keep_search", retry=RETRY)
def keep_search(timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Make the search index anew, and forget old searches that found nothing."""
    index.rebuild()
    misses.forget()


@app.task(name="publishing.make_renditions", retry=RETRY)
def make_renditions(*, image_id: int, obsolete: list[str]) -> None:
    """Make the smaller copies of a picture, and remove the files that it had before."""
    renditions.make(image_id, obsolete=obsolete)


def ask_for_renditions(image: Image, *, obsolete: Iterable[str] = ()) -> None:
    """Have a picture's copies made soon, if the transaction that asks for it is kept."""
    make_renditions.defer(image_id=image.pk, obsolete=sorted(obsolete))
