"""What the law asks for: everything of one e-mail address, and an end to what is kept."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from comments import erasures
from comments.actions.common import Action, State, record
from comments.actions.writing import empty, erase
from comments.keys import email_digests
from comments.models import Ban, Comment, DailyKey, EmailAddress, Flag, Trace, Writer
from publishing.dates import database_now

TRACES_KEPT = datetime.timedelta(days=14)
KEYS_KEPT = datetime.timedelta(days=2)
# An emptied comment keeps its ticket from being used a second time for so long.
EMPTY_KEPT = datetime.timedelta(days=1)


@transaction.atomic
def export_address(email: str, *, by: User | None = None) -> dict[str, Any]:
    """Everything that is kept of who uses an e-mail address, as plain JSON types."""
    mine = Comment.objects.filter(address__digest__in=email_digests(email))
    comments = list(mine.select_related("page").prefetch_related("events"))
    bans = Ban.objects.filter(address__digest__in=email_digests(email)).order_by("until")
    found = {
        "email": email if comments or bans else "",
        "comments": [_exported(comment) for comment in comments],
        "banned_until": [ban.until.isoformat() for ban in bans],
    }
    for comment in comments:
        record(Action.EXPORTED, comment, by=by)
    return found


def _exported(comment: Comment) -> dict[str, Any]:
    return {
        "page": f"{comment.page.kind}/{comment.page.slug}",
        "reply_to": comment.parent_id,
        "number": comment.pk,
        "name": comment.name,
        "text": comment.text,
        "state": comment.state,
        "reason": comment.reason,
        "scored": [reason["message"] for reason in comment.reasons],
        "written_at": comment.written_at.isoformat(),
        "corrected_at": comment.corrected_at and comment.corrected_at.isoformat(),
        "acts": [
            {"act": str(event.get_action_display()), "at": event.happened_at.isoformat()}
            for event in comment.events.all()
        ],
    }


@transaction.atomic
def erase_address(email: str, *, by: User | None = None) -> int:
    """Empty every comment of an e-mail address, and forget the address; how many there were.

    A ban of nothing but the address ends with it.
    """
    addresses = EmailAddress.objects.filter(digest__in=email_digests(email))
    # Locks go from replies to what they reply to, as everywhere.
    mine = Comment.objects.filter(address__in=addresses).order_by("-pk")
    comments = list(mine.select_for_update(of=("self",)))
    erasures.note(database_now(), addresses=addresses.values_list("digest", flat=True))
    for comment in comments:
        erase(comment, Action.ERASED_FOR, by=by)
    _forget_addresses(addresses)
    return len(comments)


def _forget_addresses(addresses: QuerySet[EmailAddress]) -> None:
    """Delete e-mail addresses, and the bans of nothing but them."""
    Ban.objects.filter(address__in=addresses, writer=None).delete()
    addresses.delete()


@transaction.atomic
def erase_again() -> int:
    """Delete what was deleted for ever, where a restored backup has brought it back."""
    noted = list(erasures.noted())
    tickets = {each for what, each, _at in noted if what == "ticket"}
    back = Comment.objects.filter(ticket__in=tickets).exclude(state=State.ERASED)
    comments = list(back.order_by("-pk").select_for_update())
    for comment in comments:
        erase(comment, Action.ERASED_FOR)
    for what, digest, at in noted:
        if what == "address":
            # One that was given anew since is there with consent.
            _forget_addresses(EmailAddress.objects.filter(digest=digest, created_at__lt=at))
    return len(comments)


@transaction.atomic
def purge() -> dict[str, int]:
    """End what was kept long enough; how much of each went."""
    now = database_now()
    kept_since = now - datetime.timedelta(days=settings.COMMENTS_REFUSED_KEPT_DAYS)
    ended = Comment.objects.annotate(since=Coalesce("decided_at", "written_at")).filter(
        since__lt=kept_since
    )
    gone = 0
    refused = ended.filter(state__in=(State.REJECTED, State.SPAM)).order_by("-pk")
    for comment in refused.select_for_update().iterator(chunk_size=500):
        erase(comment, Action.PURGED)
        gone += 1
    # That it was there, and why it went, stays public.
    removed = ended.filter(state=State.REMOVED).exclude(text="").order_by("-pk")
    for comment in removed.select_for_update().iterator(chunk_size=500):
        empty(comment)
        gone += 1
    bare = Comment.objects.filter(
        state=State.ERASED, html="", replies=None, written_at__lt=now - EMPTY_KEPT
    )
    bans = Ban.objects.filter(until__lt=now)
    addresses = EmailAddress.objects.filter(bans=None).exclude(
        comments__written_at__gt=now - datetime.timedelta(days=settings.COMMENTS_EMAIL_KEPT_DAYS)
    )
    # What tells one reader's flag from another's has no meaning now that its key is gone.
    old_flags = Flag.objects.filter(flagged_at__lt=now - TRACES_KEPT)
    old_flags.open().exclude(subnet="").update(
        address=Concat(Value("flag "), "pk", output_field=CharField()), subnet=""
    )
    return {
        "comments": gone,
        "rows": bare.delete()[0],
        "bans": bans.delete()[0],
        "addresses": addresses.delete()[0],
        "writers": Writer.objects.filter(comments=None, bans=None).delete()[0],
        "traces": Trace.objects.filter(left_at__lt=now - TRACES_KEPT).delete()[0],
        "flags": old_flags.exclude(settled_by=None).delete()[0],
        "keys": DailyKey.objects.filter(day__lt=(now - KEYS_KEPT).date()).delete()[0],
    }
