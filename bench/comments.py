"""Measures comments: a page with many against one with one, and the moderators' queue.

`python -m bench.comments` measures nothing else. CPU is that of the web process; the time of an
answer has the database's part as well. The two sides take turns.
"""

import contextlib
import json
import os
import secrets
import statistics
import sys
from collections.abc import Iterator, Mapping

from bench.report import Limit, comment_limits
from bench.sides import Side, by_itself, new_database, output, side

# Comments below the measured article, and below all other pages.
FEW, MANY = (1, 1_000), (1_000, 1_000_000)
WARM_UP = 20  # requests
BLOCK = 20  # requests of one side before the other has its turn
ROUNDS = 8
QUEUE = "/admin/comments/queue/"
# In every comment of bench.comments_world, and in one of them.
COMMON, RARE = "themselves", "quokka"
PLACES = {
    "article": "/articles/measured/",
    "list below it": "/comments/on/article/measured/",
    "queue": QUEUE,
    "queue, common word": f"{QUEUE}?q={COMMON}",
    "queue, rare word": f"{QUEUE}?q={RARE}",
    "queue, common reason": f"{QUEUE}?why=dose",
    "queue, rare reason": f"{QUEUE}?why=postal",
    "newest below it": "/comments/on/article/measured/?order=newest",
}


def measure_comments(environment: Mapping[str, str], rounds: int = ROUNDS) -> dict[str, float]:
    """The figures by name: queries, milliseconds of CPU and of time, and both as ratios."""
    figures: dict[str, float] = {}
    with contextlib.ExitStack() as stack:
        few, many = (stack.enter_context(_site(size, environment)) for size in (FEW, MANY))
        for name, path in PLACES.items():
            figures |= _compare(name, path, (few, many), rounds)
    return figures


@contextlib.contextmanager
def _site(size: tuple[int, int], environment: Mapping[str, str]) -> Iterator[Side]:
    """A site with so many comments, and a moderator who is logged in."""
    # The session is made by one process and read by another.
    environment = {**environment, "SECRET_KEY": secrets.token_urlsafe(50)}
    shown, others = size
    sys.stdout.write(f"Filling a database with {others:,} comments …\n")
    sys.stdout.flush()
    with new_database(f"comments_{others}") as address:
        environment |= {"DATABASE_URL": address}
        order = ["-m", "bench.comments_world", str(shown), str(others)]
        filling = {name: value for name, value in environment.items() if name != "WEB_PROCESS"}
        told = json.loads(output(order, filling))
        environment |= {"BENCH_COOKIE": told["cookie"]}
        with side("milia_site.wsgi", environment) as process:
            yield process


def _compare(name: str, path: str, sides: tuple[Side, Side], rounds: int) -> dict[str, float]:
    """One address on both sides."""
    cpu: tuple[list[float], list[float]] = ([], [])
    seconds: tuple[list[float], list[float]] = ([], [])
    few_queries, many_queries = (each.look(path)[1] for each in sides)
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
        f"{name}_queries": many_queries,
        f"{name}_more_queries": many_queries - few_queries,
        f"{name}_cpu_ms": many_cpu * 1000,
        f"{name}_time_ms": many_time * 1000,
        f"{name}_cpu_growth": many_cpu / few_cpu,
        f"{name}_time_growth": many_time / few_time,
    }


def limits(figures: Mapping[str, float]) -> tuple[Limit, ...]:
    """What comments are held to."""
    sizes = "many ÷ few comments"
    return tuple(comment_limits(figures, tuple(PLACES), sizes))


def main() -> int:
    """Measure, print, and return the exit code."""
    return by_itself(measure_comments, limits)


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        raise SystemExit("DATABASE_URL is not set. `make bench` starts a server and sets it.")
    sys.exit(main())
