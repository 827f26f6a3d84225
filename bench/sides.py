"""The sides that are compared, each a process of its own, and the databases behind them."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from bench.report import Limit, limit_lines


@contextlib.contextmanager
def new_database(name: str) -> Iterator[str]:
    """An empty database `milia_bench_<name>`; yields its address, and drops it after."""
    server = os.environ["DATABASE_URL"]
    name = f"milia_bench_{name}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield make_conninfo(server, dbname=name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(drop)


@contextlib.contextmanager
def filled_database(pages: int) -> Iterator[str]:
    """A new database with so many pages in each list; yields its address."""
    with new_database(str(pages)) as address:
        output(["-m", "bench.world", str(pages)], {"DATABASE_URL": address})
        yield address


@contextlib.contextmanager
def desk_database(
    pages: int, environment: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """A new database with a desk of so many pages: its address, and what desk_world says."""
    with new_database(f"desk_{pages}") as address:
        text = output(
            ["-m", "bench.desk_world", str(pages)], {**environment, "DATABASE_URL": address}
        )
        yield address, json.loads(text)


def collect_static(environment: Mapping[str, str]) -> None:
    """Give the pages the addresses of their style sheets, as in production."""
    output(["manage.py", "collectstatic", "--no-input", "--verbosity", "0"], dict(environment))


def prepared(environment: Mapping[str, str]) -> None:
    """Make the demonstration site ready to be served, as at every start."""
    output(["-m", "milia_site.prepare", str(os.getpid())], dict(environment))


def library_figures(environment: dict[str, str]) -> dict[str, float]:
    """What `bench.library` measures, on a database of its own."""
    with new_database("library") as address:
        text = output(["-m", "bench.library"], {**environment, "DATABASE_URL": address})
    figures: dict[str, float] = json.loads(text)
    return figures


def output(arguments: list[str], environment: Mapping[str, str]) -> str:
    """What a command of ours prints; CalledProcessError when it fails."""
    finished = subprocess.run(  # noqa: S603 - our own module, and no shell
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return finished.stdout


@dataclass(frozen=True)
class Side:
    """A process that answers requests in turn, so that nothing but the view is measured."""

    orders: IO[str]
    answers: IO[str]

    def measure(self, path: str, times: int, form: str = "") -> tuple[float, list[float]]:
        """Seconds of CPU, and the seconds of each answer; a form is posted."""
        answer = self._order({"path": path, "times": times, "form": form})
        return answer["cpu"], answer["seconds"]

    def look(self, path: str, form: str = "") -> tuple[bytes, int]:
        """The body of an answer and the number of its queries; a form is posted."""
        answer = self._order({"path": path, "form": form})
        return answer["body"].encode(), answer["queries"]

    def _order(self, order: dict[str, Any]) -> dict[str, Any]:
        self.orders.write(json.dumps(order) + "\n")
        self.orders.flush()
        line = self.answers.readline()
        if not line:
            raise SystemExit("A measured process ended; the lines above say why.")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextlib.contextmanager
def side(module: str, environment: dict[str, str]) -> Iterator[Side]:
    """Run the `application` of a module as a side; it ends when there are no more orders."""
    with subprocess.Popen(  # noqa: S603 - our own module, and no shell
        [sys.executable, "-m", "bench.worker", module],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdin and process.stdout:  # they are, for we asked for pipes
            yield Side(process.stdin, process.stdout)


def by_itself(
    measure: Callable[[Mapping[str, str]], Mapping[str, float]],
    limits: Callable[[Mapping[str, float]], Iterable[Limit]],
) -> int:
    """Run one part of the benchmark, print its figures and limits, and return the exit code."""
    with tempfile.TemporaryDirectory(prefix="milia-bench-") as folder:
        environment = {"WEB_PROCESS": "true", "MILIA_VAR": folder}
        collect_static(environment)
        figures = measure(environment)
    for name, value in figures.items():
        sys.stdout.write(f"{name:32} {value:10.2f}\n")
    held_to = list(limits(figures))
    sys.stdout.write("\n".join([*limit_lines(held_to), ""]))
    return 0 if all(limit.met for limit in held_to) else 1
