"""Readers of files of sources, a module for each format.

Each has a `read`, which takes the file's text and gives its records one by one: what became an
item, and what did not, with line and reason. None raises on what a file may hold.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType

from references.readers import bibtex, csl_json, nbib, pubmed, ris, text
from references.readers.decoding import MAX_BYTES, UnreadableFile, decode
from references.readers.records import Read, Record, Unread

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Read",
    "Record",
    "Unread",
    "UnreadableFile",
    "decode",
    "detect",
]

Reader = Callable[[str], Iterator[Record]]
FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        "bibtex": bibtex.read,
        "csl": csl_json.read,
        "nbib": nbib.read,
        "pubmed": pubmed.read,
        "ris": ris.read,
        "text": text.read,
    }
)

EXTENSIONS = {
    ".json": "csl",
    ".ris": "ris",
    ".bib": "bibtex",
    ".nbib": "nbib",
    ".xml": "pubmed",
    ".txt": "text",
}
# How a file of a format begins, for names that say nothing.
BEGINNINGS = (
    (re.compile(r"\s*[\[{]\s*[\[{\"\]}]"), "csl"),
    (re.compile(r"\s*<"), "pubmed"),
    (re.compile(r"\s*(?:PMID|OWN|STAT)\s*-", re.IGNORECASE), "nbib"),
    (re.compile(r"\s*TY\s*-", re.IGNORECASE), "ris"),
    (re.compile(r"\s*(?:%.*\n\s*)*@\w+\s*[{(]"), "bibtex"),
)


def detect(name: str, content: str) -> str:
    """The format of a file, by how it begins, else by its name, else plain text."""
    for beginning, format_name in BEGINNINGS:
        if beginning.match(content):
            return format_name
    return EXTENSIONS.get(PurePath(name).suffix.lower(), "text")
