"""Run a command with a database: `python -m milia_site.with_postgres [--data DIR] -- COMMAND…`.

The command finds the database in DATABASE_URL. If that is set already, it stays as it is; otherwise
a server of our own runs meanwhile: a new one that is removed afterwards, or the one in DIR.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from milia_site import embedded_postgres, processes
from milia_site.embedded_postgres import PostgresError
from milia_site.unprivileged import NoUserError


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code, or 1 after one line about what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m milia_site.with_postgres")
    parser.add_argument("--data", type=Path, help="keep the database in this directory")
    parser.add_argument("command", nargs="+", help="the command, after --")
    chosen = parser.parse_args(arguments)
    try:
        with processes.signals_end_the_process(), database(chosen.data) as url:
            environment = {**os.environ, "DATABASE_URL": url}
            with processes.child(chosen.command, environment) as command:
                code = command.wait()
    except (PostgresError, NoUserError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return code if code >= 0 else 128 - code


@contextlib.contextmanager
def database(data: Path | None) -> Iterator[str]:
    """Yield the address of the database that the command gets."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
    elif data:
        with embedded_postgres.running(data) as url:
            yield url
    else:
        with embedded_postgres.running_for_tests() as url:
            yield url


if __name__ == "__main__":  # pragma: no cover - a process of its own, which tests only see
    sys.exit(main(sys.argv[1:]))
