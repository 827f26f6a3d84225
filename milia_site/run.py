"""The launcher behind `make run`: database, tables, accounts, pages, web server and worker.

Whatever ends it, nothing stays behind: on a signal it ends its children; killed, its children see
that it is gone, and the database, which does not, is found and ended by the next start.
"""

import contextlib
import http.client
import os
import socket
import sys
import time
from collections.abc import Iterator
from subprocess import Popen, TimeoutExpired

import psycopg

from milia_site import embedded_postgres, processes, serve, settings
from milia_site.embedded_postgres import PostgresError
from milia_site.kept_secrets import kept_secret
from milia_site.unprivileged import NoUserError

ANSWER_SECONDS = 60  # that the web server may take to start
# Connections that must stay free beside the web workers' pools: four for the worker of the jobs,
# the superuser's own, `manage.py`, psql.
SPARE_CONNECTIONS = 17


class RunError(Exception):
    """The site cannot run. The message is one line that says why and what to do."""


def main() -> int:
    """Run the site until a signal comes. Returns the exit code; problems are told in one line."""
    try:
        with processes.signals_end_the_process():
            run()
    except (RunError, PostgresError, NoUserError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
    return 1


def run() -> None:
    """Start everything and wait. Returns only by an exception."""
    port = wanted_port()
    check_port(port)
    environment = site_environment(port)
    with database() as url:
        check_database(url)
        environment["DATABASE_URL"] = url
        prepare(environment)
        with processes.child(
            python("serve", str(port)), environment | {"WEB_PROCESS": "true"}
        ) as web:
            wait_for_answer(port, web)
            sys.stdout.write(welcome(port))
            sys.stdout.flush()
            code = watch(web, environment)
    raise RunError(f"The web server ended by itself (exit code {code}). Start it again.")


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of ours as a child that ends with this process."""
    return [sys.executable, "-m", f"milia_site.{module}", *arguments, str(os.getpid())]


def wanted_port() -> int:
    """The port to serve on, from PORT. Raises RunError."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise RunError(f"PORT is {text!r}: set it to a number from 1 to 65535.")
    return int(text)


def check_port(port: int) -> None:
    """Refuse a port that is taken, which granian itself would silently share. Raises RunError."""
    with socket.socket() as probe:
        # Connections that a server before us has closed must not count as one that listens.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise RunError(
                f"Port {port} cannot be used ({problem.strerror}). Stop what uses it, or choose "
                f"another port: PORT={port % 65535 + 1} make run"
            ) from None


def site_environment(port: int) -> dict[str, str]:
    """The environment for our children: what is set, and what a site of one's own makes itself."""
    environment = {"SITE_URL": f"http://127.0.0.1:{port}", **os.environ}
    if not environment.get("SECRET_KEY"):  # the settings refuse this in production
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        environment["SECRET_KEY"] = kept_secret(settings.VAR_DIR / "secret-key")
    return environment


@contextlib.contextmanager
def database() -> Iterator[str]:
    """Yield the address of the database: DATABASE_URL, or else a server of our own."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
    else:
        with embedded_postgres.running(settings.VAR_DIR / "postgres") as url:
            yield url


def check_database(url: str) -> None:
    """Refuse a database that does not answer or has too few connections. Raises RunError."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            found = connection.execute("SELECT current_setting('max_connections')::int").fetchone()
    except psycopg.Error as problem:
        reason = " ".join(str(problem).split())
        raise RunError(f"The database in DATABASE_URL does not answer: {reason}") from None
    needed = serve.WORKERS * settings.DB_POOL_SIZE + SPARE_CONNECTIONS
    if found is None or found[0] < needed:
        raise RunError(
            f"The database allows {found and found[0]} connections and the site may need {needed}. "
            "Lower DB_POOL_SIZE, or raise max_connections of the database."
        )


def prepare(environment: dict[str, str]) -> None:
    """Bring tables, files, accounts and pages up to date. Raises RunError."""
    with processes.child(python("prepare"), environment) as steps:
        if steps.wait() != 0:
            raise RunError("The site could not be made ready; the lines above say why.")


def wait_for_answer(port: int, web: Popen[bytes]) -> None:
    """Wait until the site answers a request. Raises RunError."""
    until = time.monotonic() + ANSWER_SECONDS
    while web.poll() is None and time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        with (
            contextlib.closing(connection),
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            connection.request("HEAD", "/")
            connection.getresponse()
            return
        time.sleep(0.05)
    raise RunError("The web server did not start; the lines above say why.")


def watch(web: Popen[bytes], environment: dict[str, str]) -> int:
    """Wait for the web server's end and return its exit code; meanwhile keep the others up.

    These are the worker, which a crash of a job may end, and our own database.
    """
    while True:
        with processes.child(python("work"), environment) as worker:
            while worker.poll() is None:
                with contextlib.suppress(TimeoutExpired):
                    return web.wait(timeout=1)
                if not os.environ.get("DATABASE_URL"):
                    embedded_postgres.revive(settings.VAR_DIR / "postgres")


def welcome(port: int) -> str:
    """What to open, now that the site answers."""
    address = f"http://127.0.0.1:{port}"
    return f"Milia is ready: {address}/ (to write and review: {address}/admin/). Ctrl-C ends it.\n"


if __name__ == "__main__":  # pragma: no cover - a process of its own, which tests only see
    sys.exit(main())
