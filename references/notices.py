"""Notices that a source carries: what was published about it later, such as a correction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from references.links import doi_url, pubmed_url


class NoticeType(TextChoices):
    """What a notice says about the source."""

    CORRECTION = "correction", _("Published correction")


# The words that AMA 11th, 3.11.14, puts before a notice. Entries are English in every language.
PHRASES = {NoticeType.CORRECTION: "published correction appears in"}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: `text` is its own citation, `ref` the citekey of its entry in the library."""

    type: NoticeType
    text: str
    doi: str = ""
    url: str = ""
    ref: str = ""
    pmid: str = ""

    @property
    def label(self) -> str:
        """What the notice is, in the reader's words."""
        return str(self.type.label)

    @property
    def phrase(self) -> str:
        """The words before the notice in an AMA entry."""
        return PHRASES[self.type]


def notices_of(item: Mapping[str, Any]) -> tuple[Notice, ...]:
    """The notices that stand in the item's `custom.correction`: one object, or a list of them."""
    custom = item.get("custom")
    found = custom.get("correction") if isinstance(custom, Mapping) else None
    if not found:
        return ()
    corrections = found if isinstance(found, list) else [found]
    return tuple(_correction(data) for data in corrections if isinstance(data, Mapping))


def _correction(data: Mapping[str, Any]) -> Notice:
    doi, pmid = str(data.get("DOI") or ""), str(data.get("PMID") or "")
    url = doi_url(doi) if doi else pubmed_url(pmid) if pmid else ""
    return Notice(
        type=NoticeType.CORRECTION,
        text=str(data.get("citation") or doi or pmid or data.get("ref") or ""),
        doi=doi,
        url=url,
        ref=str(data.get("ref") or ""),
        pmid=pmid,
    )
