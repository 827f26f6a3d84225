"""Measures readers' search on a small and on a large site: `python -m bench.search`.

The two sides take turns. What is held to a limit is the time that nineteen of twenty answers stay
below on the large site, against the small one; and that the index is what finds them.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from bench.over_http import load, site_server
from bench.report import Limit, percentile
from bench.sides import Side, by_itself, new_database, output, side

FEW, MANY = 100, 5_000  # pages
WARM_UP = 10  # requests
BLOCK = 10  # requests of one side before the other has its turn
ROUNDS = 8
HTTP_SECONDS = 3.0
GROWTH_MAX = 3.0
# What is asked for, and what the answer has to say; of RARE each site has one page.
SEARCHES = {
    "a common word": ("skin", "50+"),
    "two common words": ("skin+treatment", "50+"),
    "a rare word": ("{rare}", "(1)"),
    "a misspelt word": ("treatmnet", "<strong>treatment</strong>"),
}
INDEX = "publishing_search_vector"


def measure_search(environment: Mapping[str, str]) -> dict[str, float]:
    """The figures by name: milliseconds, requests a second, ratios."""
    figures: dict[str, float] = {}
    with contextlib.ExitStack() as stack:
        few, rare_few, _address = stack.enter_context(filled(FEW, environment))
        many, rare_many, address = stack.enter_context(filled(MANY, environment))
        for name, (words, said) in SEARCHES.items():
            paths = [f"/search/?q={words.format(rare=rare)}" for rare in (rare_few, rare_many)]
            figures |= _compare(name, said, list(zip(paths, (few, many), strict=True)))
        server = stack.enter_context(site_server({**environment, "DATABASE_URL": address}))
        for name, (words, _said) in SEARCHES.items():
            seen = load(server, f"/search/?q={words.format(rare=rare_many)}", HTTP_SECONDS)
            figures[f"{name}_rps"] = len(seen.seconds) / seen.duration
    return figures


@contextlib.contextmanager
def filled(pages: int, environment: Mapping[str, str]) -> Iterator[tuple[Side, str, str]]:
    """A site with so many pages: its process, a word that one page has, and its database."""
    sys.stdout.write(f"Filling a site with {pages:,} pages to search …\n")
    sys.stdout.flush()
    with new_database(f"search_{pages}") as address:
        environment = {**environment, "DATABASE_URL": address}
        told: dict[str, Any] = json.loads(
            output(["-m", "bench.search_world", str(pages)], environment)
        )
        if pages == MANY and not all(INDEX in plan for plan in told["plans"].values()):
            raise SystemExit(f"A search does not use its index: {told['plans']}")
        with side("milia_site.wsgi", environment) as process:
            yield process, list(told["plans"])[1], address


def _compare(name: str, said: str, sides: list[tuple[str, Side]]) -> dict[str, float]:
    """One search on both sides."""
    queries = 0
    for path, each in sides:
        body, queries = each.look(path)
        if said not in body.decode():
            raise SystemExit(f"The answer to {path} does not say {said!r}.")
        each.measure(path, WARM_UP)
    seconds: list[list[float]] = [[], []]
    for _round in range(ROUNDS):
        for place, (path, each) in enumerate(sides):
            seconds[place] += each.measure(path, BLOCK)[1]
    few, many = (percentile(each, 95) for each in seconds)
    return {
        f"{name}_queries": queries,
        f"{name}_p95_ms": many * 1000,
        f"{name}_growth": many / few,
    }


def limits(figures: Mapping[str, float]) -> Iterator[Limit]:
    """What search is held to."""
    for name in SEARCHES:
        full_name = f"search: {name}, p95 at {MANY:,} ÷ {FEW:,} pages"
        yield Limit(full_name, figures[f"{name}_growth"], GROWTH_MAX)


def main() -> int:
    """Measure, print, and return the exit code."""
    return by_itself(measure_search, limits)


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        raise SystemExit("DATABASE_URL is not set. `make bench` starts a server and sets it.")
    sys.exit(main())
