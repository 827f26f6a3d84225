"""BibTeX and BibLaTeX: entries such as `@article{key, title = {…}}`.

Formats: https://ctan.org/pkg/bibtex (btxdoc) and https://ctan.org/pkg/biblatex.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from references.csl import Item
from references.readers.bibtex_dates import read_date, read_year
from references.readers.bibtex_entries import Entry, entries
from references.readers.bibtex_names import read_names
from references.readers.bibtex_tables import (
    ARTICLE_TYPES,
    DATES,
    GENRE_KEYS,
    GENRES,
    ITEM_TYPES,
    LANGUAGES,
    NAMES,
    TEXTS,
    number_variable,
)
from references.readers.latex import latex_to_text, unescaped
from references.readers.records import Record, Unread, record, shown

_DASH = re.compile(r" ?(?:-{1,3}|[–—]) ?")
_URL_COMMAND = re.compile(r"\\(?:url|path)\s*\{([^{}]*)\}")
_ADDRESS = re.compile(r"(https?://\S+)")
_CIRCA = re.compile(r"(?<=\d)~(?=/|\Z)")
_ARXIV = re.compile(
    r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z.-]+/\d{7}(?:v\d+)?)", re.IGNORECASE
)
_EPRINTS = {"pubmed": "PMID", "pmid": "PMID", "pmc": "PMCID", "pmcid": "PMCID"}


def read(text: str) -> Iterator[Record]:
    """The records of a file of BibTeX."""
    for found in entries(text):
        if isinstance(found, Unread):
            yield found
        else:
            yield _record(found)


def _record(entry: Entry) -> Record:
    draft = _Draft(entry.kind, dict(entry.fields), notes=list(entry.notes))
    for step in _STEPS:
        step(draft)
    return record(entry.line, draft.item, key=entry.key, text=entry.text, notes=tuple(draft.notes))


@dataclass
class _Draft:
    """An item in the making; a field that was used is taken out of `fields`."""

    kind: str
    fields: dict[str, str]
    item: Item = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def raw(self, *names: str) -> str:
        """The first of these fields that holds something, as it stands."""
        for name in names:
            value = self.fields.get(name, "").strip()
            if value:
                del self.fields[name]
                return value
        return ""

    def text(self, *names: str) -> str:
        """The first of these fields that holds something, as plain text."""
        value = self.raw(*names)
        return latex_to_text(value) if value else ""

    def address(self, *names: str) -> str:
        """The first of these fields that holds something, as a web address."""
        value = self.raw(*names)
        command = _URL_COMMAND.fullmatch(value)
        lines = (command[1] if command else value).splitlines()
        return unescaped("".join(line.strip() for line in lines))

    def date(self, *names: str) -> str:
        """The first of these fields that holds something, as words or as a date of BibLaTeX."""
        return latex_to_text(_CIRCA.sub("?", self.raw(*names)))

    def put(self, variable: str, value: Any) -> None:
        """The variable, if there is a value."""
        if value:
            self.item[variable] = value


def _type(draft: _Draft) -> None:
    kind = ITEM_TYPES.get(draft.kind)
    if kind is None:
        note = _("“@%(type)s” is no type of entry that is known; it was read as a document.")
        draft.notes.append(note % {"type": shown(draft.kind, 80)})
    if kind == "article-journal":
        subtype = draft.fields.get("entrysubtype", "").strip().lower()
        if subtype in ARTICLE_TYPES:
            kind = ARTICLE_TYPES[subtype]
            del draft.fields["entrysubtype"]
    draft.item["type"] = kind or "document"


def _title(draft: _Draft) -> None:
    parts = [draft.text("title"), draft.text("subtitle")]
    draft.put("title", ": ".join(part for part in parts if part))


def _texts(draft: _Draft) -> None:
    for variable, names in TEXTS:
        draft.put(variable, draft.text(*names))
    genre = draft.item.get("genre", "")
    draft.put("genre", GENRE_KEYS.get(genre, genre) or GENRES.get(draft.kind))
    babel = draft.text("langid", "hyphenation")
    if "language" not in draft.item:
        draft.put("language", LANGUAGES.get(babel.lower(), babel))


def _numbers(draft: _Draft) -> None:
    kind = draft.item["type"]
    names = ("number", "issue") if number_variable(kind) == "issue" else ("number",)
    draft.put(number_variable(kind), draft.text(*names))
    pages = " ".join(draft.raw("pages", "page", "eid", "articleno").split())
    draft.put("page", latex_to_text(_DASH.sub("-", pages)))


def _addresses(draft: _Draft) -> None:
    draft.put("DOI", draft.address("doi"))
    draft.put("URL", draft.address("url"))
    how = draft.raw("howpublished")
    command = _URL_COMMAND.search(how) or _ADDRESS.fullmatch(how)
    if command and "URL" not in draft.item:
        draft.put("URL", unescaped(command[1]))
        how = how.replace(command[0], " ")
    draft.remarks.append(latex_to_text(how))


def _eprint(draft: _Draft) -> None:
    archive = draft.text("eprinttype", "archiveprefix")
    number = unescaped(draft.raw("eprint"))
    if not number:
        return
    arxiv = _ARXIV.fullmatch(number)
    if arxiv and archive.lower() in ("", "arxiv"):
        draft.raw("primaryclass", "eprintclass")
        _arxiv(draft, arxiv[1])
    elif archive.lower() in _EPRINTS and _EPRINTS[archive.lower()] not in draft.item:
        draft.put(_EPRINTS[archive.lower()], number)
    else:
        draft.remarks.append(f"{archive}:{number}" if archive else number)


def _arxiv(draft: _Draft, number: str) -> None:
    if draft.item["type"] == "document":
        draft.item["type"] = "article"
    if "URL" in draft.item:
        draft.remarks.append(f"arXiv:{number}")
    else:
        draft.item["URL"] = f"https://arxiv.org/abs/{number}"


def _dates(draft: _Draft) -> None:
    date = draft.date("date")
    if date:
        draft.put("issued", read_date(date))
        for name in ("year", "month", "day"):
            if draft.fields.get(name, "").strip("{} ") in date:
                draft.fields.pop(name, None)
    else:
        issued, notes = read_year(draft.text("year"), draft.text("month"), draft.text("day"))
        draft.put("issued", issued)
        draft.notes += notes
    for variable, names in DATES:
        draft.put(variable, read_date(draft.date(*names)))


def _names(draft: _Draft) -> None:
    for variable, name in NAMES:
        names, notes = read_names(draft.raw(name))
        draft.put(variable, names)
        draft.notes += notes


def _rest(draft: _Draft) -> None:
    remarks = [draft.text("note"), *draft.remarks]
    draft.put("note", "; ".join(remark for remark in remarks if remark))
    unknown = [shown(name, 80) for name, value in draft.fields.items() if value.strip()]
    if unknown:
        names = ", ".join(unknown)
        draft.notes.append(
            _("These fields were left out: %(names)s.") % {"names": shown(names, 500)}
        )


_STEPS = (_type, _title, _texts, _numbers, _addresses, _eprint, _dates, _names, _rest)
