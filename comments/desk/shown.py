"""A comment as a moderator sees it: what is doubtful is marked, and what is around it told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import ngettext

from comments.models import Comment, Flag
from publishing.models import Revision
from publishing.public import url_of

EARLIER_SHOWN = 5
EARLIER_READ = 40  # of one writer, to count how many were shown
State = Comment.State


class Piece(NamedTuple):
    """A stretch of a comment's text, and why it is doubtful, if it is."""

    text: str
    why: str = ""


class Reason(NamedTuple):
    """Why a comment waits: the code to look for others by, and the words."""

    code: str
    words: str


class Passage(NamedTuple):
    """The page that a comment is about, as readers see it."""

    title: str
    summary: str
    url: str


@dataclass
class ShownComment:
    """One row of the queue."""

    comment: Comment
    passage: Passage | None
    pieces: list[Piece]
    reasons: list[Reason]
    flags: list[str]
    parent: Comment | None = None
    earlier: list[Comment] = field(default_factory=list)
    earlier_words: str = ""
    # Of who gave the same e-mail address, which proves nothing.
    same_address: list[Comment] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The page of this comment at the desk."""
        return reverse("admin:comment_care", args=[self.comment.pk])


def pieces(text: str, reasons: Iterable[dict[str, Any]]) -> list[Piece]:
    """The text cut at what the scoring found doubtful; where two finds overlap, the first wins."""
    finds: list[tuple[int, int, str]] = []
    for reason in reasons:
        finds += [(start, end, reason["message"]) for start, end in reason["spans"]]
    cut: list[Piece] = []
    place = 0
    for start, end, why in sorted(finds):
        if start < place or end > len(text):
            continue
        cut += [Piece(text[place:start]), Piece(text[start:end], why)]
        place = end
    return [piece for piece in (*cut, Piece(text[place:])) if piece.text]


def shown(comments: list[Comment], *, moderates: bool = True) -> list[ShownComment]:
    """These comments with what stands around them; five queries at most, whatever their number.

    Who does not moderate sees of what is replied to only what readers see.
    """
    pages = {
        revision.page_id: Passage(revision.title, revision.summary, url_of(revision))
        for revision in Revision.objects.live()
        .filter(page__in={comment.page_id for comment in comments})
        .only("page_id", "kind", "slug", "title", "summary")
    }
    flags: dict[int, list[str]] = {}
    for flag in Flag.objects.open().filter(comment__in=comments).order_by("pk"):
        flags.setdefault(flag.comment_id, []).append(str(flag.get_reason_display()))
    by_writer = _earlier("writer", comments)
    by_address = _earlier("address", comments)
    rows = []
    for comment in comments:
        own = _before(comment, by_writer.get(comment.writer_id, []))
        known = {each.pk for each in own}
        same = _before(comment, by_address.get(comment.address_id, []))
        parent = comment.parent
        rows.append(
            ShownComment(
                comment=comment,
                passage=pages.get(comment.page_id),
                parent=parent if parent and (moderates or parent.state == State.APPROVED) else None,
                pieces=pieces(comment.text, comment.reasons),
                reasons=[Reason(each["code"], each["message"]) for each in comment.reasons],
                flags=flags.get(comment.pk, []),
                earlier=own[:EARLIER_SHOWN],
                earlier_words=_words(own),
                same_address=[each for each in same if each.pk not in known][:EARLIER_SHOWN],
            )
        )
    return rows


def _before(comment: Comment, others: list[Comment]) -> list[Comment]:
    return [each for each in others if each.pk < comment.pk]


def _earlier(field: str, comments: list[Comment]) -> dict[int | None, list[Comment]]:
    """The newest comments of the same writers, or with the same e-mail addresses, some of each."""
    wanted = {getattr(comment, f"{field}_id") for comment in comments} - {None}
    if not wanted:
        return {}
    place = Window(RowNumber(), partition_by=F(field), order_by=F("id").desc())
    rows = Comment.objects.filter(**{f"{field}__in": wanted}).exclude(state=State.ERASED)
    found: dict[int | None, list[Comment]] = {}
    for row in rows.annotate(place=place).filter(place__lte=EARLIER_READ).order_by("-id"):
        found.setdefault(getattr(row, f"{field}_id"), []).append(row)
    return found


def _words(own: list[Comment]) -> str:
    if not own:
        return ""
    good = sum(each.state == State.APPROVED for each in own)
    text = ngettext(
        "%(number)d earlier comment of this writer, %(good)d of it shown",
        "%(number)d earlier comments of this writer, %(good)d of them shown",
        len(own),
    )
    return text % {"number": len(own), "good": good}
