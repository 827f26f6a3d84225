"""What the database knows around a new comment, for its scoring: floods, repetitions, the page."""

import datetime
import hashlib
from dataclasses import replace
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet
from django.db.models.functions import Left

from comments.keys import Origin
from comments.models import Comment, Trace
from comments.scoring.model import Submission
from publishing.models import Revision

HOUR = datetime.timedelta(hours=1)
LATELY = datetime.timedelta(days=30)
# The newest comments are compared letter by letter; a flood is new, and so is what repeats it.
COMPARED = 200
COMPARED_CHARS = 500


def text_digest(text: str) -> str:
    """What a text is recognised by, whatever its spaces and capitals."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


class Posts(NamedTuple):
    """How many comments came from an address, and from its network, in the last hour."""

    address: int
    subnet: int


def lately(origin: Origin, now: datetime.datetime) -> Posts:
    """What came from there in the last hour; two queries."""
    traces = Trace.objects.filter(left_at__gt=now - HOUR)
    return Posts(
        traces.filter(address=origin.address).count(), traces.filter(subnet=origin.subnet).count()
    )


def submission(
    revision: Revision, posts: Posts, now: datetime.datetime, *, but: int = 0, **posted: Any
) -> Submission:
    """A comment that was sent, with what is known around it; two queries.

    One that is corrected is not compared with itself: its id is `but`.
    """
    text = posted["text"]
    others = Comment.objects.exclude(pk=but)
    same = others.filter(text_digest=text_digest(text), written_at__gt=now - LATELY)
    alone = by_itself(revision, posts, **posted)
    return replace(alone, likest=_likest(others, text), same_text=same.count())


def by_itself(revision: Revision, posts: Posts, **posted: Any) -> Submission:
    """A comment that is not compared with others, as its writer sees it judged before sending."""
    return Submission(
        from_address=posts.address,
        from_subnet=posts.subnet,
        bad_words=settings.COMMENTS_BAD_WORDS,
        disposable=settings.COMMENTS_DISPOSABLE_DOMAINS,
        safety_notes=str(revision.content.get("safety_notes", "")),
        **posted,
    )


def _likest(others: QuerySet[Comment], text: str) -> float:
    """How alike the most alike of the newest comments is, from 0 to 1."""
    newest = others.order_by("-id").values("pk")[:COMPARED]
    alike = TrigramSimilarity(Left("text", COMPARED_CHARS), text[:COMPARED_CHARS])
    found = Comment.objects.filter(pk__in=newest).annotate(alike=alike).order_by("-alike")
    return float(found.values_list("alike", flat=True).first() or 0)
