"""NBIB: the MEDLINE format of PubMed, a record from the line PMID to the next one.

Format: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from references.csl import Item
from references.readers.records import MAX_RECORD, Record, record, shown, too_long, unread

# MEDLINE names languages by the three letters of MARC.
LANGUAGES = {
    **dict(word.split("=") for word in """
    ara=ar bul=bg cat=ca chi=zh cze=cs dan=da dut=nl eng=en est=et fin=fi fre=fr geo=ka ger=de
    gre=el heb=he hrv=hr hun=hu ice=is ind=id ita=it jpn=ja kor=ko lav=lv lit=lt mac=mk may=ms
    nor=no per=fa pol=pl por=pt rum=ro rus=ru slo=sk slv=sl spa=es srp=sr swe=sv tha=th tur=tr
    ukr=uk vie=vi""".split()),
    "english": "en",
}  # fmt: skip

# What PubMed keeps for itself, and what has no variable in CSL: subjects, affiliations, grants.
_NOT_KEPT = frozenset(
    """
    AD AUID CI CIN COI COIS CON CRDT CTDT DA DCOM DDIN DRIN EDAT FIR FPS GN GR GS IR IRAD JID LR
    MH MHDA MID NM OAB OABL OCI OID OTO OWN PHST PMCR PS PUBM RF RN SB SFM SI SO SPIN STAT
    """.split()
)

_NOTICES = {
    "EIN": ("correction", "in"),
    "EFR": ("correction", "for"),
    "RIN": ("retraction", "in"),
    "ROF": ("retraction", "for"),
    "RRI": ("retraction", "in"),
    "RRF": ("retraction", "for"),
    "ECI": ("expression-of-concern", "in"),
    "ECF": ("expression-of-concern", "for"),
    "CRI": ("republished", "in"),
    "CRF": ("republished", "for"),
    "RPI": ("republished", "in"),
    "RPF": ("republished", "for"),
    "UIN": ("update", "in"),
    "UOF": ("update", "for"),
}

_TEXTS = (
    ("PMID", "PMID"),
    ("container-title", "JT"),
    ("container-title-short", "TA"),
    ("volume", "VI"),
    ("issue", "IP"),
    ("page", "PG"),
    ("PMCID", "PMC"),
    ("abstract", "AB"),
    ("publisher", "PB"),
    ("edition", "EN"),
    ("collection-title", "CTI"),
    ("volume-title", "VTI"),
)

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS = {"spring": "1", "summer": "2", "autumn": "3", "fall": "3", "winter": "4"}

_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) *-(?: +|$)(.*)")
_AUTHOR_SUFFIX = re.compile(r"(.+?),? +(Jr|Sr|2nd|3rd|[4-9]th)\.?")
_ISSN = re.compile(r"(\d{4}-\d{3}[\dXx])(?: \((\w+)\))?")
_IDENTIFIER = re.compile(r"(.*?)\s*\[(\w+)\]")
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]{0,3}\d{1,8}")
_CITED_DOI = re.compile(r"(?:doi:\s*|doi\.org/)(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_CITED_PMID = re.compile(r"PMID:\s*([1-9]\d{0,8})")
_BRACKETED = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\.?")
_DATE = re.compile(r"(\d{4})(?: +([A-Za-z]+|\d{1,2})\.?(?:[ ,]+(\d{1,2}))?)?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-z]+)\.?(?: (\d{1,2}))?,? (\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DASH = re.compile(r" ?[-–] ?")
_NUMBERS = re.compile(
    r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?(?:/(.*)|T\d\d:.*)?)?)?", re.IGNORECASE
)


def read(text: str) -> Iterator[Record]:
    """The records of an NBIB file; lines that stand outside of every record are unread."""
    for block in _blocks(text):
        raw_text = "\n".join(block.lines)
        if block.size > MAX_RECORD:
            yield too_long(block.line, raw_text)
        elif block.fields:
            item, notes = _Source(block.fields).item()
            yield record(block.line, item, text=raw_text, notes=tuple(notes))
        else:
            reason = _("This stands outside of every record. A record begins with “PMID- ”.")
            yield unread(block.line, reason, raw_text)


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a record, which has fields, or lines outside of every record."""

    line: int
    lines: list[str] = field(default_factory=list)
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    size: int = 0  # characters of its lines; over the limit they are not kept


def _blocks(text: str) -> Iterator[_Block]:
    """The records and what stands between them, line after line."""
    block: _Block | None = None
    after_blank = False
    for number, whole in enumerate(io.StringIO(text), 1):
        line = whole.rstrip()
        if not line:
            after_blank = True
            continue
        found = _LINE.match(line.lstrip("\ufeff"))
        is_start = bool(found) and line.lstrip("\ufeff").startswith("PMID")
        in_record = block is not None and bool(block.fields)
        goes_on = not after_blank or (in_record and (bool(found) or line[0].isspace()))
        if block is None or is_start or not goes_on:
            if block:
                yield block
            block = _Block(number)
        after_blank = False
        block.size += len(line)
        if block.size > MAX_RECORD:
            continue
        block.lines.append(line)
        if found and (is_start or block.fields):
            block.fields.append((found[1], [found[2]]))
        elif block.fields:
            block.fields[-1][1].append(line)
    if block:
        yield block


class _Source:
    """One record on its way to an item."""

    def __init__(self, fields: list[tuple[str, list[str]]]) -> None:
        folded = ((tag, " ".join(" ".join(lines).split())) for tag, lines in fields)
        self.fields = [(tag, value) for tag, value in folded if value]
        self.values: dict[str, list[str]] = {}
        for tag, value in self.fields:
            if tag not in _NOT_KEPT:
                self.values.setdefault(tag, []).append(value)
        self.notes: list[str] = []

    def item(self) -> tuple[Item, list[str]]:
        """The item as far as the record gives it, and notes on what it does not keep."""
        item: Item = {"type": "article-journal", **self._titles()}
        item.update(self._issued())
        for variable, tag in _TEXTS:
            item.setdefault(variable, self._first(tag))
        item.update(self._identifiers(item["page"]))
        item["author"] = self._names("FAU", "AU", "CN")
        item["editor"] = self._names("FED", "ED", "")
        language = self._first("LA")
        item["language"] = LANGUAGES.get(language.lower(), language)
        item["keyword"] = ", ".join(word.lstrip("*") for word in self._all("OT"))
        place = self._first("PL")
        item["publisher-place"] = place if item["type"] != "article-journal" else ""
        item.update(self._custom(item))
        for tag, values in self.values.items():
            note = _("%(tag)s “%(value)s” was left out.")
            value = shown("; ".join(values), 80)
            self.notes += [note % {"tag": tag, "value": value}] if values else []
        return {variable: value for variable, value in item.items() if value}, self.notes

    def _all(self, tag: str) -> list[str]:
        return self.values.pop(tag, [])

    def _first(self, tag: str) -> str:
        """The first value of a tag; others stay, to be noted."""
        values = self.values.get(tag)
        return values.pop(0) if values else ""

    def _titles(self) -> Item:
        """The title and its original; a record with the title of a book is that of a book."""
        item: Item = {"title": self._first("TI"), "original-title": self._first("TT")}
        bracketed = _BRACKETED.fullmatch(item["title"])
        if bracketed:
            item["original-title"] = item["original-title"] or self._first("VTI")
        if bracketed and item["original-title"]:
            item["title"] = bracketed[1]
        item = {variable: _without_stop(title) for variable, title in item.items()}
        if item["title"] in {"", "Not Available"} and item["original-title"]:
            item = {"title": item["original-title"]}
        book = _without_stop(self._first("BTI"))
        if book and item["title"]:
            return {**item, "type": "chapter", "container-title": book}
        return {**item, "type": "book", "title": book} if book else item

    def _issued(self) -> Item:
        """The date of the issue, or online ahead of it when there is no volume yet."""
        ahead = self._first("PST") == "aheadofprint" and "VI" not in self.values
        printed, online = self._first("DP"), self._first("DEP")
        date = date_of_words((online or printed) if ahead else (printed or online))
        return {"issued": date, "status": "Published online" if ahead else ""}

    def _identifiers(self, page: str) -> Item:
        item: Item = {"DOI": "", "page": page}
        for tag in ("LID", "AID"):
            for value in self._all(tag):
                found = _IDENTIFIER.fullmatch(value)
                name, text = (found[2], found[1]) if found else ("", value)
                if name == "doi" and item["DOI"].lower() in {"", text.lower()}:
                    item["DOI"] = item["DOI"] or text
                elif name == "pii" and not item["page"] and _ARTICLE_NUMBER.fullmatch(text):
                    item["page"] = text
                elif name in {"doi", ""}:
                    self.values.setdefault(tag, []).append(value)
        given = self._all("IS")
        numbers = {found[2]: found[1] for found in map(_ISSN.match, given) if found}
        self.values["IS"] = [text for text in given if not _ISSN.match(text)]
        kinds = ("Print", "Electronic", *numbers)
        item["ISSN"] = next((numbers[kind] for kind in kinds if kind in numbers), "")
        item["ISBN"] = self._first("ISBN").partition(" ")[0]
        return item

    def _names(self, full: str, short: str, group: str) -> list[Item]:
        """The names in their order; a short form after a full one says the same name."""
        names: list[Item] = []
        is_said = False
        for tag, value in self.fields:
            if tag == group:
                names.append({"literal": value})
            elif tag == full or (tag == short and not is_said):
                names.append(_name(value))
            is_said = tag == full or (is_said and tag != short)
        for tag in (full, short, group):
            self._all(tag)
        return names

    def _custom(self, item: Item) -> Item:
        """The kinds of publication and the notices; a preprint is an article of its own."""
        custom: Item = {}
        kinds = self._all("PT")
        if kinds:
            custom["publication-types"] = kinds
        notices = [
            _notice(kind, direction, citation)
            for tag, (kind, direction) in _NOTICES.items()
            for citation in self._all(tag)
        ]
        if notices:
            custom["notices"] = notices
        if "Retracted Publication" in kinds:
            self.notes.append(_("PubMed lists this as a retracted publication."))
        is_preprint = "Preprint" in kinds and item["type"] == "article-journal"
        kind = {"type": "article", "genre": "Preprint"} if is_preprint else {}
        return {**kind, "custom": custom}


def _without_stop(title: str) -> str:
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _name(text: str) -> Item:
    """A name such as “Author, Ada B Jr”, or its short form “Author AB Jr”."""
    found = _AUTHOR_SUFFIX.fullmatch(text)
    whole, suffix = (found[1], found[2]) if found else (text, "")
    family, comma, given = whole.partition(",")
    if not comma:
        family, _space, given = whole.rpartition(" ")
    if not family or not given:
        return {"literal": text}
    name = {"family": family.strip(), "given": given.strip()}
    return {**name, "suffix": suffix} if suffix else name


def _notice(kind: str, direction: str, citation: str) -> Item:
    notice: Item = {"type": kind, "direction": direction, "citation": citation}
    pmid, doi = _CITED_PMID.search(citation), _CITED_DOI.search(citation)
    if pmid:
        notice["PMID"] = pmid[1]
    if doi:
        notice["DOI"] = doi[1].rstrip(".,;")
    return notice


def date_of(text: str, year: str, month: str | None, day: str | None) -> Item:
    """The CSL date of these numbers as far as they are known, or the words of a date."""
    parts: list[int] = []
    for part in (year, month, day):
        if not int(part or 0):
            break
        parts.append(int(part or 0))
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError):
        return {"literal": text}
    return {"date-parts": [parts]}


def date_of_words(text: str) -> Item:
    """The CSL date that words such as “2016 Apr-May” say, or the words themselves."""
    text = " ".join(text.split())
    whole = _one_date(text)
    if whole or not text:
        return whole
    first, *others = _DASH.split(text, maxsplit=1)
    start, known = _one_date(first), first.split()
    for last in others if start else ():
        kept = 0 if re.match(r"\d{4}", last) else 1 if last[:1].isalpha() else 2
        end = _one_date(" ".join([*known[:kept], last]))
        both = [*start.get("date-parts", []), *end.get("date-parts", [])]
        if len(both) > 1 and not {"season"} & {*start, *end}:
            return {"date-parts": both}
    return {"literal": text}


def date_of_numbers(text: str) -> tuple[Item, str]:
    """The CSL date of “2016/04/12/” or of words, and what has no place in it after the day."""
    found = _NUMBERS.fullmatch(text.strip())
    if not found:
        return date_of_words(text), ""
    year, month, day, rest = found.groups()
    if rest and not int(month or 0):
        return date_of_words(f"{year} {rest}"), ""
    return date_of(text, year, month, day), rest or ""


def _one_date(text: str) -> Item:
    """A year with a month or season and a day, in the orders that are met; else nothing."""
    compact, found, last = (form.fullmatch(text) for form in (_COMPACT, _DATE, _YEAR_LAST))
    if compact:
        return date_of(text, *compact.groups())
    if found:
        year, word, day = found.groups()
    elif last:
        year, word, day = last[4], last[2], last[1] or last[3]
    else:
        return {}
    if word is None or word.isdecimal():
        return date_of(text, year, word, day)
    if word.lower() in _SEASONS:
        return {"date-parts": [[int(year)]], "season": _SEASONS[word.lower()]}
    if word[:3].lower() not in _MONTHS:
        return {}
    return date_of(text, year, str(_MONTHS.index(word[:3].lower()) + 1), day)
