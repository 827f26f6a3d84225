"""Measures the desk: its lists and its first page on a small and on a large site, and the preview.

`python -m bench.desk` measures nothing else. CPU is that of the web process; the time of an answer
has the database's part as well. The two sides take turns.
"""

import contextlib
import json
import os
import secrets
import statistics
import sys
from collections.abc import Iterator, Mapping

from bench.report import Limit, desk_limits
from bench.sides import Side, by_itself, desk_database, side

FEW, MANY = 100, 10_000  # pages, with five times as many revisions
WARM_UP = 10  # requests
BLOCK = 10  # requests of one side before the other has its turn
ROUNDS = 6
PLACES = {
    "article list": "/admin/articles/article/",
    "all pages": "/admin/publishing/page/",
    "queue": "/admin/publishing/revision/",
    "all revisions": "/admin/publishing/revision/?queue=all",
    "log": "/admin/publishing/event/",
    "dashboard": "/admin/",
}


def measure_desk(environment: Mapping[str, str], rounds: int = ROUNDS) -> dict[str, float]:
    """The figures by name: queries, milliseconds of CPU and of time, and both as ratios."""
    figures: dict[str, float] = {}
    with contextlib.ExitStack() as stack:
        few, told = stack.enter_context(_site(FEW, environment))
        many, _same = stack.enter_context(_site(MANY, environment))
        for name, path in PLACES.items():
            figures |= _compare(name, path, (few, many), rounds)
        shown, _queries = few.look(told["live"], told["form"])
        if not json.loads(shown)["html"]:
            raise SystemExit(f"The live preview shows nothing: {shown[:500]!r}")
        few.measure(told["live"], WARM_UP, told["form"])
        blocks = [
            few.measure(told["live"], BLOCK, told["form"])[0] / BLOCK for _round in range(rounds)
        ]
        figures["preview_cpu_ms"] = statistics.median(blocks) * 1000
    return figures


@contextlib.contextmanager
def _site(pages: int, environment: Mapping[str, str]) -> Iterator[tuple[Side, dict[str, str]]]:
    """A site with so many pages, with somebody logged in, and what desk_world says of it."""
    # The session is made by one process and read by another.
    environment = {**environment, "SECRET_KEY": secrets.token_urlsafe(50)}
    sys.stdout.write(f"Filling a desk with {pages} pages …\n")
    sys.stdout.flush()
    with desk_database(pages, environment) as (address, told):
        environment |= {"DATABASE_URL": address, "BENCH_COOKIE": told["cookie"]}
        with side("milia_site.wsgi", environment) as process:
            yield process, told


def _compare(name: str, path: str, sides: tuple[Side, Side], rounds: int) -> dict[str, float]:
    """One address on both sides."""
    cpu: tuple[list[float], list[float]] = ([], [])
    seconds: tuple[list[float], list[float]] = ([], [])
    queries = max(each.look(path)[1] for each in sides)
    for each in sides:
        each.measure(path, WARM_UP)
    for _round in range(rounds):
        for place, each in enumerate(sides):
            used, took = each.measure(path, BLOCK)
            cpu[place].append(used / BLOCK)
            seconds[place].extend(took)
    few_cpu, many_cpu = (statistics.median(each) for each in cpu)
    few_time, many_time = (statistics.median(each) for each in seconds)
    return {
        f"{name}_queries": queries,
        f"{name}_cpu_ms": many_cpu * 1000,
        f"{name}_time_ms": many_time * 1000,
        f"{name}_cpu_growth": many_cpu / few_cpu,
        f"{name}_time_growth": many_time / few_time,
    }


def limits(figures: Mapping[str, float]) -> tuple[Limit, ...]:
    """What the desk is held to."""
    return tuple(desk_limits(figures, tuple(PLACES), f"{MANY:,} ÷ {FEW:,} pages"))


def main() -> int:
    """Measure, print, and return the exit code."""
    return by_itself(measure_desk, limits)


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        raise SystemExit("DATABASE_URL is not set. `make bench` starts a server and sets it.")
    sys.exit(main())
