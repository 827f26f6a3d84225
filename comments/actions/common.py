"""What the actions on comments share: permission, locks, states, the log, what readers see."""

import datetime
import uuid
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import F, QuerySet
from procrastinate.contrib.django import app

from comments.errors import DecidedMeanwhile
from comments.models import Comment, CommentEvent, Writer
from comments.paths import numbers_in
from comments.rendering import VERSION, item_html
from publishing.actions.common import permit

MODERATE = "comments.change_comment"
READ = "comments.view_comment"
Action = CommentEvent.Action
State = Comment.State
REFUSED = (State.REJECTED, State.SPAM, State.REMOVED)


class Before(NamedTuple):
    """What a comment was before an act."""

    state: str = ""
    reason: str = ""
    hidden_at: datetime.datetime | None = None
    by_trust: bool = False
    decided_by: User | None = None
    decided_at: datetime.datetime | None = None


def locked_all(comments: QuerySet[Comment], most: int | None = None) -> list[Comment]:
    """These comments as they are now, locked, in the order in which single ones are locked too.

    What they reply to is locked with them: it may get or lose its place in the list.
    """
    chosen = list(comments.order_by("-pk")[:most])
    numbers = {number for comment in chosen for number in numbers_in(comment.path)}
    rows = Comment.objects.filter(pk__in=numbers | {comment.pk for comment in chosen})
    list(rows.order_by("-pk").select_for_update())
    # What was chosen may have changed until it was locked.
    return list(comments.filter(pk__in=[comment.pk for comment in chosen]).order_by("-pk"))


def locked(comment: Comment, *, by: AbstractBaseUser | None, version: int | None = None) -> Comment:
    """The comment as it is now, locked, for an account that may moderate.

    Raises DecidedMeanwhile when it has changed since the given version was looked at.
    """
    if by is not None:
        permit(by, MODERATE)
    now = Comment.objects.select_for_update().get(pk=comment.pk)
    if version is not None and now.version != version:
        raise DecidedMeanwhile(*_last_act(now))
    return now


def enter(
    comment: Comment,
    state: Comment.State,
    *,
    reason: str = "",
    hidden_at: datetime.datetime | None = None,
    by_trust: bool = False,
    decided_by: User | None = None,
    decided_at: datetime.datetime | None = None,
) -> Before:
    """Bring a comment into a state; gives what it was before. No other function changes one."""
    before = Before(
        comment.state,
        comment.reason,
        comment.hidden_at,
        comment.by_trust,
        comment.decided_by,
        comment.decided_at,
    )
    comment.state = state
    comment.reason = reason
    comment.hidden_at = hidden_at
    comment.by_trust = by_trust
    comment.decided_by = decided_by
    comment.decided_at = decided_at
    store(comment)
    return before


def count_refusal(comment: Comment, before: Before) -> None:
    """Remember of a writer that a moderator refused a comment, or that this was taken back.

    The last step of an act: whoever locks writers before comments may wait for ever.
    """
    was = before.state in REFUSED and before.decided_by is not None
    is_now = comment.state in REFUSED and comment.decided_by_id is not None
    if comment.writer_id and was != is_now:
        step = 1 if is_now else -1
        Writer.objects.filter(pk=comment.writer_id).update(refused=F("refused") + step)


def tell_at_once(comment: Comment) -> None:
    """Have moderators written to about an urgent comment, by its number."""
    # By its name: the job imports the actions.
    app.configure_task("comments.tell_at_once").defer(comment_id=comment.pk)


def store(comment: Comment) -> None:
    """Keep a changed comment, with what readers see of it and of those above it from now on."""
    comment.version += 1
    was_seen = bool(comment.html)
    _render(comment)
    comment.save()
    if bool(comment.html) != was_seen:
        _renew_above(comment)


def _renew_above(comment: Comment) -> None:
    """A comment that is gone keeps a place in the list while readers see a reply to it."""
    if comment.parent_id is None:
        return
    # Locks go from a reply to what it replies to, everywhere, so that no two wait for each other.
    above = Comment.objects.select_for_update().get(pk=comment.parent_id)
    before = above.html
    _render(above)
    if above.html != before:
        above.save(update_fields=["html", "html_version"])
        _renew_above(above)


def _render(comment: Comment) -> None:
    """Make the item below the page; nothing for what is not public, and has left no gap."""
    seen = comment.state in (State.APPROVED, State.REMOVED)
    comment.html = item_html(comment) if seen or _is_replied_to(comment) else ""
    comment.html_version = VERSION


def _is_replied_to(comment: Comment) -> bool:
    return comment.replies.public().exists()


def renew_html(everything: bool) -> int:
    """Make what readers see of comments anew where another version made it; how many there were."""
    old = Comment.objects.public()
    if not everything:
        old = old.filter(html_version__lt=VERSION)
    number = 0
    for pk in old.order_by("-pk").values_list("pk", flat=True).iterator(chunk_size=500):
        with transaction.atomic():
            comment = Comment.objects.select_for_update().get(pk=pk)
            _render(comment)
            comment.save(update_fields=["html", "html_version"])
        number += 1
    return number


def record(
    action: CommentEvent.Action,
    comment: Comment,
    *,
    by: User | None = None,
    before: Before | None = None,
    detail: str = "",
    batch: uuid.UUID | None = None,
) -> CommentEvent:
    """Add a line to the log; `by` is nobody where a reader or the site itself acted."""
    was = before or Before()
    return CommentEvent.objects.create(
        comment=comment,
        action=action,
        account=by,
        reason=comment.reason,
        state_before=was.state,
        reason_before=was.reason,
        hidden_before=was.hidden_at,
        trust_before=was.by_trust,
        decider_before=was.decided_by,
        decided_before=was.decided_at,
        detail=detail,
        batch=batch,
    )


def _last_act(comment: Comment) -> tuple[str, str]:
    """Who changed the comment last, or nobody where that was no moderator; and the act."""
    last = comment.events.select_related("account").first()
    if last is None:
        return "", ""
    return str(last.account or ""), last.get_action_display()
