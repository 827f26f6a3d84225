"""What the database knows around a new comment, for its scoring: floods, repetitions, the page."""

import datetime
import hashlib
from typing import Any

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


def submission(
    revision: Revision,
    origin: Origin,
    now: datetime.datetime,
    *,
    but: int = 0,
    **posted: Any,
) -> Submission:
    """A comment that was posted, with what is known around it; four queries.

    One that is corrected is not compared with itself: its id is `but`.
    """
    text = posted["text"]
    others = Comment.objects.exclude(pk=but)
    same = others.filter(text_digest=text_digest(text), written_at__gt=now - LATELY)
    traces = Trace.objects.filter(left_at__gt=now - HOUR)
    return Submission(
        likest=_likest(others, text),
        same_text=same.count(),
        from_address=traces.filter(address=origin.address).count(),
        from_subnet=traces.filter(subnet=origin.subnet).count(),
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
