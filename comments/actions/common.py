"""What the actions on comments share: permission, locks, states, the log, what readers see."""

import datetime
import uuid
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app

from comments.errors import DecidedMeanwhile
from comments.models import Comment, CommentEvent, Writer
from comments.rendering import VERSION, item_html
from publishing.actions.common import permit
from publishing.dates import database_now

MODERATE = "comments.change_comment"
READ = "comments.view_comment"
Action = CommentEvent.Action
State = Comment.State
REFUSED = (State.REJECTED, State.SPAM, State.REMOVED)
WITH_REASON = (State.REJECTED, State.REMOVED)


class Before(NamedTuple):
    """What a comment was before an act."""

    state: str = ""
    reason: str = ""
    hidden_at: datetime.datetime | None = None
    by_trust: bool = False


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
    by: User | None = None,
    reason: str = "",
    hidden_at: datetime.datetime | None = None,
    by_trust: bool = False,
) -> Before:
    """Bring a comment into a state, with all that goes with it; gives what it was before.

    Every change of a comment's state is made here. `by` is the moderator who decided, or nobody.
    """
    before = Before(comment.state, comment.reason, comment.hidden_at, comment.by_trust)
    _count_refusal(comment, state, by)
    decider = None if state == State.HELD or by_trust else by
    comment.state = state
    comment.reason = reason if state in WITH_REASON else ""
    comment.decided_by = decider
    comment.decided_at = database_now() if decider else None
    comment.hidden_at = hidden_at
    comment.by_trust = by_trust
    if state == State.HELD and by is None:
        _tell(comment)
    store(comment)
    return before


def _count_refusal(comment: Comment, state: Comment.State, by: User | None) -> None:
    """Remember of a writer that a moderator refused a comment, or took that back."""
    if by is None or comment.writer_id is None:
        return
    was = comment.state in REFUSED and comment.decided_by_id is not None
    step = (state in REFUSED) - was
    if step:
        Writer.objects.filter(pk=comment.writer_id).update(refused=F("refused") + step)


def _tell(comment: Comment) -> None:
    """Have moderators written to about a comment that waits anew; at once about an urgent one."""
    comment.noticed_at = None
    if comment.urgent:
        # By its name: the job imports the actions.
        app.configure_task("comments.tell_at_once").defer(comment_id=comment.pk)


def store(comment: Comment) -> None:
    """Keep a changed comment, with what readers see of it and of those above it from now on."""
    comment.version += 1
    _render(comment)
    comment.save()
    _renew_above(comment)


def _renew_above(comment: Comment) -> None:
    """A comment that is gone keeps a place in the list while readers see a reply to it."""
    if comment.parent_id is None:
        return
    # Locks go from a reply to what it replies to, everywhere, so that none wait for each other.
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
        detail=detail,
        batch=batch,
    )


def _last_act(comment: Comment) -> tuple[str, str]:
    """Who changed the comment last, or nobody where that was no moderator; and the act."""
    last = comment.events.select_related("account").first()
    if last is None:
        return "", ""
    return str(last.account or ""), last.get_action_display()
