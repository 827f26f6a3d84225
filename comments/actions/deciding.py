"""A moderator's decisions, each for the version of the comment that was looked at."""

import datetime
import uuid
from collections.abc import Iterable
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from comments.actions.common import Action, State, count_refusal, enter, locked, record
from comments.errors import NothingToUndo, NotPossible, ReasonNeeded
from comments.models import Comment, CommentEvent, Flag
from publishing.dates import database_now

UNDO_TIME = datetime.timedelta(seconds=30)
# From where each decision may be made; what a writer has deleted is nobody's to decide.
FROM = {
    Action.APPROVED: (State.HELD, State.SPAM, State.REJECTED),
    Action.REJECTED: (State.HELD, State.SPAM),
    Action.SPAM: (State.HELD, State.REJECTED),
    Action.HELD: (State.APPROVED, State.REJECTED, State.SPAM, State.REMOVED),
    Action.REMOVED: (State.APPROVED,),
    Action.KEPT: (State.APPROVED,),
}
TO = {
    Action.APPROVED: State.APPROVED,
    Action.REJECTED: State.REJECTED,
    Action.SPAM: State.SPAM,
    Action.HELD: State.HELD,
    Action.REMOVED: State.REMOVED,
    Action.KEPT: State.APPROVED,
}


@transaction.atomic
def decide(
    action: CommentEvent.Action,
    *,
    by: User,
    comment: Comment,
    version: int,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> Comment:
    """Let a comment through, reject it, call it spam, hold it, remove or keep what is shown.

    A refusal that its writer reads needs a reason. Decisions of one batch are taken back together;
    each ends what readers' flags had started. Raises CommentRefused.
    """
    comment = locked(comment, by=by, version=version)
    state = TO[action]
    if comment.state not in FROM[action] or not comment.text:
        raise NotPossible(comment.get_state_display())
    has_reason = state in (State.REJECTED, State.REMOVED)
    if has_reason and reason not in Comment.Reason.values:
        raise ReasonNeeded
    waits = state == State.HELD
    before = enter(
        comment,
        state,
        reason=reason if has_reason else "",
        decided_by=None if waits else by,
        decided_at=None if waits else database_now(),
    )
    event = record(action, comment, by=by, before=before, batch=batch or uuid.uuid4())
    Flag.objects.open().filter(comment=comment).update(settled_by=event)
    count_refusal(comment, before)
    return comment


approve = partial(decide, Action.APPROVED)
reject = partial(decide, Action.REJECTED)
spam = partial(decide, Action.SPAM)
hold = partial(decide, Action.HELD)
remove = partial(decide, Action.REMOVED)
keep = partial(decide, Action.KEPT)


def undoable(by: User) -> list[Comment]:
    """What this account decided with its last click, within 30 seconds, and nobody touched."""
    since = database_now() - UNDO_TIME
    lately = CommentEvent.objects.filter(account=by, happened_at__gte=since, action__in=TO)
    found = Comment.objects.filter(pk__in=lately.values("comment")).prefetch_related("events")
    acts = [(_to_undo(comment.events.all(), by, since), comment) for comment in found]
    batches = {act.pk: act.batch for act, _comment in acts if act}
    if not batches:
        return []
    newest = batches[max(batches)]
    return [comment for act, comment in acts if act and act.batch == newest]


def _to_undo(
    events: Iterable[CommentEvent], by: User, since: datetime.datetime
) -> CommentEvent | None:
    """The act that would be taken back: the last one, a decision of this account."""
    last = next(iter(events), None)
    if last is None or last.account_id != by.pk or last.action not in TO:
        return None
    return last if last.happened_at >= since else None


@transaction.atomic
def undo(*, by: User, comment: Comment) -> Comment:
    """Take the last decision back, within 30 seconds, by whoever made it. Raises CommentRefused."""
    comment = locked(comment, by=by)
    last = _to_undo(comment.events.all(), by, database_now() - UNDO_TIME)
    if last is None:
        raise NothingToUndo
    before = enter(
        comment,
        State(last.state_before),
        reason=last.reason_before,
        hidden_at=last.hidden_before,
        by_trust=last.trust_before,
        decided_by=last.decider_before,
        decided_at=last.decided_before,
    )
    record(Action.UNDONE, comment, by=by, before=before)
    Flag.objects.filter(settled_by=last).update(settled_by=None)
    count_refusal(comment, before)
    return comment
