"""The pool of connections, against real ends of real connections."""

import time
from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from milia_site.postgresql.base import DatabaseWrapper

PATIENCE = 10  # seconds
# Other programs on a busy machine may take too long, once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.flaky(reruns=1)]


@pytest.fixture
def pooled() -> Iterator[DatabaseWrapper]:
    wrapper = cast(DatabaseWrapper, connection.copy())
    wrapper.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def process(wrapper: Any) -> int:
    """The server's process behind a connection, which goes back to its pool at once."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    wrapper.close()
    return int(number)


def end(process: int) -> None:
    """Let the server close a connection, as a restart of it does."""
    limit = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
        while cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [process]).fetchone():
            assert time.monotonic() < limit
            time.sleep(0.01)


def test_a_connection_that_the_server_has_closed_is_not_handed_out(pooled: DatabaseWrapper) -> None:
    before = process(pooled)
    assert process(pooled) == before
    end(before)
    assert process(pooled) not in {before, 0}


def test_an_open_connection_is_handed_out_without_asking_the_server(
    pooled: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(_connection: Any) -> None:
        raise AssertionError("The server was asked.")

    before = process(pooled)
    monkeypatch.setattr(ConnectionPool, "check_connection", asked)
    assert process(pooled) == before


def test_a_connection_on_which_the_server_said_something_is_still_used(
    pooled: DatabaseWrapper,
) -> None:
    with pooled.cursor() as cursor:
        cursor.execute("LISTEN news")
    before = process(pooled)
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")
    assert process(pooled) == before
