"""What is left of a comment that its writer deleted: nothing."""

from typing import Any
from unittest.mock import patch

import pytest

from comments import actions
from comments.models import Comment, CommentEvent, EmailAddress, Trace
from tests.comments.conftest import US, Write, stored

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def address(write: Write) -> str:
    """The private link of a comment that was just sent."""
    return str(write(email="robin@example.org").headers["Location"])


def test_deleting_asks_once_more_and_leaves_nothing(client: Any, address: str) -> None:
    assert "Nobody can bring them back." in client.get(f"{address}delete/").content.decode()
    assert stored().text == "Mine went by themselves."
    gone = client.post(f"{address}delete/", headers=US)
    assert gone.headers["Location"] == "/comments/deleted/"
    assert "Nothing of it is left" in client.get("/comments/deleted/").content.decode()
    comment = stored()
    assert (comment.state, comment.name, comment.text, comment.html) == (State.ERASED, "", "", "")
    assert (comment.address, comment.writer, comment.access) == (None, None, None)
    assert Trace.objects.get().comment is None  # it counts against floods, for nobody
    assert client.get(address).status_code == 404
    assert EmailAddress.objects.count() == 0
    assert client.post(f"{address}delete/", headers=US).status_code == 404


def test_an_address_that_another_comment_or_a_ban_needs_stays_until_then(
    client: Any, address: str, write: Write, moderator: Any
) -> None:
    second = write(text="The second one.", email="robin@example.org").headers["Location"]
    client.post(f"{address}delete/", headers=US)
    assert EmailAddress.objects.count() == 1
    actions.ban(by=moderator, comment=stored(text="The second one."), days=1)
    client.post(f"{second}delete/", headers=US)
    assert EmailAddress.objects.count() == 1


def test_deleting_twice_at_once_ends_in_the_same_page(client: Any, address: str) -> None:
    comment = stored()
    with patch("comments.own_views.actions.find", return_value=comment):
        for _time in range(2):
            answer = client.post(f"{address}delete/", headers=US)
            assert answer.headers["Location"] == "/comments/deleted/"
    assert CommentEvent.objects.filter(action="erased").count() == 1


def test_a_correction_of_what_is_being_deleted_is_given_back(client: Any, address: str) -> None:
    comment = stored()
    client.post(f"{address}delete/", headers=US)
    with patch("comments.own_views.actions.find", return_value=comment):
        answer = client.post(f"{address}correct/", {"text": "My new words."}, headers=US)
    assert answer.status_code == 404
    assert "There is no comment behind this link." in answer.content.decode()
    assert "My new words." in answer.content.decode()
    assert stored().text == ""
