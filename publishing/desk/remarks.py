"""What was said about a revision, as the desk shows it."""

from typing import NamedTuple

from publishing.difference import label
from publishing.models import Remark, Revision


class ShownRemark(NamedTuple):
    """A remark, the part of the text it is about, and whose it is."""

    remark: Remark
    place: str
    writer: str


def shown_remarks(revision: Revision) -> list[ShownRemark]:
    """The remarks on a revision, oldest first."""
    remarks = revision.remarks.select_related("account", "preview_link")
    return [
        ShownRemark(
            remark,
            label(revision.kind, remark.place) if remark.place else "",
            _writer(remark),
        )
        for remark in remarks
    ]


def _writer(remark: Remark) -> str:
    if remark.preview_link:
        return remark.preview_link.recipient
    return remark.account.get_full_name() or remark.account.get_username() if remark.account else ""
