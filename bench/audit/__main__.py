"""Holds the public pages to Lighthouse, axe and their weight: `make audit`.

It serves the demonstration pages as `make run` does, on a database of its own, and the article
that the benchmark measures. The exit code is 1 when a limit is missed.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.audit import axe, lighthouse, wire
from bench.audit.sites import demonstration, measured
from bench.report import Limit, limit_lines

# Lighthouse judges these; axe one page of each template.
JUDGED = {
    "home": "/",
    "article": "/articles/milia-removal-options/",
    "comparison": "/conditions/milia/compare/",
    "search": "/search/",
}
TEMPLATES = (
    *JUDGED.values(),
    "/search/?q=mila+extracton",
    "/search/?q=qqqq",
    "/articles/",
    "/conditions/",
    "/conditions/milia/",
    "/conditions/milia/compare/?eye=possible",
    "/techniques/",
    "/techniques/do-nothing/",
    "/faq/",
    "/glossary/",
    "/references/",
    "/references/berk2008/",
    "/contributors/",
    "/contributors/demo-author/",
    "/about/",
    "/voice/article/milia-removal-options/report/",
    "/voice/article/milia-removal-options/thanks/",
    "/articles/milia-removal-options/history/",
    "/nothing-here/",
)
LIGHTHOUSE_LEAST = 100.0
ARTICLE = "/articles/measured/"


def main() -> int:
    """Audit, print, and return the exit code."""
    with tempfile.TemporaryDirectory(prefix="milia-audit-") as folder:
        limits = [*pages(Path(folder)), *weight(Path(folder))]
    sys.stdout.write("\n".join([*limit_lines(limits), ""]))
    return 0 if all(limit.met for limit in limits) else 1


def pages(folder: Path) -> Iterator[Limit]:
    """The demonstration pages by Lighthouse and axe."""
    with demonstration(folder) as site:
        for name, path in JUDGED.items():
            say(f"Lighthouse looks at {path} …")
            scores = lighthouse.scores(site + path)
            tell(scores.complaints)
            for category, score in scores.of.items():
                yield Limit(f"Lighthouse, {name}, {category}", score, LIGHTHOUSE_LEAST, True)
        say(f"axe looks at {len(TEMPLATES)} pages …")
        seen = axe.look(site, TEMPLATES)
        tell(seen.faults)
        yield Limit(f"axe, faults on {seen.views} views of pages", len(seen.faults), 0)
        yield Limit("views of pages that scroll sideways", len(seen.wide), 0)
        tell(seen.wide)


def weight(folder: Path) -> Iterator[Limit]:
    """What a first visit to the measured article costs."""
    with measured(folder) as site:
        yield from wire.limits(wire.first_visit(site + ARTICLE))


def tell(lines: Iterable[str]) -> None:
    """Print what was found, a line each."""
    for line in lines:
        say(f"  {line}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        raise SystemExit("DATABASE_URL is not set. `make audit` starts a server and sets it.")
    sys.exit(main())
