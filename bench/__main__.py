"""Measures the public pages beside a bare Django view with the same bytes, the library, the desk,
readers' search, and the scoring of comments.

`python -m bench [--json FILE] [--rounds N]` makes databases of its own on the server of
DATABASE_URL and drops them afterwards. Of the pages only the ratios of one run mean something: the
machine is the same for both sides, which take turns. CPU is that of the web process, without the
database. The library of sources is held to times as they are, and its readers and its AMA entries
to how often they are right. The exit code is 1 when a limit is missed.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import comment_scoring, comments, desk, search
from bench.over_http import Server, bare_server, load, site_server
from bench.report import (
    Limit,
    Target,
    as_json,
    cited_by_limits,
    library_limits,
    page_limits,
    table,
)
from bench.sides import Side, collect_static, filled_database, library_figures, side

# Pages in each list. Few are as many as a list shows at once, so that only their number differs.
FEW, MANY = 30, 10_000
WARM_UP = 30  # requests
BLOCK = 40  # requests of one side before the other has its turn
ROUNDS = 10
HTTP_ROUNDS = 3
HTTP_SECONDS = 1.0
ARTICLE = "/articles/measured/"
LISTS = {"articles": "/articles/", "techniques": "/techniques/", "questions": "/faq/"}
# Every article cites this source; its page lists them, and goes as far as page 500.
CITED_BY = "/references/source6/"
LATE_PAGE = f"{CITED_BY}?page=500"


@dataclass(frozen=True)
class Place:
    """A page of a running side: its process, its server, and what was measured."""

    target: Target
    side: Side
    server: Server


def main(arguments: list[str]) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE too")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each side")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="milia-bench-") as folder:
        library = measure_library(Path(folder))
        targets, limits = run(Path(folder), chosen.rounds)
        of_desk = desk.measure_desk({"WEB_PROCESS": "true", "MILIA_VAR": folder})
        of_search = search.measure_search({"WEB_PROCESS": "true", "MILIA_VAR": folder})
        of_comments = comments.measure_comments({"WEB_PROCESS": "true", "MILIA_VAR": folder})
        of_scoring = comment_scoring.measure_scoring({"MILIA_VAR": folder})
    limits = (*limits, *library_limits(library), *desk.limits(of_desk), *search.limits(of_search))
    limits = (*limits, *comments.limits(of_comments), *comment_scoring.limits(of_scoring))
    sys.stdout.write(table(targets, limits))
    if chosen.json:
        figures = {**as_json(targets, limits, library), "desk": of_desk, "search": of_search}
        figures |= {"comments": of_comments, "comment_scoring": of_scoring}
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if all(limit.met for limit in limits) else 1


def measure_library(folder: Path) -> Mapping[str, float]:
    """The figures of the library, before any other process runs here."""
    sys.stdout.write("Importing references …\n")
    sys.stdout.flush()
    return library_figures({"MILIA_VAR": str(folder)})


def run(folder: Path, rounds: int) -> tuple[list[Target], tuple[Limit, ...]]:
    """Start all sides, let them take turns, and hold the result to the limits."""
    with contextlib.ExitStack() as stack:
        places = start(folder, stack)
        for place in places.values():
            place.side.measure(place.target.path, WARM_UP)
        for _round in range(rounds):
            for place in places.values():
                cpu, seconds = place.side.measure(place.target.path, BLOCK)
                place.target.cpu.append(cpu / BLOCK)
                place.target.seconds += seconds
        for _round in range(HTTP_ROUNDS):
            for place in places.values():
                seen = load(place.server, place.target.path, HTTP_SECONDS)
                place.target.http_duration += seen.duration
                place.target.http_seconds += seen.seconds
                place.target.http_cpu += seen.cpu
    targets = {name: place.target for name, place in places.items()}
    lists = [(targets[f"{name}, {FEW}"], targets[f"{name}, {MANY}"]) for name in LISTS]
    few, *many = (target for name, target in targets.items() if name.startswith("cited by"))
    return list(targets.values()), (
        *page_limits(targets["article"], targets["bare view"], lists),
        *cited_by_limits(few, many),
    )


def start(folder: Path, stack: contextlib.ExitStack) -> Mapping[str, Place]:
    """Fill the databases and start every side; `stack` ends them."""
    common = {"WEB_PROCESS": "true", "MILIA_VAR": str(folder)}
    collect_static(common)
    places: dict[str, Place] = {}
    for pages in (FEW, MANY):
        sys.stdout.write(f"Filling a database with {pages} pages in each list …\n")
        sys.stdout.flush()
        environment = {**common, "DATABASE_URL": stack.enter_context(filled_database(pages))}
        process = stack.enter_context(side("milia_site.wsgi", environment))
        server = stack.enter_context(site_server(environment))
        if pages == FEW:
            places["article"] = place("article", ARTICLE, process, server)
        for name, path in lists(pages):
            places[name] = place(name, path, process, server)
    body = folder / "body.html"
    body.write_bytes(places["article"].target.body)
    environment = {"BENCH_BODY": str(body), "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
    process = stack.enter_context(side("bench.bare", environment))
    server = stack.enter_context(bare_server(environment))
    places["bare view"] = place("bare view", "/", process, server)
    return places


def lists(pages: int) -> Iterator[tuple[str, str]]:
    """The names and addresses of the lists that so many pages stand in."""
    for name, path in {**LISTS, "cited by": CITED_BY}.items():
        yield f"{name}, {pages}", path
    if pages == MANY:
        yield "cited by, late page", LATE_PAGE


def place(name: str, path: str, process: Side, server: Server) -> Place:
    """A page to measure, seen once."""
    body, queries = process.look(path)
    return Place(Target(name, path, body, queries), process, server)


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        raise SystemExit("DATABASE_URL is not set. `make bench` starts a server and sets it.")
    sys.exit(main(sys.argv[1:]))
