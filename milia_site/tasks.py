"""Jobs that keep the queue of jobs itself in order."""

from django.utils import timezone
from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

EVERY_MINUTE = "* * * * *"  # cron, UTC
WEEKLY = "41 4 * * 0"
KEPT_HOURS = 24 * 30
# A job that takes its worker down so many times is not tried again.
MAX_ATTEMPTS = 5


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="milia_site.run_again", queueing_lock="milia_site.run_again", pass_context=True)
async def run_again(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Put jobs whose worker is gone, killed or crashed, back into the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts >= MAX_ATTEMPTS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job, retry_at=timezone.now())


@app.periodic(cron=WEEKLY)
@app.task(name="milia_site.remove_old", queueing_lock="milia_site.remove_old", pass_context=True)
async def remove_old(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - when it was due
    """Forget jobs that ended a month ago."""
    await builtin_tasks.remove_old_jobs(
        context,
        max_hours=KEPT_HOURS,
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )
