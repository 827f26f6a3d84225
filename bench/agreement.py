"""How often our entries and our reading of pasted text agree with what is known to be right.

The data are those of the tests; tests/references/data/README.md says where they come from.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from references.formatting import ama_text
from references.readers import Read
from references.readers.text import read

DATA = Path(__file__).resolve().parent.parent / "tests" / "references" / "data"
GOLDEN = DATA / "ama-golden.jsonl"
STRINGS = DATA / "reference-strings.jsonl"


class Agreement(NamedTuple):
    """The cases that differ, by their ids, and how many cases there are."""

    different: frozenset[str]
    cases: int

    @property
    def share(self) -> float:
        """The part of the cases that are right."""
        return 1 - len(self.different) / self.cases


def golden() -> Iterator[tuple[dict[str, Any], str]]:
    """Real items, each with its entry as citeproc-js prints it."""
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["csl"], row["ama"]


def of_entries() -> Agreement:
    """Our AMA entries beside those of citeproc-js."""
    cases = list(golden())
    different = (item["id"] for item, ama in cases if same_ink(ama_text(item)) != same_ink(ama))
    return Agreement(frozenset(different), len(cases))


def same_ink(text: str) -> str:
    """The text without differences of white space and of the form of quotation marks."""
    text = re.sub("[“”]", '"', re.sub("[‘’]", "'", text))
    return " ".join(text.split())


def of_pasted_text() -> Agreement:
    """What we read from real references as text, all fields of each beside the known ones."""
    cases = [json.loads(line) for line in STRINGS.read_text(encoding="utf-8").splitlines()]
    different = (case["id"] for case in cases if not _is_read_right(case))
    return Agreement(frozenset(different), len(cases))


def _is_read_right(case: dict[str, Any]) -> bool:
    records = list(read(case["text"]))
    if len(records) != 1 or not isinstance(records[0], Read):
        return False
    return _fields(records[0].item) == _expected(case["expected"])


def _fields(item: dict[str, Any]) -> dict[str, Any]:
    """An item in the terms of the known fields."""
    return {
        "type": item["type"],
        "title": _folded(item["title"]),
        "container": _folded(item.get("container-title")),
        "year": str(item.get("issued", {}).get("date-parts", [[""]])[0][0]),
        "volume": item.get("volume", ""),
        "issue": _folded(item.get("issue")),
        "page": _folded(item.get("page")),
        "doi": _folded(item.get("DOI")),
        "et_al": bool(item.get("custom", {}).get("et-al")),
        "authors": [
            (_folded(name.get("family") or name.get("literal")), name.get("given", ""))
            for name in item.get("author", ())
        ],
    }


def _expected(known: dict[str, Any]) -> dict[str, Any]:
    authors = [
        (_folded(name.get("family") or name.get("literal")), name.get("initials", ""))
        for name in known["authors"]
    ]
    names = ("title", "container", "issue", "page", "doi")
    return {**known, **{name: _folded(known[name]) for name in names}, "authors": authors}


def _folded(text: object) -> str:
    quotes = str.maketrans("’“”", '\'""')
    return " ".join(str(text or "").translate(quotes).lower().split())
