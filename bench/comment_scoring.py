"""CPU time of scoring one comment of full length; it needs no database.

`python -m bench.comment_scoring [--json]` prints milliseconds: for comments joined from the
honest samples, which the limit holds for; for ones joined from all samples, in which every signal
speaks at once and all alphabets meet; and for texts made to cost as much as they can, to show that
nothing runs away. The least of several rounds counts: what a busy machine adds is not ours.
"""

import csv
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import django

from bench.report import Limit
from bench.sides import output
from comments.scoring import Submission, score

SAMPLES = Path(__file__).resolve().parent.parent / "comments" / "samples" / "build.csv"
LENGTH = 5_000
COMMENTS = 20
ROUNDS = 15
LIMIT = 5.0  # milliseconds
NOTES = "Never pop, needle, cut or squeeze a bump yourself. " * 20
HOSTILE = {
    "one letter": "a",
    "numbers": "1 ",
    "amounts": "1 g a ",
    "acts": "cut it ",
    "babies": "cream baby ",
    "links": "http://",
    "dots": "a.",
    "at signs": "a@",
    "hidden": "a\u200b",
    "two scripts": "aа",
    "marks": "\u0301",
    "questions": "pop? ",
}


def joined(texts: list[str], seed: int) -> str:
    """A comment of full length out of others."""
    chosen = random.Random(seed)  # noqa: S311 (the same texts in each run, no secret)
    parts: list[str] = []
    while sum(map(len, parts)) < LENGTH:
        parts.append(chosen.choice(texts))
    return " ".join(parts)[:LENGTH]


def milliseconds(text: str) -> float:
    """CPU time of scoring a text once, the least of some rounds."""
    submission = Submission(name="Reader", text=text, safety_notes=NOTES)
    return min(_rounds(submission)) * 1000


def _rounds(submission: Submission) -> Iterator[float]:
    for _round in range(ROUNDS):
        started = time.process_time()
        score(submission)
        yield time.process_time() - started


def figures() -> dict[str, float]:
    """Milliseconds by kind of text: the mean of several comments, and hostile ones one by one."""
    with SAMPLES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    honest = [row["text"] for row in rows if row["label"] == "ham" and not row["signals"]]
    every = [row["text"] for row in rows]
    return {
        "honest": statistics.mean(milliseconds(joined(honest, n)) for n in range(COMMENTS)),
        "all samples": statistics.mean(milliseconds(joined(every, n)) for n in range(COMMENTS)),
        "as they came": statistics.mean(milliseconds(text) for text in every),
        **{
            f"hostile: {name}": milliseconds((part * LENGTH)[:LENGTH])
            for name, part in HOSTILE.items()
        },
    }


def measure_scoring(environment: Mapping[str, str]) -> dict[str, float]:
    """The figures, from a process that does nothing else."""
    told: dict[str, float] = json.loads(
        output(["-m", "bench.comment_scoring", "--json"], environment)
    )
    return told


def limits(found: Mapping[str, float]) -> tuple[Limit, ...]:
    """What ordinary comments may cost."""
    name = f"scoring a comment of {LENGTH:,} characters, ms"
    return (Limit(name, found["honest"], LIMIT),)


def main(arguments: list[str]) -> int:
    """Print the figures; the exit code is 1 if ordinary comments cost too much."""
    os.environ.setdefault("SECRET_KEY", "only for measuring " * 4)
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
    django.setup()
    found = figures()
    if arguments == ["--json"]:
        sys.stdout.write(json.dumps(found))
        return 0
    for name, value in found.items():
        sys.stdout.write(f"{name:<22} {value:6.2f} ms\n")
    met = all(limit.met for limit in limits(found))
    sys.stdout.write(f"under {LIMIT:g} ms for {LENGTH:,} characters: {'yes' if met else 'no'}\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
