"""Correcting one's own comment, for a quarter of an hour."""

import datetime
from typing import Any

import pytest

from comments import actions
from comments.models import Comment
from publishing import actions as publishing_actions
from publishing.models import Revision
from tests import factories
from tests.comments.conftest import ON, US, Write, hidden, let_through, stored

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def address(write: Write) -> str:
    """The private link of a comment that was just sent."""
    return str(write(email="robin@example.org").headers["Location"])


def test_a_correction_within_a_quarter_of_an_hour_is_looked_at_again(
    client: Any, address: str, moderator: Any
) -> None:
    let_through(stored(), moderator)
    sent = client.post(f"{address}correct/", {"text": "Mine stayed."}, headers=US)
    assert sent.status_code == 303
    comment = stored()
    assert (comment.state, comment.text, comment.decided_by) == (State.HELD, "Mine stayed.", None)
    assert comment.corrected_at is not None
    assert "Mine" not in client.get(ON).content.decode()


def test_a_corrected_comment_is_not_called_like_itself(client: Any, write: Write) -> None:
    text = "Mine went by themselves after two months, and I did nothing but wait and see."
    address = write(text=text).headers["Location"]
    for said in (text.replace("two", "three"), text):
        client.post(f"{address}correct/", {"text": said}, headers=US)
        assert [each["code"] for each in stored().reasons] == []


def test_after_a_quarter_of_an_hour_it_can_be_deleted_only(client: Any, address: str) -> None:
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=16)
    Comment.objects.update(written_at=before)
    assert "correct/" not in client.get(address).content.decode()
    late = client.post(f"{address}correct/", {"text": "My new words."}, headers=US)
    assert late.status_code == 409
    assert "those are over" in late.content.decode()
    assert "My new words." in late.content.decode()
    assert stored().text == "Mine went by themselves."


def test_an_empty_correction_is_asked_for_again(client: Any, address: str) -> None:
    answer = client.post(f"{address}correct/", {"text": " "}, headers=US)
    assert "This field is required." in answer.content.decode()


def test_nothing_is_corrected_below_a_page_that_was_taken_down(
    client: Any, address: str, page: Revision
) -> None:
    by = factories.EditorFactory.create()
    publishing_actions.unpublish(by=by, page=page.page, reason="Out of date.")
    answer = client.post(f"{address}correct/", {"text": "My new words."}, headers=US)
    assert answer.status_code == 403
    assert "My new words." in answer.content.decode()
    assert "Back to" not in client.get(address).content.decode()


def test_a_correction_gets_round_neither_a_ban_nor_what_was_called_spam(
    client: Any, check: Write, address: str, moderator: Any
) -> None:
    actions.ban(by=moderator, comment=stored(), days=3)
    refused = client.post(f"{address}correct/", {"text": "My new words."}, headers=US)
    assert refused.status_code == 403
    assert "does not take comments of yours until" in refused.content.decode()
    said = hidden(check(text="By a stranger.", email="robin@example.org"))
    other = client.post(f"{ON}send/", said, headers=US).headers["Location"]
    client.post(f"{other}correct/", {"text": "By a stranger, mended."}, headers=US)
    comment = stored(text="By a stranger, mended.")
    assert comment.state == State.SPAM
    assert [reason["code"] for reason in comment.reasons] == ["banned_address"]
    client.post(f"{other}correct/", {"text": "I want to kill myself."}, headers=US)
    assert stored(text="I want to kill myself.").state == State.HELD


def test_what_a_moderator_called_spam_stays_spam(client: Any, address: str, moderator: Any) -> None:
    comment = stored()
    actions.spam(by=moderator, comment=comment, version=comment.version)
    client.post(f"{address}correct/", {"text": "My new words."}, headers=US)
    comment = stored()
    assert (comment.state, comment.text, comment.decided_by) == (
        State.SPAM,
        "My new words.",
        moderator,
    )


def test_a_comment_whose_writer_is_not_known_any_more_can_be_corrected(
    client: Any, address: str
) -> None:
    Comment.objects.update(writer=None)
    client.post(f"{address}correct/", {"text": "My new words."}, headers=US)
    assert stored().text == "My new words."
