"""Readers of files of sources, a module for each format.

Each has a `read`, which takes the file's text and gives its records one by one: what became an
item, and what did not, with line and reason. None raises on what a file may hold.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from references.readers import csl_json
from references.readers.decoding import MAX_BYTES, UnreadableFile, decode
from references.readers.records import Read, Record, Unread

__all__ = ["FORMATS", "MAX_BYTES", "Read", "Record", "Unread", "UnreadableFile", "decode"]

Reader = Callable[[str], Iterator[Record]]
FORMATS: Mapping[str, Reader] = MappingProxyType({"csl": csl_json.read})
