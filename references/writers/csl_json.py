"""CSL-JSON, as reference managers exchange it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def write(items: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """One JSON list, an item a line; each item has its citekey as `id`."""
    separator = "[\n"
    for citekey, item in items:
        line = json.dumps({**item, "id": citekey}, ensure_ascii=False, sort_keys=True)
        yield f"{separator}{line}"
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
