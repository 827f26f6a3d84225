"""Scores readers' comments: what looks like spam, and what a moderator should see first.

The scoring decides nothing that readers see: it sorts. No classifier is learned: those trained
elsewhere call most honest comments spam.
"""

import logging
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.doubts import doubts
from comments.scoring.model import Reason, Span, Submission, Verdict
from comments.scoring.reading import Reading, read
from comments.scoring.signals import SIGNALS
from comments.scoring.weights import PRIORITY_MAX, SPAM_FROM, WEIGHTS

__all__ = ["Reason", "Span", "Submission", "Verdict", "score"]

logger: Final = logging.getLogger(__name__)


def score(submission: Submission) -> Verdict:
    """Ask every signal in turn. One that raises holds the comment, whatever the others say."""
    reading = read(submission)
    reasons = tuple(_reasons(reading))
    failed = any(reason.code == "failed" for reason in reasons)
    points = sum(reason.points for reason in reasons if WEIGHTS[reason.code].spam)
    is_spam = points >= SPAM_FROM and not failed
    needs_help_page = any(reason.code == "self_harm" for reason in reasons)
    return Verdict(
        points=points,
        reasons=reasons,
        is_spam=is_spam,
        is_urgent=needs_help_page or (not is_spam and _is_dangerous(reasons)),
        priority=_priority(reasons, points),
        needs_help_page=needs_help_page,
        doubts=tuple(doubts(reasons)),
    )


def _reasons(reading: Reading) -> Iterator[Reason]:
    for signal in SIGNALS:
        try:
            reason = signal(reading)
        except Exception:
            # No text goes into the log: the traceback of a pattern does not show it either.
            logger.exception("A signal of the comment scoring failed: %s", signal.__name__)
            message = _("The check “%(name)s” failed. Please look closely.")
            reason = Reason(
                "failed", WEIGHTS["failed"].priority, message % {"name": signal.__name__}
            )
        if reason is not None:
            yield reason


def _is_dangerous(reasons: Iterable[Reason]) -> bool:
    return any(WEIGHTS[reason.code].urgent for reason in reasons)


def _priority(reasons: Iterable[Reason], points: int) -> int:
    """What is dangerous comes first, what looks like spam last."""
    lead = sum(reason.points for reason in reasons if WEIGHTS[reason.code].priority)
    return max(-PRIORITY_MAX, min(PRIORITY_MAX, lead - points))
