"""Scores readers' comments: what looks like spam, and what a moderator should see first.

The scoring decides nothing that readers see: it sorts. No classifier is learned: those trained
elsewhere call most honest comments spam.
"""

import logging
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.doubts import doubts
from comments.scoring.model import Reason, Span, Submission, Verdict
from comments.scoring.reading import Reading, read
from comments.scoring.signals import OF_NAMES, SIGNALS, Signal
from comments.scoring.weights import PRIORITY_MAX, SPAM_FROM, WEIGHTS

__all__ = ["Reason", "Span", "Submission", "Verdict", "score"]

logger: Final = logging.getLogger(__name__)


def score(submission: Submission) -> Verdict:
    """Ask every signal in turn. One that raises holds the comment, whatever the others say."""
    reasons = tuple(_reasons(read(submission), SIGNALS))
    reasons += tuple(_of_the_name(submission, {reason.code for reason in reasons}))
    codes = {reason.code for reason in reasons}
    points = sum(reason.points for reason in reasons if WEIGHTS[reason.code].spam)
    needs_help_page = "self_harm" in codes
    # What nobody may overlook is in the queue, whatever else it looks like.
    is_spam = points >= SPAM_FROM and not needs_help_page and "failed" not in codes
    return Verdict(
        points=points,
        reasons=reasons,
        is_spam=is_spam,
        is_urgent=needs_help_page or (not is_spam and _is_dangerous(reasons)),
        priority=_priority(reasons, points),
        needs_help_page=needs_help_page,
        doubts=tuple(doubts(reasons)),
    )


def _of_the_name(submission: Submission, known: Container[str]) -> Iterator[Reason]:
    """What is personal, or cries for help, where the name stands."""
    reading = read(replace(submission, text=submission.name))
    for reason in _reasons(reading, OF_NAMES):
        if reason.code not in known:
            message = _("In the name: %(message)s") % {"message": reason.message}
            yield reason._replace(message=message, spans=())


def _reasons(reading: Reading, signals: Iterable[Signal]) -> Iterator[Reason]:
    for signal in signals:
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
