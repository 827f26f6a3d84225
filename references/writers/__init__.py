"""Writers of sources, a module for each format.

Each has a `write`, which takes pairs of citekey and CSL-JSON item and gives the file in pieces.
Whatever a value holds, it cannot end its record or begin another one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from references.writers import bibtex, csl_json, plain_text, ris

__all__ = ["FORMATS", "Format"]

Write = Callable[[Iterable[tuple[str, Mapping[str, Any]]]], Iterator[str]]


@dataclass(frozen=True)
class Format:
    """A format: how it is written, the end of its files' names, and its media type."""

    write: Write
    extension: str
    media_type: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csl": Format(csl_json.write, "json", "application/vnd.citationstyles.csl+json"),
        "bibtex": Format(bibtex.write, "bib", "application/x-bibtex"),
        "ris": Format(ris.write, "ris", "application/x-research-info-systems"),
        "text": Format(plain_text.write, "txt", "text/plain"),
    }
)
