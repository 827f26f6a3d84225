"""Readers' flags: that something is wrong with a comment that is shown."""

import datetime

from django.db import transaction

from comments.actions.common import Action, State, enter, locked, record
from comments.errors import NotPossible, TooMany
from comments.keys import Origin
from comments.models import Comment, Flag
from publishing.dates import database_now

FLAGS_THAT_HIDE = 3
# From one address, and from its network, where many readers may be.
ADDRESS_AN_HOUR = 10
SUBNET_AN_HOUR = 40
HOUR = datetime.timedelta(hours=1)
# Before everything but words of self-harm.
PRIORITY = 1_500


@transaction.atomic
def flag(*, comment: Comment, reason: Flag.Reason, origin: Origin) -> None:
    """Keep a reader's flag, one an address; the third of a day hides it until somebody looks.

    An address has another hash each day, so flags of several days may be of one reader: they are
    shown to moderators, and hide nothing. A reply of the site is hidden by nobody.
    """
    comment = locked(comment, by=None)
    if comment.state == State.HELD and comment.hidden_at:
        return
    if comment.state != State.APPROVED:
        raise NotPossible(comment.get_state_display())
    now = database_now()
    lately = Flag.objects.filter(flagged_at__gt=now - HOUR)
    if (
        lately.filter(address=origin.address).count() >= ADDRESS_AN_HOUR
        or lately.filter(subnet=origin.subnet).count() >= SUBNET_AN_HOUR
    ):
        raise TooMany
    Flag.objects.get_or_create(
        comment=comment,
        address=origin.address,
        defaults={"reason": reason, "flagged_at": now, "subnet": origin.subnet},
    )
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)  # UTC, as the day of a hash
    today = comment.flags.open().filter(flagged_at__gte=midnight)
    if today.count() >= FLAGS_THAT_HIDE and not comment.is_site:
        comment.priority = max(comment.priority, PRIORITY)
        comment.noticed_at = None
        before = enter(comment, State.HELD, hidden_at=now)
        record(Action.HIDDEN, comment, before=before)
