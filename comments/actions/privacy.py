"""What the law asks for: everything of one e-mail address, and an end to what is kept."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from comments import erasures
from comments.actions.common import Action, State, locked_all, record
from comments.actions.writing import empty, erase
from comments.keys import email_digests
from comments.models import Ban, Comment, DailyKey, EmailAddress, Flag, Trace, Writer
from publishing.dates import database_now

TRACES_KEPT = datetime.timedelta(days=14)
KEYS_KEPT = datetime.timedelta(days=2)
# An emptied comment keeps its ticket from being used a second time for so long.
EMPTY_KEPT = datetime.timedelta(days=1)
AT_A_TIME = 200


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
    comments = locked_all(Comment.objects.filter(address__in=addresses))
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
    erasures.forget(database_now())
    tickets, addresses = erasures.noted()
    back = Comment.objects.filter(ticket__in=tickets).exclude(state=State.ERASED)
    comments = locked_all(back)
    for comment in comments:
        erase(comment, Action.ERASED_FOR)
    known = EmailAddress.objects.filter(digest__in=addresses)
    # One that was given anew since is there with consent.
    old = [each.pk for each in known if each.created_at < addresses[each.digest]]
    _forget_addresses(EmailAddress.objects.filter(pk__in=old))
    return len(comments)


def purge() -> dict[str, int]:
    """End what was kept long enough; how much of each went."""
    now = database_now()
    kept_since = now - datetime.timedelta(days=settings.COMMENTS_REFUSED_KEPT_DAYS)
    ended = Comment.objects.annotate(since=Coalesce("decided_at", "written_at")).filter(
        since__lt=kept_since
    )
    refused = ended.filter(state__in=(State.REJECTED, State.SPAM))
    gone = _some_at_a_time(refused, lambda comment: erase(comment, Action.PURGED))
    # That it was there, and why it went, stays public.
    gone += _some_at_a_time(ended.filter(state=State.REMOVED).exclude(text=""), empty)
    return {"comments": gone, **_purge_rows(now)}


def _some_at_a_time(comments: QuerySet[Comment], end: Callable[[Comment], None]) -> int:
    """End these comments, a few in a transaction, so that nobody waits for all of them."""
    number = 0
    while True:
        with transaction.atomic():
            some = locked_all(comments, AT_A_TIME)
            for comment in some:
                end(comment)
        number += len(some)
        if len(some) < AT_A_TIME:
            return number


@transaction.atomic
def _purge_rows(now: datetime.datetime) -> dict[str, int]:
    """End what is kept beside comments."""
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
        "rows": bare.delete()[0],
        "bans": bans.delete()[0],
        "addresses": addresses.delete()[0],
        "writers": Writer.objects.filter(comments=None, bans=None).delete()[0],
        "traces": Trace.objects.filter(left_at__lt=now - TRACES_KEPT).delete()[0],
        "flags": old_flags.exclude(settled_by=None).delete()[0],
        "keys": DailyKey.objects.filter(day__lt=(now - KEYS_KEPT).date()).delete()[0],
    }
