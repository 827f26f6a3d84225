"""Matches the library against the list that Retraction Watch publishes as CSV.

Format: https://gitlab.com/crossref/retraction-watch-data, one row a notice.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TextIO

from django.utils.translation import gettext as _

from references.csl import read_item
from references.errors import InvalidItem
from references.models import FoundNotice, Reference
from references.notices import Notice, NoticeType

TYPES = {
    "retraction": NoticeType.RETRACTION,
    "expression of concern": NoticeType.CONCERN,
    "correction": NoticeType.CORRECTION,
    "reinstatement": NoticeType.OTHER,
}
COLUMNS = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
UNKNOWN = {"", "0", "unavailable"}
MAX_LINE = 1_000_000  # characters


class NotTheList(ValueError):
    """The file is not Retraction Watch's list; the text says what is missing."""


def notices_in(file: TextIO) -> dict[str, list[Notice]]:
    """The notices about sources of the library, by citekey; two queries, whatever the file's size.

    Raises:
        NotTheList: the columns of the list are not there.
    """
    by_doi = dict(Reference.objects.exclude(doi="").values_list("doi", "citekey"))
    by_pmid = dict(Reference.objects.exclude(pmid="").values_list("pmid", "citekey"))
    found: dict[str, list[Notice]] = defaultdict(list)
    for row in _rows(file):
        citekey = by_doi.get(_known(row, "OriginalPaperDOI").lower()) or by_pmid.get(
            _known(row, "OriginalPaperPubMedID")
        )
        if citekey:
            found[citekey].append(_notice(row))
    return found


def _rows(file: TextIO) -> Iterator[Mapping[str, str]]:
    reader = csv.DictReader(_lines(file))
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            message = _("This is not the list of Retraction Watch: it has no column %(names)s.")
            raise NotTheList(message % {"names": ", ".join(missing)})
        yield from reader
    except csv.Error as error:
        message = _("The list cannot be read after line %(line)s: %(error)s.")
        raise NotTheList(message % {"line": reader.line_num, "error": error}) from error


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise csv.Error(_("a line does not end"))
        yield line.replace("\0", "")


def _known(row: Mapping[str, str], column: str) -> str:
    value = (row.get(column) or "").strip()
    return "" if value.lower() in UNKNOWN else value


def _checked(variable: str, text: str) -> str:
    """The identifier in its stored form, or nothing when it is none."""
    try:
        item = read_item({"type": "document", "title": "-", variable: text})
    except InvalidItem:
        return ""
    return str(item.get(variable, ""))


def _notice(row: Mapping[str, str]) -> Notice:
    doi = _checked("DOI", _known(row, "RetractionDOI"))
    pmid = _checked("PMID", _known(row, "RetractionPubMedID"))
    published = _date(_known(row, "RetractionDate"))
    place = ". ".join(filter(None, [_known(row, "Journal"), published]))
    return Notice(
        type=TYPES.get(_known(row, "RetractionNature").lower(), NoticeType.OTHER),
        text=place or doi or pmid,
        doi=doi,
        pmid=pmid,
        service=FoundNotice.Service.RETRACTION_WATCH,
        published=published,
    )


def _date(text: str) -> str:
    """The list's American date, such as 4/12/2016 0:00, as 2016-04-12."""
    parts = text.partition(" ")[0].split("/")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return ""
    month, day, year = parts
    return f"{year:0>4}-{month:0>2}-{day:0>2}"[:10]
