"""A moderator's decisions, each for the version of the comment that was looked at."""

import datetime

from django.contrib.auth.models import User
from django.db import transaction

from comments.actions.common import Action, State, locked, record, store
from comments.errors import NothingToUndo, NotPossible, ReasonNeeded
from comments.models import Comment, CommentEvent
from publishing.dates import database_now

UNDO_TIME = datetime.timedelta(seconds=30)
# From where each decision may be made; what a writer has deleted is nobody's to decide.
UNDECIDED = (State.HELD, State.SPAM, State.REJECTED)
DECISIONS = (Action.APPROVED, Action.REJECTED, Action.SPAM, Action.HELD, Action.REMOVED)


def approve(*, by: User, comment: Comment, version: int) -> Comment:
    """Let a comment through: readers see it from now on."""
    return _decide(by, comment, version, State.APPROVED, Action.APPROVED, UNDECIDED)


def reject(*, by: User, comment: Comment, version: int, reason: str) -> Comment:
    """Do not let a comment through; its writer reads the reason."""
    return _decide(by, comment, version, State.REJECTED, Action.REJECTED, UNDECIDED, reason)


def spam(*, by: User, comment: Comment, version: int) -> Comment:
    """Call a comment spam; its writer goes on reading “waiting”."""
    return _decide(by, comment, version, State.SPAM, Action.SPAM, UNDECIDED)


def hold(*, by: User, comment: Comment, version: int) -> Comment:
    """Put a comment back among those that wait, whatever was decided."""
    from_where = (State.APPROVED, State.REJECTED, State.SPAM, State.REMOVED)
    return _decide(by, comment, version, State.HELD, Action.HELD, from_where)


def remove(*, by: User, comment: Comment, version: int, reason: str) -> Comment:
    """Take a comment away that readers saw; that it was there, and why it went, stays public."""
    return _decide(by, comment, version, State.REMOVED, Action.REMOVED, (State.APPROVED,), reason)


def undoable(by: User) -> list[Comment]:
    """What this account decided in the last 30 seconds, and nobody has touched since."""
    since = database_now() - UNDO_TIME
    lately = CommentEvent.objects.filter(account=by, happened_at__gte=since)
    found = Comment.objects.filter(pk__in=lately.values("comment")).prefetch_related("events")
    return [comment for comment in found if _may_undo(comment, by, since)]


def _may_undo(comment: Comment, by: User, since: datetime.datetime) -> CommentEvent | None:
    """The act that would be taken back: the last one, a decision of this account."""
    last = next(iter(comment.events.all()), None)
    if last is None or last.account_id != by.pk or last.action not in DECISIONS:
        return None
    return last if last.happened_at >= since else None


@transaction.atomic
def undo(*, by: User, comment: Comment) -> Comment:
    """Take the last decision back, within 30 seconds, by whoever made it."""
    comment = locked(comment, by=by)
    last = _may_undo(comment, by, database_now() - UNDO_TIME)
    if last is None:
        raise NothingToUndo
    before = comment.state
    _put(comment, State(last.state_before), by, reason=last.detail)
    record(Action.UNDONE, comment, by=by, before=before)
    return comment


@transaction.atomic
def _decide(
    by: User,
    comment: Comment,
    version: int,
    state: Comment.State,
    action: CommentEvent.Action,
    from_where: tuple[Comment.State, ...],
    reason: str = "",
) -> Comment:
    comment = locked(comment, by=by, version=version)
    if comment.state not in from_where or comment.state == state or not comment.text:
        raise NotPossible(comment.get_state_display())
    if state in (State.REJECTED, State.REMOVED) and reason not in Comment.Reason.values:
        raise ReasonNeeded
    before, reason_before = comment.state, comment.reason
    _put(comment, state, by, reason=reason)
    record(action, comment, by=by, before=before, detail=reason_before)
    return comment


def _put(comment: Comment, state: Comment.State, by: User, *, reason: str) -> None:
    """Bring a comment into a state; every decision ends what readers' flags had started."""
    comment.state = state
    held = state == State.HELD
    comment.decided_by = None if held else by
    comment.decided_at = None if held else database_now()
    comment.reason = reason if state in (State.REJECTED, State.REMOVED) else ""
    comment.by_trust = False
    comment.hidden_at = None
    store(comment)
    comment.flags.filter(settled=False).update(settled=True)
