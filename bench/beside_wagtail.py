"""Our search beside Wagtail's, over the same pages on the same machine: `make bench-wagtail`.

`python -m bench.beside_wagtail PYTHON` takes the Python of the environment that has Wagtail. Both
are served alike and take turns. The exit code is 1 when a limit is missed.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.over_http import Server, free_port, load, running, site_server
from bench.report import Limit, limit_lines
from bench.search import MANY
from bench.sides import collect_static, new_database, output
from milia_site import serve, settings

ROUNDS = 3
SECONDS = 3.0
RATIO_LEAST = 20.0
SEARCHES = {"a common word": "skin", "two common words": "skin+treatment", "a rare word": "{rare}"}


def main(python: str) -> int:
    """Measure, print, and return the exit code."""
    with tempfile.TemporaryDirectory(prefix="milia-bench-") as folder:
        file = Path(folder) / "pages.jsonl"
        with ours(Path(folder), file) as our_side, wagtail(python, file) as other_side:
            rates = measure(our_side, other_side, file)
    limits = []
    for name, (our_rate, other_rate) in rates.items():
        sys.stdout.write(f"{name}: {our_rate:.0f} a second, Wagtail {other_rate:.1f}\n")
        full_name = f"search at {MANY:,} pages: {name}, times Wagtail's rate"
        limits.append(Limit(full_name, our_rate / other_rate, RATIO_LEAST, is_least=True))
    sys.stdout.write("\n".join([*limit_lines(limits), ""]))
    return 0 if all(limit.met for limit in limits) else 1


@contextlib.contextmanager
def ours(folder: Path, file: Path) -> Iterator[Server]:
    """This site with the pages, which are written to `file` too."""
    environment = {"WEB_PROCESS": "true", "MILIA_VAR": str(folder)}
    collect_static(environment)
    with new_database("search") as address:
        environment = {**environment, "DATABASE_URL": address}
        output(["-m", "bench.search_world", str(MANY), str(file)], environment)
        with site_server(environment) as server:
            yield server


@contextlib.contextmanager
def wagtail(python: str, file: Path) -> Iterator[Server]:
    """Wagtail with the same pages, served by as many workers and threads."""
    sys.stdout.write(f"Filling Wagtail with {MANY:,} pages …\n")
    sys.stdout.flush()
    with new_database("wagtail") as address:
        environment = {"DATABASE_URL": address}
        fill = [python, "-m", "bench.wagtail_side.fill", str(file)]
        subprocess.run(fill, env={**os.environ, **environment}, check=True)  # noqa: S603 - ours
        port = free_port()
        options = {
            "--interface": "wsgi",
            "--port": str(port),
            "--workers": str(serve.WORKERS),
            "--blocking-threads": str(settings.DB_POOL_SIZE),
            "--log-level": "error",
        }
        flags = [word for option in options.items() for word in option]
        application = "bench.wagtail_side.application:application"
        command = [python, "-m", "granian", application, "--no-ws", *flags]
        with running(command, environment, port) as server:
            yield server


def measure(our_side: Server, other_side: Server, file: Path) -> dict[str, tuple[float, float]]:
    """Answers a second of both sides, for each search."""
    rare = rare_word(file)
    rates = {}
    for name, words in SEARCHES.items():
        asked = words.format(rare=rare)
        seen: tuple[list[float], list[float]] = ([], [])
        for _round in range(ROUNDS):
            for place, server in enumerate((our_side, other_side)):
                got = load(server, f"/search/?q={asked}", SECONDS)
                seen[place].append(len(got.seconds) / got.duration)
        rates[name] = (max(seen[0]), max(seen[1]))
    return rates


def rare_word(file: Path) -> str:
    """A word that one page alone has."""
    texts: list[str] = [
        json.loads(line)["body"] for line in file.read_text(encoding="utf-8").splitlines()
    ]
    seen = Counter(word for text in texts for word in set(text.split()))
    return next(word for word, number in sorted(seen.items()) if number == 1 and word.isalpha())


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        raise SystemExit("DATABASE_URL is not set. `make bench-wagtail` starts a server.")
    sys.exit(main(sys.argv[1]))
