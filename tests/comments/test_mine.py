"""What has become of one's comment, behind the private link that nobody else has."""

import datetime
from typing import Any

import pytest

from comments.models import Comment
from tests.comments.conftest import Write

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def address(write: Write) -> str:
    """The private link of a comment that was just sent."""
    return str(write(email="robin@example.org").headers["Location"])


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (State.HELD, "", "It is waiting."),
        (State.SPAM, "", "It is waiting."),
        (State.APPROVED, "", "It is shown."),
        (State.REJECTED, "medical-advice", "It is not shown. The reason: medical advice."),
        (State.REMOVED, "unkind", "It is not shown. The reason: unkind."),
    ],
)
def test_it_tells_the_state_and_takes_spam_for_waiting(
    client: Any, address: str, moderator: Any, state: str, reason: str, said: str
) -> None:
    decided = {"decided_by": moderator, "decided_at": datetime.datetime.now(datetime.UTC)}
    if state in (State.HELD, State.SPAM):
        decided = {}
    Comment.objects.update(state=state, reason=reason, **decided)
    answer = client.get(address)
    assert said in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["", "correct/", "delete/"])
def test_a_link_that_was_never_made_leads_nowhere(client: Any, address: str, path: str) -> None:
    assert client.get(f"/comments/mine/{'x' * 32}/{path}").status_code == 404
    assert client.get(f"{address}{path}").status_code == 200
