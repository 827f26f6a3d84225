"""Entries in AMA style as plain text, one a line."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from references.formatting import ama_text


def write(items: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """The AMA entry of each item on a line of its own."""
    for _citekey, item in items:
        yield " ".join(ama_text(item).split()) + "\n"
