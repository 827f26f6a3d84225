"""Google's Lighthouse, from npm, on the Chromium of this machine."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.install_browser import find_browser

FOLDER = Path(__file__).parent / "lighthouse"
COMMAND = FOLDER / "node_modules" / ".bin" / "lighthouse"
FLAGS = "--headless=new --no-sandbox --disable-gpu"
TRIES = 3  # a busy machine makes a page slower, never quicker


class Scores(NamedTuple):
    """The scores of a page by category, out of 100, and what is in their way."""

    of: dict[str, float]
    complaints: list[str]


def scores(address: str) -> Scores:
    """The best of a few runs, as on a phone; one that is perfect is enough."""
    best = _scores(_report(address))
    for _again in range(TRIES - 1):
        if min(best.of.values()) == 100:
            break
        best = max(best, _scores(_report(address)), key=lambda seen: sum(seen.of.values()))
    return best


def _report(address: str) -> dict[str, Any]:
    """What Lighthouse says; now and then it loses its browser, and asks to be run again."""
    if not COMMAND.exists():
        raise SystemExit("Lighthouse is not installed. `make audit` installs it; it needs npm.")
    for _again in range(TRIES):
        finished = subprocess.run(  # noqa: S603 - a tool of ours, and no shell
            [COMMAND, address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"],
            env={**os.environ, "CHROME_PATH": find_browser() or ""},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if finished.returncode == 0:
            report: dict[str, Any] = json.loads(finished.stdout)
            return report
    raise SystemExit(f"Lighthouse broke off {TRIES} times at {address}; above it says why.")


def _scores(report: dict[str, Any]) -> Scores:
    categories = report["categories"].values()
    return Scores(
        of={each["title"]: round((each["score"] or 0) * 100, 1) for each in categories},
        complaints=list(_complaints(report)),
    )


def _complaints(report: dict[str, Any]) -> Iterator[str]:
    """The audits that cost points."""
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                shown = audit.get("displayValue", "")
                yield f"{category['title']}: {audit['title']} {shown} ({audit['score']})"
