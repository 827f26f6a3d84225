"""Readers' flags: that something is wrong with a comment that is shown."""

import datetime

from django.db import transaction

from comments.actions.common import Action, State, locked, record, store
from comments.errors import NotPossible, TooMany
from comments.keys import Origin
from comments.models import Comment, Flag
from publishing.dates import database_now

FLAGS_THAT_HIDE = 3
FLAGS_AN_HOUR = 10  # from one address
HOUR = datetime.timedelta(hours=1)
# Before everything but what is urgent by itself.
PRIORITY = 50


@transaction.atomic
def flag(*, comment: Comment, reason: Flag.Reason, origin: Origin) -> None:
    """Keep a reader's flag, one an address; the third hides the comment until somebody looks."""
    comment = locked(comment, by=None)
    if comment.state != State.APPROVED:
        raise NotPossible(comment.get_state_display())
    now = database_now()
    lately = Flag.objects.filter(address=origin.address, flagged_at__gt=now - HOUR)
    if lately.count() >= FLAGS_AN_HOUR:
        raise TooMany
    Flag.objects.get_or_create(
        comment=comment,
        address=origin.address,
        defaults={"reason": reason, "flagged_at": now},
    )
    if comment.flags.filter(settled=False).count() >= FLAGS_THAT_HIDE:
        _hide(comment, now)


def _hide(comment: Comment, now: datetime.datetime) -> None:
    before = comment.state
    comment.state = State.HELD
    comment.hidden_at = now
    comment.decided_by = comment.decided_at = None
    comment.by_trust = False
    comment.priority = max(comment.priority, PRIORITY)
    store(comment)
    record(Action.HIDDEN, comment, before=before)
