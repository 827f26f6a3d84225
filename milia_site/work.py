"""The worker, `python -m milia_site.work [PARENT]`: runs the jobs that wait in the database.

PARENT is the number of the process that this one ends with.
"""

import os
import sys

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from milia_site import processes

CONNECTIONS = 3  # of the queue itself, one of which listens for new jobs; a job has one more
# Jobs at a time: two that ask other sites for an hour must not keep a page from its time.
CONCURRENCY = 4
STOP_SECONDS = 5  # for a running job to end by itself; then it is told to, and runs again later


def work(*, wait: bool = True) -> None:
    """Run the jobs that are due; then wait for more until a signal comes, unless told otherwise."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=CONNECTIONS)
    with app.replace_connector(connector):
        app.run_worker(
            wait=wait,
            listen_notify=wait,
            concurrency=CONCURRENCY,
            shutdown_graceful_timeout=STOP_SECONDS,
        )


def main(arguments: list[str]) -> None:
    """Work until a signal comes."""
    if arguments:
        processes.end_with(int(arguments[0]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
    django.setup()
    work()


if __name__ == "__main__":  # pragma: no cover - a process of its own, which tests only see
    main(sys.argv[1:])
