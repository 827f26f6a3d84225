"""A comment as a moderator sees it: what is doubtful is marked, and what is around it told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import ngettext

from comments.models import Comment
from publishing.models import Revision
from publishing.public import url_of

EARLIER_SHOWN = 5


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
    earlier: list[Comment] = field(default_factory=list)
    earlier_words: str = ""

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


def shown(comments: list[Comment]) -> list[ShownComment]:
    """These comments with what stands around them; three queries, whatever their number."""
    pages = {
        revision.page_id: Passage(revision.title, revision.summary, url_of(revision))
        for revision in Revision.objects.live()
        .filter(page__in={comment.page_id for comment in comments})
        .only("page_id", "kind", "slug", "title", "summary")
    }
    earlier = _earlier(comments)
    rows = []
    for comment in comments:
        own = [each for each in earlier.get(comment.writer_id, ()) if each.pk < comment.pk]
        rows.append(
            ShownComment(
                comment=comment,
                passage=pages.get(comment.page_id),
                pieces=pieces(comment.text, comment.reasons),
                reasons=[Reason(each["code"], each["message"]) for each in comment.reasons],
                flags=[str(each.get_reason_display()) for each in comment.flags.all()],
                earlier=own[:EARLIER_SHOWN],
                earlier_words=_words(own),
            )
        )
    return rows


def _earlier(comments: list[Comment]) -> dict[int | None, list[Comment]]:
    """The comments of these writers, the newest first."""
    writers = {comment.writer_id for comment in comments if comment.writer_id}
    found: dict[int | None, list[Comment]] = {}
    rows = Comment.objects.filter(writer__in=writers).exclude(state=Comment.State.ERASED)
    for row in rows.order_by("-id")[: 20 * len(comments)]:
        found.setdefault(row.writer_id, []).append(row)
    return found


def _words(own: list[Comment]) -> str:
    if not own:
        return ""
    good = sum(each.state == Comment.State.APPROVED for each in own)
    text = ngettext(
        "%(number)d earlier comment of this writer, %(good)d of it shown",
        "%(number)d earlier comments of this writer, %(good)d of them shown",
        len(own),
    )
    return text % {"number": len(own), "good": good}
