"""The entries of a BibTeX file: split, with the values of @string and crossref filled in.

The text of a field stays LaTeX here. Nothing grows without bounds: see the limits below.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bibtexparser import model
from bibtexparser.splitter import Splitter
from django.utils.translation import gettext as _

from references.readers.records import Unread, shown, unread

MAX_LENGTH = 20_000_000  # characters of a file
MAX_GROWTH = 20_000_000  # characters that strings and crossrefs may add to a file
MAX_BRACES = 100_000  # opening braces in an entry
MAX_DEPTH = 100  # braces within braces
MAX_STRING = 10_000  # characters that strings may add to a value
MAX_ENTRIES = 100_000
MAX_FIELDS = 1_000_000  # of all entries together
MAX_CHAIN = 100  # strings made of strings, and parents of parents

# Each fault becomes a record; a hostile file must not fill the log as well.
logging.getLogger(Splitter.__module__).setLevel(logging.CRITICAL)

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
# What belongs to the parent alone.
_NOT_INHERITED = frozenset(
    """
    abstract annotation annote crossref doi eprint file ids keywords note pages pmcid pmid
    shorttitle subtitle title url urldate xref
    """.split()
)
_DATE = frozenset({"date", "year", "month", "day"})
_BRACE = re.compile(r"(?<!\\)[{}]|(?P<start>^[ \t]*)?@\w*[ \t]*(?=[{(])", re.MULTILINE)
_LINE_BREAK = re.compile(r"(?<!\\)((?:\\\\)+)(?=[{}\"])")
_LOST_ENTRY = re.compile(r"^[ \t]*@(?!comment)\w+", re.MULTILINE | re.IGNORECASE)
_PIECE_MARK = re.compile(r'\\.|[{}"#]', re.DOTALL)
_STRING_NAME = re.compile(r"[^\s\"#%'(),={}]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its type and the names of its fields in small letters, the values as LaTeX."""

    line: int
    kind: str
    key: str
    fields: Mapping[str, str]
    text: str
    notes: tuple[str, ...] = ()


class Refused(Exception):
    """The file grows past a limit; the text says which."""


@dataclass
class _Growth:
    """How much longer the file may still become."""

    left: int = MAX_GROWTH

    def spend(self, characters: int) -> None:
        """Take from what is left, or refuse the file."""
        self.left -= characters
        if self.left < 0:
            raise Refused(_("Its strings and cross-references make this file too long."))


@dataclass
class _Strings:
    """The values of @string, each resolved once."""

    growth: _Growth
    raw: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known |= {month[:3].lower(): (month, 0) for month in _MONTHS}

    def resolve_all(self) -> None:
        """Every string once, so that one that cannot be resolved refuses the file."""
        for name in self.raw:
            self.known.pop(name, None)
        for name in self.raw:
            self._resolve(name, ())

    def value(self, raw: str, chain: tuple[str, ...] = ()) -> tuple[str, int, list[str]]:
        """The value, how deep its chain of strings is, and what in it is no BibTeX."""
        texts: list[str] = []
        strange: list[str] = []
        grown = depth = 0
        for piece in _pieces(raw):
            text, is_name = _opened(piece)
            name = text.lower()
            if is_name and (name in self.raw or name in self.known):
                text, deep = self._resolve(name, chain)
                depth = max(depth, deep)
                grown += len(text)
                if grown > MAX_STRING:
                    raise Refused(_("A value with its strings is longer than 10,000 characters."))
            elif is_name or (text and text is piece and not piece.isdecimal()):
                strange.append(text)
            texts.append(text)
        self.growth.spend(grown)
        return "".join(texts), depth, strange

    def _resolve(self, name: str, chain: tuple[str, ...]) -> tuple[str, int]:
        if name in self.known:
            return self.known[name]
        if name in chain:
            raise Refused(_("The string “%(name)s” is made of itself.") % {"name": shown(name, 80)})
        depth = len(chain)
        if depth < MAX_CHAIN:
            text, depth, _strange = self.value(self.raw[name], (*chain, name))
        if depth >= MAX_CHAIN:
            raise Refused(_("Its strings are made of strings more than 100 times over."))
        self.known[name] = text, depth + 1
        return self.known[name]


def entries(text: str) -> Iterator[Entry | Unread]:
    """The entries of a file in its order, and what in it is no whole entry."""
    reason = _bomb(text)
    if reason:
        yield unread(1, reason, text)
        return
    text = _LINE_BREAK.sub(r"\1 ", text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        found = list(_resolved(_blocks(text)))
        parents = {entry.key.lower(): entry for entry in reversed(_only_entries(found))}
        growth = _Growth()
        for one in found:
            yield one if isinstance(one, Unread) else _with_parents(one, parents, growth)
    except Refused as error:
        yield unread(1, str(error), text)
        return
    if not found and text.strip():
        yield unread(1, _("There is no BibTeX entry in this text."), text)


def _blocks(text: str) -> list[model.Block]:
    try:
        return Splitter(text).split().blocks
    except Exception as error:  # what it has no plan for, it raises as it comes
        raise Refused(_("This text could not be parted into entries.")) from error


def _only_entries(found: list[Entry | Unread]) -> list[Entry]:
    return [one for one in found if isinstance(one, Entry)]


def _bomb(text: str) -> str:
    """Why the file is not even split, if so."""
    if len(text) > MAX_LENGTH:
        return _("This file is longer than 20,000,000 characters.")
    if text.count("=") > MAX_FIELDS:
        return _("This file has more than 1,000,000 fields.")
    depth = braces = starts = 0
    for mark in _BRACE.finditer(text):
        if mark[0] == "{":
            depth += 1
            braces += 1
        elif mark[0] == "}":
            depth = max(0, depth - 1)
        else:
            starts += 1
            if depth == 0 or mark["start"] is not None:
                depth = braces = 0
        if depth > MAX_DEPTH:
            return _("Its braces stand more than 100 deep in each other.")
        if braces > MAX_BRACES:
            return _("One entry has more than 100,000 opening braces.")
    if starts > MAX_ENTRIES:
        return _("This file has more than 100,000 entries.")
    return ""


def _resolved(blocks: list[model.Block]) -> Iterator[Entry | Unread]:
    strings = _Strings(_Growth())
    for block in blocks:
        if isinstance(block, model.String):
            strings.raw.setdefault(block.key.lower(), block.value)
    strings.resolve_all()
    first_lines: dict[str, int] = {}
    for block in blocks:
        yield from _from_block(block, strings, first_lines)


def _from_block(
    block: Any, strings: _Strings, first_lines: dict[str, int]
) -> Iterator[Entry | Unread]:
    line = block.start_line + 1
    text = block.raw
    inner = getattr(block, "ignore_error_block", None)
    found = block if inner is None else inner
    if isinstance(found, model.Entry):
        yield _entry(found, strings, first_lines)
    elif isinstance(found, model.String) and inner is not None:
        reason = _("The string “%(name)s” is defined twice; the first definition counts.")
        yield unread(line, reason % {"name": shown(found.key, 80)}, text)
    elif isinstance(block, model.ParsingFailedBlock):
        reason = _("This is no whole entry: a comma, a brace, a quotation mark or “=” is missing.")
        yield unread(line, reason, text)
    elif isinstance(block, model.ImplicitComment) and (lost := _LOST_ENTRY.search(block.comment)):
        line += block.comment.count("\n", 0, lost.start())
        yield unread(line, _("This entry has no opening brace."), block.comment[lost.start() :])


def _entry(block: model.Entry, strings: _Strings, first_lines: dict[str, int]) -> Entry:
    line = (block.start_line or 0) + 1
    fields: dict[str, str] = {}
    notes: list[str] = []
    first = first_lines.setdefault(block.key.lower(), line)
    if first != line and block.key:
        notes.append(_("Its key is also that of the entry in line %(line)d.") % {"line": first})
    twice: list[str] = []
    for one in block.fields:
        name = one.key.lower()
        value, _depth, strange = strings.value(one.value)
        if fields.setdefault(name, value) is not value:
            twice.append(f"{name} = {shown(value, 80)}")
        elif strange:
            names = {"field": shown(name, 80), "text": shown(", ".join(strange), 80)}
            note = _("%(field)s: “%(text)s” has no braces or quotation marks, nor is it a string.")
            notes.append(note % names)
    if twice:
        note = _("These fields were left out, for they are there already: %(fields)s.")
        notes.append(note % {"fields": shown("; ".join(twice), 500)})
    return Entry(line, block.entry_type.lower(), block.key, fields, block.raw or "", tuple(notes))


def _with_parents(entry: Entry, parents: Mapping[str, Entry], growth: _Growth) -> Entry:
    """The entry with what it lacks and the entry it refers to has."""
    fields = dict(entry.fields)
    wanted = fields.pop("crossref", "").strip()
    seen = {entry.key.lower()}
    while wanted and wanted.lower() in parents and wanted.lower() not in seen:
        seen.add(wanted.lower())
        theirs = parents[wanted.lower()].fields
        without = _NOT_INHERITED | (_DATE if _DATE & fields.keys() else set())
        new = {name: text for name, text in theirs.items() if name not in without}
        if "title" in theirs:
            new["booktitle"] = theirs["title"]
        added = new.keys() - fields.keys()
        growth.spend(sum(len(new[name]) for name in added))
        fields |= {name: text for name, text in new.items() if name in added}
        wanted = theirs.get("crossref", "").strip() if len(seen) < MAX_CHAIN else ""
    if not wanted:
        return replace(entry, fields=fields)
    note = _("It refers to “%(key)s”, which this file does not have as another entry.")
    return replace(entry, fields=fields, notes=(*entry.notes, note % {"key": shown(wanted, 80)}))


def _pieces(raw: str) -> Iterator[str]:
    """The parts of a value that are joined by “#”."""
    depth = begin = 0
    quoted = False
    for mark in _PIECE_MARK.finditer(raw):
        if mark[0] == '"' and depth == 0:
            quoted = not quoted
        elif mark[0] == "#" and depth == 0 and not quoted:
            yield raw[begin : mark.start()].strip()
            begin = mark.end()
        depth = max(0, depth + {"{": 1, "}": -1}.get(mark[0], 0))
    yield raw[begin:].strip()


def _opened(piece: str) -> tuple[str, bool]:
    """The piece without the braces or quotation marks around it; whether it is a string's name."""
    if piece[:1] == '"' and piece[-1:] == '"' and len(piece) > 1:
        return piece[1:-1], False
    if piece[:1] == "{" and _closing(piece) == len(piece):
        return piece[1:-1], False
    return piece, not piece.isdecimal() and _STRING_NAME.fullmatch(piece) is not None


def _closing(piece: str) -> int:
    """Where the first brace of the piece is closed."""
    depth = 0
    for mark in _PIECE_MARK.finditer(piece):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.end()
    return 0
