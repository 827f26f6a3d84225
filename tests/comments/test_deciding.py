"""A moderator's decisions: from where each is possible, by whom, and how it is taken back."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from comments import actions, keys
from comments.errors import DecidedMeanwhile, NothingToUndo, NotPossible, ReasonNeeded
from comments.models import Comment, CommentEvent, Flag, Writer
from publishing.errors import NotPermitted
from publishing.models import Revision
from tests import factories
from tests.comments.conftest import let_through, written

pytestmark = pytest.mark.django_db
State = Comment.State
Act = Callable[..., Comment]
ACTS: dict[str, Act] = {
    "approve": actions.approve,
    "reject": lambda **said: actions.reject(reason="unkind", **said),
    "spam": actions.spam,
    "hold": actions.hold,
    "remove": lambda **said: actions.remove(reason="unkind", **said),
}
# Which acts each state permits, and where they lead.
PERMITTED = {
    "held": {"approve": "approved", "reject": "rejected", "spam": "spam"},
    "spam": {"approve": "approved", "reject": "rejected", "hold": "held"},
    "rejected": {"approve": "approved", "spam": "spam", "hold": "held"},
    "approved": {"remove": "removed", "hold": "held"},
    "removed": {"hold": "held"},
}
PATHS = {
    "held": [],
    "spam": ["spam"],
    "rejected": ["reject"],
    "approved": ["approve"],
    "removed": ["approve", "remove"],
}


def in_state(page: Revision, state: str, by: Any) -> Comment:
    comment = written(page)
    for act in PATHS[state]:
        comment = ACTS[act](by=by, comment=comment, version=comment.version)
    return comment


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", PERMITTED)
def test_each_state_permits_its_acts_and_no_other(
    page: Revision, moderator: Any, state: str, act: str
) -> None:
    comment = in_state(page, state, moderator)
    said = {"by": moderator, "comment": comment, "version": comment.version}
    after = PERMITTED[state].get(act)
    if after is None:
        with pytest.raises(NotPossible):
            ACTS[act](**said)
        after = state
    else:
        ACTS[act](**said)
    comment.refresh_from_db()
    assert comment.state == after
    assert (comment.decided_at is None) == (after == "held")
    assert bool(comment.html) == (after in ("approved", "removed"))
    assert bool(comment.reason) == (after in ("rejected", "removed"))


@pytest.mark.parametrize("act", ACTS)
def test_only_moderators_decide(page: Revision, act: str) -> None:
    comment = written(page)
    with pytest.raises(NotPermitted):
        ACTS[act](by=factories.EditorFactory.create(), comment=comment, version=1)


@pytest.mark.parametrize("reason", ["", "nonsense"])
def test_a_refusal_needs_a_reason(page: Revision, moderator: Any, reason: str) -> None:
    comment = written(page)
    with pytest.raises(ReasonNeeded):
        actions.reject(by=moderator, comment=comment, version=comment.version, reason=reason)


def test_the_second_of_two_moderators_is_told_who_was_quicker(
    page: Revision, moderator: Any
) -> None:
    comment = written(page)
    other = factories.UserFactory.create(username="other", may=("change_comment",))
    actions.spam(by=other, comment=comment, version=comment.version)
    with pytest.raises(DecidedMeanwhile, match="other was quicker"):
        actions.approve(by=moderator, comment=comment, version=comment.version)
    comment.refresh_from_db()
    assert comment.state == State.SPAM


def test_a_change_without_an_entry_in_the_log_is_noticed_too(
    page: Revision, moderator: Any
) -> None:
    comment = written(page)
    with pytest.raises(DecidedMeanwhile):
        actions.approve(by=moderator, comment=comment, version=comment.version + 1)


def test_a_decision_is_taken_back_within_half_a_minute(page: Revision, moderator: Any) -> None:
    comment = in_state(page, "rejected", moderator)
    comment = actions.approve(by=moderator, comment=comment, version=comment.version)
    assert actions.undoable(moderator) == [comment]
    back = actions.undo(by=moderator, comment=comment)
    assert (back.state, back.reason, back.html) == (State.REJECTED, "unkind", "")
    assert actions.undoable(moderator) == []
    with pytest.raises(NothingToUndo):
        actions.undo(by=moderator, comment=comment)


def test_nobody_takes_back_what_somebody_else_decided_or_what_is_old(
    page: Revision, moderator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = let_through(written(page), moderator)
    other = factories.UserFactory.create(username="other", may=("change_comment",))
    with pytest.raises(NothingToUndo):
        actions.undo(by=other, comment=comment)
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=31)
    monkeypatch.setattr("comments.actions.deciding.database_now", lambda: later)
    with pytest.raises(NothingToUndo):
        actions.undo(by=moderator, comment=comment)
    assert actions.undoable(moderator) == []


def test_a_comment_that_nothing_happened_to_has_nothing_to_take_back(
    page: Revision, moderator: Any
) -> None:
    with pytest.raises(NothingToUndo):
        actions.undo(by=moderator, comment=written(page))


@pytest.mark.parametrize("sql", ["UPDATE {} SET detail = 'x'", "DELETE FROM {}"])
def test_the_log_is_only_added_to(page: Revision, moderator: Any, sql: str) -> None:
    let_through(written(page), moderator)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format("comments_commentevent"))
    assert CommentEvent.objects.count() == 1


def test_the_log_says_with_which_reason(page: Revision, moderator: Any) -> None:
    comment = in_state(page, "rejected", moderator)
    actions.approve(by=moderator, comment=comment, version=comment.version)
    acts = [(event.action, event.reason) for event in comment.events.order_by("pk")]
    assert acts == [("rejected", "unkind"), ("approved", "")]


def test_taking_back_brings_the_flags_back_that_hid_it(page: Revision, moderator: Any) -> None:
    comment = let_through(written(page), moderator)
    for number in range(3):
        origin = keys.Origin(str(number), str(number))
        actions.flag(comment=comment, reason=Flag.Reason.OTHER, origin=origin)
    comment.refresh_from_db()
    hidden_at = comment.hidden_at
    comment = let_through(comment, moderator)
    assert (comment.hidden_at, Flag.objects.open().count()) == (None, 0)
    comment = actions.undo(by=moderator, comment=comment)
    assert (comment.state, comment.hidden_at) == (State.HELD, hidden_at)
    assert Flag.objects.open().count() == 3


def test_taking_back_brings_trust_back(page: Revision, moderator: Any) -> None:
    comment = written(page, state=State.APPROVED, by_trust=True)
    comment = actions.hold(by=moderator, comment=comment, version=comment.version)
    assert not comment.by_trust
    comment = actions.undo(by=moderator, comment=comment)
    assert (comment.state, comment.by_trust, comment.decided_by) == (State.APPROVED, True, None)


def test_a_change_that_no_moderator_made_names_nobody(page: Revision, moderator: Any) -> None:
    comment = let_through(written(page, name="Robin"), moderator)
    version = comment.version
    for number in range(3):
        origin = keys.Origin(str(number), str(number))
        actions.flag(comment=comment, reason=Flag.Reason.OTHER, origin=origin)
    with pytest.raises(DecidedMeanwhile) as refused:
        actions.remove(by=moderator, comment=comment, version=version, reason="unkind")
    assert "It has changed meanwhile (hidden after flags of readers)." in refused.value.message
    assert "Robin" not in refused.value.message


def test_taking_back_names_again_who_had_decided(page: Revision, moderator: Any) -> None:
    comment = let_through(written(page), moderator)
    other = factories.UserFactory.create(username="other", may=("change_comment",))
    was = comment.decided_at
    comment = actions.remove(by=other, comment=comment, version=comment.version, reason="unkind")
    comment = actions.undo(by=other, comment=comment)
    assert (comment.state, comment.decided_by, comment.decided_at) == (
        State.APPROVED,
        moderator,
        was,
    )


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_taking_back_what_was_done_to_spam_that_nobody_called_so_counts_nothing(
    page: Revision, moderator: Any, act: str
) -> None:
    writer = Writer.objects.create(key="k")
    comment = written(page, state=State.SPAM, writer=writer)
    comment = ACTS[act](by=moderator, comment=comment, version=comment.version)
    comment = actions.undo(by=moderator, comment=comment)
    writer.refresh_from_db()
    assert (comment.state, comment.decided_by, writer.refused) == (State.SPAM, None, 0)


def test_leaving_it_as_it_is_is_taken_back_like_every_decision(
    page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page), moderator)
    origin = keys.Origin("a", "a")
    actions.flag(comment=comment, reason=Flag.Reason.OTHER, origin=origin)
    comment.refresh_from_db()
    actions.keep(by=moderator, comment=comment, version=comment.version)
    assert Flag.objects.open().count() == 0
    assert actions.undoable(moderator) == [comment]
    actions.undo(by=moderator, comment=comment)
    comment.refresh_from_db()
    assert (comment.state, Flag.objects.open().count()) == (State.APPROVED, 1)
