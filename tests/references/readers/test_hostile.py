"""Large files that are made to take time and memory."""

import subprocess
import sys
from typing import NamedTuple

import pytest

from references.management.commands.import_references import MAX_RECORDS

SIZE = 8_000_000  # bytes of a file, more than one record may have
MOST_MEMORY = 400  # MB more than before
MOST_TIME = 90  # seconds
# It reads as the command does, at most one record more than the command takes.
CHILD = """
import resource, sys
from itertools import islice
import django
django.setup()
from references.readers import FORMATS
name, head, unit, size, most = sys.argv[1:]
text = head + unit * ((int(size) - len(head)) // len(unit))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
records = list(islice(FORMATS[name](text), int(most) + 1))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(records), (after - before) // 1_000)
print(getattr(records[-1], "reason", "read"))
"""


class Measured(NamedTuple):
    """How many records came of a file, what the last one was, and the memory in MB."""

    number: int
    last: str
    memory: int


def measured(name: str, head: str, unit: str) -> Measured:
    """Read a file that begins with `head` and is full of `unit`, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, name, head, unit, str(SIZE), str(MAX_RECORDS)],
        check=True,
        capture_output=True,
        text=True,
        timeout=MOST_TIME,
    )
    numbers, last = done.stdout.splitlines()
    number, memory = map(int, numbers.split())
    return Measured(number, last, memory)


LONG = "This record is longer than 5000000 characters."


@pytest.mark.parametrize(
    ("name", "head", "unit", "last"),
    [
        ("ris", "TY  - JOUR\nTI  - T\nAU  - ", "a,b;", LONG),
        ("ris", "TY  - JOUR\nTI  - T\n", "AU  - a, b\n", LONG),
        ("nbib", "PMID- 1\nTI  - T\n", "EIN - a b\n", LONG),
        ("pubmed", '<PubmedArticleSet><a b="', "x", LONG),
        ("pubmed", "<PubmedArticleSet><PubmedArticle>", "<a/>", LONG),
        ("csl", "[", "{},", "This JSON has more than 1000000 brackets."),
        ("csl", '[{"type": "book", "title": "T", "author": ["a', '","', "This is not JSON"),
        ("bibtex", "@book{k, title = ", "{}", "One entry has more than 100,000 opening braces."),
        ("bibtex", "", "@", "There is no BibTeX entry in this text."),
        ("bibtex", "@book{k, title = {T}, author = {", " and a", "This is no whole entry"),
        ("text", "", "a", "This is longer than a reference"),
    ],
    ids=range(11),
)
def test_a_record_without_end_is_refused_in_bounded_time_and_memory(
    name: str, head: str, unit: str, last: str
) -> None:
    found = measured(name, head, unit)
    assert found.number == 1
    assert found.last.startswith(last)
    assert found.memory < MOST_MEMORY


@pytest.mark.parametrize(
    ("name", "head", "unit"), [("text", "", "a\n"), ("csl", "[", "1,"), ("ris", "", "x\n\n")]
)
def test_records_without_end_are_left_in_bounded_time_and_memory(
    name: str, head: str, unit: str
) -> None:
    found = measured(name, head, unit)
    assert found.number == MAX_RECORDS + 1
    assert found.memory < MOST_MEMORY
