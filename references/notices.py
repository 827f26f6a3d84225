"""Notices that a source carries: what was published about it later, such as a correction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from references.links import doi_url, pubmed_url


class NoticeType(TextChoices):
    """What a notice says about the source."""

    RETRACTION = "retraction", _("Retraction")
    CONCERN = "expression-of-concern", _("Expression of concern")
    CORRECTION = "correction", _("Published correction")
    REPUBLISHED = "republished", _("Corrected and republished")
    UPDATE = "update", _("Update")
    OTHER = "other", _("Other notice")


# The words that AMA 11th, 3.11.14, puts before a notice. Entries are English in every language.
PHRASES = {
    NoticeType.RETRACTION: "retracted in",
    NoticeType.CONCERN: "published expression of concern appears in",
    NoticeType.CORRECTION: "published correction appears in",
    NoticeType.REPUBLISHED: "corrected and republished in",
    NoticeType.UPDATE: "updated in",
    NoticeType.OTHER: "notice appears in",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: `text` is its own citation, `ref` the citekey of its entry in the library."""

    type: NoticeType
    text: str
    doi: str = ""
    url: str = ""
    ref: str = ""
    pmid: str = ""
    # Of a notice that a service told of: which one, and when it was published, as far as known.
    service: str = ""
    published: str = ""

    def is_about_the_same(self, other: "Notice") -> bool:
        """Whether both stand for one publication."""
        if self.type != other.type:
            return False
        both = ((self.doi.lower(), other.doi.lower()), (self.pmid, other.pmid))
        known = [mine == theirs for mine, theirs in both if mine and theirs]
        return any(known) if known else self.text == other.text

    @property
    def label(self) -> str:
        """What the notice is, in the reader's words."""
        return str(self.type.label)

    @property
    def phrase(self) -> str:
        """The words before the notice in an AMA entry."""
        return PHRASES[self.type]


def merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices without those that a former one of them stands for as well."""
    kept: list[Notice] = []
    for notice in notices:
        if not any(notice.is_about_the_same(other) for other in kept):
            kept.append(notice)
    return tuple(kept)


def notice_url(doi: str, pmid: str) -> str:
    """Where a notice can be read, if that is known."""
    return doi_url(doi) if doi else pubmed_url(pmid) if pmid else ""


def notices_of(item: Mapping[str, Any]) -> tuple[Notice, ...]:
    """The notices that stand in an item: its `custom.notices`, and `custom.correction`.

    The latter is one correction or a list of them. Of the former, those count that say where the
    notice about this source appeared, not what this source is itself a notice of.
    """
    custom = item.get("custom")
    if not isinstance(custom, Mapping):
        return ()
    found = [_notice(data, NoticeType.CORRECTION) for data in _mappings(custom.get("correction"))]
    for data in _mappings(custom.get("notices")):
        if data.get("direction", "in") == "in":
            kind = str(data.get("type"))
            known = kind in NoticeType.values
            found.append(_notice(data, NoticeType(kind) if known else NoticeType.OTHER))
    return merged(found)


def with_notices(item: Mapping[str, Any], notices: Iterable[Notice]) -> dict[str, Any]:
    """The item as if it said of these notices itself."""
    custom = item.get("custom") if isinstance(item.get("custom"), Mapping) else {}
    more = [
        {"type": each.type.value, "citation": each.text, "DOI": each.doi, "PMID": each.pmid}
        for each in notices
    ]
    stated = list(_mappings((custom or {}).get("notices")))
    return {**item, "custom": {**(custom or {}), "notices": [*stated, *more]}}


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            yield each


def _notice(data: Mapping[str, Any], kind: NoticeType) -> Notice:
    doi, pmid = str(data.get("DOI") or ""), str(data.get("PMID") or "")
    return Notice(
        type=kind,
        text=str(data.get("citation") or doi or pmid or data.get("ref") or ""),
        doi=doi,
        url=notice_url(doi, pmid),
        ref=str(data.get("ref") or ""),
        pmid=pmid,
    )
