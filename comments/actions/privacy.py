"""What the law asks for: everything of one e-mail address, and an end to what is kept."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Concat

from comments.actions.common import Action, State, record
from comments.actions.writing import empty, erase
from comments.keys import email_digests
from comments.models import Ban, Comment, DailyKey, EmailAddress, Flag, Trace, Writer
from publishing.dates import database_now

TRACES_KEPT = datetime.timedelta(days=14)
KEYS_KEPT = datetime.timedelta(days=2)
# An emptied comment keeps its ticket from being used a second time for so long.
EMPTY_KEPT = datetime.timedelta(days=1)


def export_address(email: str) -> list[dict[str, Any]]:
    """Everything that is kept of who uses an e-mail address, as plain JSON types."""
    mine = Comment.objects.filter(address__digest__in=email_digests(email)).select_related("page")
    return [
        {
            "page": f"{comment.page.kind}/{comment.page.slug}",
            "name": comment.name,
            "text": comment.text,
            "state": comment.state,
            "reason": comment.reason,
            "written_at": comment.written_at.isoformat(),
            "corrected_at": comment.corrected_at and comment.corrected_at.isoformat(),
        }
        for comment in mine
    ]


@transaction.atomic
def erase_address(email: str) -> int:
    """Empty every comment of an e-mail address, and forget the address; how many there were."""
    addresses = EmailAddress.objects.filter(digest__in=email_digests(email))
    mine = list(Comment.objects.filter(address__in=addresses).select_for_update())
    for comment in mine:
        erase(comment)
    addresses.delete()
    return len(mine)


@transaction.atomic
def purge() -> dict[str, int]:
    """End what was kept long enough; how much of each went."""
    now = database_now()
    kept_since = now - datetime.timedelta(days=settings.COMMENTS_REFUSED_KEPT_DAYS)
    refused = Comment.objects.filter(
        state__in=(State.REJECTED, State.SPAM), written_at__lt=kept_since
    )
    gone = 0
    for comment in refused.select_for_update().iterator(chunk_size=500):
        erase(comment, Action.PURGED)
        gone += 1
    # That it was there, and why it went, stays public.
    removed = Comment.objects.filter(state=State.REMOVED, decided_at__lt=kept_since)
    for comment in removed.exclude(text="").select_for_update().iterator(chunk_size=500):
        empty(comment)
        record(Action.PURGED, comment, before=State.REMOVED)
        gone += 1
    bare = Comment.objects.filter(
        state=State.ERASED, html="", replies=None, written_at__lt=now - EMPTY_KEPT
    )
    bans = Ban.objects.filter(until__lt=now)
    addresses = EmailAddress.objects.filter(bans=None).exclude(
        comments__written_at__gt=now - datetime.timedelta(days=settings.COMMENTS_EMAIL_KEPT_DAYS)
    )
    # What tells one reader's flag from another's has no meaning now that its key is gone.
    Flag.objects.filter(settled=False, flagged_at__lt=now - TRACES_KEPT).update(
        address=Concat(Value("flag "), "pk", output_field=CharField())
    )
    return {
        "comments": gone,
        "rows": bare.delete()[0],
        "bans": bans.delete()[0],
        "addresses": addresses.delete()[0],
        "writers": Writer.objects.filter(comments=None, bans=None).delete()[0],
        "traces": Trace.objects.filter(left_at__lt=now - TRACES_KEPT).delete()[0],
        "flags": Flag.objects.filter(settled=True, flagged_at__lt=now - TRACES_KEPT).delete()[0],
        "keys": DailyKey.objects.filter(day__lt=(now - KEYS_KEPT).date()).delete()[0],
    }
