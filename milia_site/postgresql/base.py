"""Hands out no pooled connection that the server has closed, and seldom asks the server for it.

Django's own check (CONN_HEALTH_CHECKS) asks before each request, a twelfth of the CPU of a page.
But a server that stops says so on its connections, and one that does not has nothing to say on an
idle one. A server that vanishes without a word is found by TCP's keepalive.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that is open; the pool replaces those that are not.

        There are no more of them than the pool is large. Raises PoolTimeout when none comes.
        """
        connection = super().get_new_connection(conn_params)
        while self.pool and not is_open(connection):
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def is_open(connection: Connection) -> bool:
    """Whether an idle connection can be used; asks the server only if it has said something."""
    if not _has_said_something(connection):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True


def _has_said_something(connection: Connection) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
