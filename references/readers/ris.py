"""RIS: lines such as “TI  - Title”, a record from the line TY to the line ER.

Format: https://github.com/aurimasv/translators/wiki/RIS-Tag-Map (and the tables of EndNote).
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.utils.translation import gettext as _

from references.csl import MAX_NAMES, Item
from references.readers.nbib import LANGUAGES, date_of_numbers, date_of_words
from references.readers.records import MAX_RECORD, Record, record, shown, too_long, unread
from references.readers.ris_tables import TAGS, TYPES

# Texts in which a line may well begin with words such as “T2-weighted” or “IL-6”.
_PROSE = frozenset({"AB", "AD", "BT", "KW", "N1", "N2", "T1", "T2", "TI"})

_ARTICLES = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_IN_BOOKS = frozenset({"chapter", "entry-dictionary", "entry-encyclopedia"})
_EDITED = _ARTICLES | _IN_BOOKS | {"book", "classic", "paper-conference", "periodical", "report"}
_IN_SERIES = frozenset({"book", "classic", "report", "standard"})
_NUMBERED = frozenset("report standard patent bill legislation legal_case regulation".split())

_TEXTS = (
    ("volume", ("VL", "VO")),
    ("issue", ("IS",)),
    ("publisher", ("PB",)),
    ("publisher-place", ("CY", "PP")),
    ("edition", ("ET",)),
    ("abstract", ("AB", "N2")),
    ("call-number", ("CN",)),
    ("number-of-volumes", ("NV",)),
    ("title-short", ("ST",)),
)
_JOURNALS = ("JF", "T2", "BT")
_CONTAINERS = {
    **dict.fromkeys(_IN_BOOKS, ("BT", "T2", "JF")),
    "paper-conference": ("C3", "BT", "T2", "JF"),
}

_START = re.compile(r"[\s\ufeff]*(TY)(\s*)-\s*(.*)", re.IGNORECASE)
_LINE = re.compile(r"\s*([A-Za-z][A-Za-z0-9])(\s*)-(\s*)(.*)")
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}(?:\.\d+)*(?:/|%2F)\S+)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_NAMED_PMID = re.compile(r"(?:PMID:?|MEDLINE:)\s*([1-9]\d{0,8})", re.IGNORECASE)
_BARE_PMID = re.compile(r"([1-9]\d{0,8})")
_PMCID = re.compile(r"PMC[1-9]\d{0,9}", re.IGNORECASE)
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\d-])")
_ISSN = re.compile(r"(?<![\d-])\d{4}-?\d{3}[\dXx](?![\d-])")
_DASH = re.compile(r"[-–—]")
_PAGES_WORD = re.compile(r"\App?\.\s*", re.IGNORECASE)


def read(text: str) -> Iterator[Record]:
    """The records of a RIS file; lines that stand outside of every record are unread."""
    for block in _blocks(text):
        raw_text = "\n".join(block.lines)
        if block.size > MAX_RECORD:
            yield too_long(block.line, raw_text)
        elif block.fields:
            fields = _Fields(block.fields)
            item, key = _item(fields), fields.first("ID", "LB")
            yield record(block.line, item, key=key, text=raw_text, notes=fields.notes())
        else:
            reason = _("This stands outside of every record. A record begins with “TY  - ”.")
            yield unread(block.line, reason, raw_text)


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a record, which has fields, or lines outside of every record."""

    line: int
    tight: bool = False  # tag and dash touch
    small: bool = False  # tags have small letters
    lines: list[str] = field(default_factory=list)
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    size: int = 0  # characters of its lines but the first; over the limit they are not kept

    def add(self, line: str) -> bool:
        """Take a line of the record; whether it is the last one."""
        tag, value = self._tag_and_value(line)
        if tag:
            self.fields.append((tag, [value]))
        elif self.fields[-1][0] == "TY":
            self.fields.append(("", [value]))
        else:
            self.fields[-1][1].append(value)
        return tag == "ER"

    def _tag_and_value(self, line: str) -> tuple[str, str]:
        found = _LINE.match(line)
        if not found:
            return "", line.strip()
        tag, gap, after, value = found.groups()
        name = tag.upper()
        if len(gap) > 1 or gap == "\t":
            return name, value
        if name in TAGS and not (name == "ER" and value):
            spaced = bool(gap) and bool(after or not value)
            in_style = self.tight or (spaced and (tag == name or self.small))
            if in_style or (tag == name and self.fields[-1][0] not in _PROSE):
                return name, value
        return "", line.strip()


def _blocks(text: str) -> Iterator[_Block]:
    """The records and what stands between them, line after line."""
    block: _Block | None = None
    for number, whole in enumerate(io.StringIO(text), 1):
        line = whole.rstrip()
        if not line:
            if block and not block.fields:
                yield block
                block = None
            continue
        start = _START.match(line)
        if start and _is_start(start[2], start[3]):
            if block:
                yield block
            fields = [("TY", [start[3]])]
            block = _Block(number, not start[2], start[1].islower(), [line], fields)
            continue
        block = block or _Block(number)
        block.size += len(line)
        if block.size > MAX_RECORD:
            continue
        block.lines.append(line)
        if block.fields and block.add(line):
            yield block
            block = None
    if block:
        yield block


def _is_start(gap: str, value: str) -> bool:
    """Whether “TY”, a dash and the value begin a record rather than go on with a text."""
    if len(gap) > 1 or gap == "\t" or value.upper() in TYPES:
        return True
    return bool(gap) and value.isalnum()


class _Fields:
    """The values of a record by their tags; what has not been taken at the end is noted."""

    def __init__(self, pairs: list[tuple[str, list[str]]]) -> None:
        self._values: dict[str, list[str]] = {}
        self.guesses: list[str] = []
        for tag, lines in pairs:
            self._values.setdefault(tag, []).extend(_values_of(tag, lines))

    def all(self, tag: str) -> list[str]:
        """Take every value of a tag."""
        return self._values.pop(tag, [])

    def first(self, *tags: str) -> str:
        """Take the first value of the first tag that has one, and others that say the same."""
        for tag in tags:
            if values := self._values.get(tag):
                value = values[0]
                for other in tags:
                    self._drop(other, value)
                return value
        return ""

    def matching(self, pattern: re.Pattern[str], *tags: str) -> re.Match[str] | None:
        """Take the first value of these tags that is wholly what the pattern says."""
        for tag in tags:
            for value in self._values.get(tag, []):
                found = pattern.fullmatch(value)
                if found:
                    self._drop(tag, value)
                    return found
        return None

    def peek(self, *tags: str) -> list[str]:
        """The values that these tags still have."""
        return [value for tag in tags for value in self._values.get(tag, [])]

    def put_back(self, tag: str, value: str) -> None:
        """Say that a value, if there is one, has no place."""
        if value:
            self._values.setdefault(tag, []).append(value)

    def notes(self) -> tuple[str, ...]:
        """What was guessed, and what was left out, tag by tag."""
        left = ((tag, "; ".join(values)) for tag, values in self._values.items() if values)
        return (*self.guesses, *(_left_out(tag, shown(value, 80)) for tag, value in left))

    def _drop(self, tag: str, value: str) -> None:
        if tag in self._values:
            self._values[tag] = [other for other in self._values[tag] if other != value]


def _left_out(tag: str, value: str) -> str:
    if not tag:
        return _("A line without a tag was left out: “%(value)s”") % {"value": value}
    if tag not in TAGS:
        message = _("The tag %(tag)s is not known; “%(value)s” was left out.")
    else:
        message = _("%(tag)s “%(value)s” was left out.")
    return message % {"tag": tag, "value": value}


def _values_of(tag: str, lines: list[str]) -> list[str]:
    """The values of one field: a list where programs put one into a field, else one text."""
    if tag == "KW":
        values = lines
    elif tag in {"AU", "A1", "A2", "A3", "A4", "ED", "TA"}:
        values = _name_texts(lines)
    elif tag in {"UR", "L1", "L2"}:
        pieces = [piece.rstrip(";,") for piece in " ".join(lines).split()]
        values = pieces if all(map(_ADDRESS.fullmatch, pieces)) else [" ".join(lines)]
    else:
        values = ["\n".join(lines)] if tag in {"AB", "N1", "N2"} else [" ".join(lines)]
    return [text for value in values if (text := value.strip())]


def _name_texts(lines: list[str]) -> list[str]:
    texts: list[str] = []
    for line in lines:
        if ";" in line and all("," in name for name in line.split(";") if name.strip()):
            texts.extend(line.split(";"))
        elif texts and "," not in line:
            texts[-1] += f" {line}"
        else:
            texts.append(line)
    return texts


def _item(fields: _Fields) -> Item:
    code = fields.first("TY").upper()
    kind = TYPES.get(code, "document")
    if code not in TYPES:
        note = _("The type “%(type)s” is not known; the source was taken as a document.")
        fields.guesses.append(note % {"type": shown(code, 80)})
    item: Item = {"type": kind, **_identifiers(fields, kind)}
    item["issued"] = _published(fields)
    item.update(_titles(fields, kind))
    item.update((variable, fields.first(*tags)) for variable, tags in _TEXTS)
    item.update(_names(fields, kind, edited=code == "EDBOOK"))
    item.update(_pages(fields, kind))
    item["accessed"], rest = date_of_numbers(fields.first("Y2"))
    fields.put_back("Y2", rest)
    item["URL"] = (fields.matching(_ADDRESS, "UR") or [""])[0]
    item["keyword"] = ", ".join(fields.all("KW"))
    item["note"] = "\n".join(fields.all("N1"))
    item["source"] = ", ".join(dict.fromkeys([*fields.all("DB"), *fields.all("DP")]))
    language = fields.first("LA")
    item["language"] = LANGUAGES.get(language.lower(), language)
    item["genre"] = "" if kind in _ARTICLES else fields.first("M3")
    item["status"] = "in press" if code == "INPR" else ""
    if kind in _NUMBERED:
        item["number"] = item.get("number") or fields.first("M1")
    return {variable: value for variable, value in item.items() if value}


def _identifiers(fields: _Fields, kind: str) -> Item:
    item = _standard_numbers(fields, kind)
    item["DOI"] = fields.first("DO")
    own = _DOI.fullmatch(item["DOI"])
    found = fields.matching(_DOI, "UR")
    if found and item["DOI"] and not (own and _same_doi(own, found)):
        fields.put_back("UR", found[0])
    if not item["DOI"]:
        found = found or fields.matching(_DOI, "M3", "N1", "M1")
        item["DOI"] = unquote(found[1]) if found else ""
    database = " ".join(fields.peek("DB", "DP")).lower()
    number = fields.matching(_NAMED_PMID, "AN", "N1", "M1", "C1")
    if not number and re.search("pubmed|medline", database):
        number = fields.matching(_BARE_PMID, "AN")
    item["PMID"] = number[1] if number else ""
    item["PMCID"] = (fields.matching(_PMCID, "C2", "AN") or [""])[0]
    return item


def _same_doi(one: re.Match[str], other: re.Match[str]) -> bool:
    return unquote(one[1]).lower() == unquote(other[1]).lower()


def _standard_numbers(fields: _Fields, kind: str) -> Item:
    """The ISSN and ISBN in SN, told by their form; else what SN means for such a source."""
    item: Item = {}
    for text in fields.all("SN"):
        found = [("ISBN", number) for number in _ISBN.findall(text)]
        found = found or [("ISSN", number) for number in _ISSN.findall(text)]
        is_article = kind in _ARTICLES or kind == "periodical"
        other = "number" if kind in _NUMBERED else "ISSN" if is_article else "ISBN"
        for variable, number in found or [(other, text)]:
            if item.setdefault(variable, number) != number:
                fields.put_back("SN", number)
    return item


def _titles(fields: _Fields, kind: str) -> Item:
    item: Item = {"title": fields.first("TI", "T1", "CT")}
    if kind not in _IN_BOOKS:
        item["title"] = item["title"] or fields.first("BT")
    if kind == "periodical":
        item["title"] = item["title"] or fields.first("JF", "T2", "JO")
    if kind in _IN_SERIES:
        item["collection-title"] = fields.first("T3", "T2")
        return item
    item["container-title"] = fields.first(*_CONTAINERS.get(kind, _JOURNALS), "JO", "J2", "JA")
    item["container-title-short"] = fields.first("JA", "J2", "JO")
    item["event-title"] = fields.first("T2") if kind == "paper-conference" else ""
    item["collection-title"] = fields.first("T3")
    return item


def _names(fields: _Fields, kind: str, *, edited: bool) -> dict[str, list[Item]]:
    """The names by their roles; the authors of an edited book without editors are its editors."""
    first, other = fields.all("AU"), fields.all("A1")
    authors = first if first == other else [*first, *other]
    roles: dict[str, list[str]] = {}
    is_edited = kind in _EDITED
    in_book = kind in _IN_BOOKS or kind in _IN_SERIES
    roles["editor" if edited and not fields.peek("A2", "ED") else "author"] = authors
    for role, tag in (
        ("editor" if is_edited else "contributor", "A2"),
        ("editor", "ED"),
        ("collection-editor" if is_edited else "contributor", "A3"),
        ("translator" if in_book else "contributor", "A4"),
        ("translator", "TA"),
    ):
        roles.setdefault(role, []).extend(fields.all(tag))
    # One more than is allowed, for the item to be refused for it.
    return {role: [_name(text) for text in texts[: MAX_NAMES + 1]] for role, texts in roles.items()}


def _name(text: str) -> Item:
    family, _comma, rest = text.partition(",")
    given, _comma, suffix = rest.partition(",")
    if not rest.strip(", "):
        return {"literal": family.strip()}
    name = {"family": family.strip(), "given": given.strip(), "suffix": suffix.strip()}
    return {part: words for part, words in name.items() if words}


def _pages(fields: _Fields, kind: str) -> Item:
    first = _PAGES_WORD.sub("", fields.first("SP"))
    last = fields.first("EP")
    if kind in _IN_SERIES and first.isdecimal() and not last:
        return {"number-of-pages": first}
    first = first or last or fields.first("C7")
    if _DASH.search(first):
        if last and not first.endswith(last):
            fields.put_back("EP", last)
    elif last and last != first:
        first = f"{first}-{last}"
    return {"page": first}


def _published(fields: _Fields) -> Item:
    """The year in PY or Y1, made more exact by the others that say the same year."""
    best: Item = {}
    source = ("", "")
    for tag in ("PY", "Y1", "DA"):
        for value in fields.all(tag):
            date, rest = date_of_numbers(value)
            if "date-parts" not in date and "date-parts" in best:
                date = date_of_words(f"{best['date-parts'][0][0]} {value}")
            fields.put_back(tag, rest)
            if not best or _refines(date, best):
                if best and "date-parts" not in best:
                    fields.put_back(*source)
                best, source = date, (tag, value)
            elif "literal" in date or not _refines(best, date):
                fields.put_back(tag, value)
    return best


def _refines(date: Item, other: Item) -> bool:
    """Whether a date says all that the other one says, or the other one is mere words."""
    if "date-parts" not in date or "date-parts" not in other:
        return "date-parts" in date
    parts, known = date["date-parts"], other["date-parts"]
    if "season" in other or len(known) > 1:
        return date == other
    return bool(parts[0][: len(known[0])] == known[0])
