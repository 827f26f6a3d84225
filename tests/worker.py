"""A worker of the background jobs as `make run` starts it, on the tests' database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

# Of psycopg's parameters, those that Django's settings hold under another name.
NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


@contextmanager
def worker(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """The worker while it runs; afterwards it is killed."""
    given = {name: str(connection.settings_dict[key]) for name, key in NAMES.items()}
    url = make_conninfo(**{name: value for name, value in given.items() if value})
    with subprocess.Popen(
        [sys.executable, "-m", "milia_site.work", str(os.getpid())],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "SECRET_KEY": "-", **environment},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def empty_queue() -> None:
    """Take all jobs away: their tables are not Django's, which empties only its own."""
    with connection.cursor() as cursor:
        for table in ("jobs", "periodic_defers", "workers"):
            cursor.execute(f"DELETE FROM procrastinate_{table}")
