"""What is left of a comment that its writer deleted: nothing."""

from typing import Any

import pytest

from comments.models import Comment, EmailAddress, Trace
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
    assert Trace.objects.count() == 0
    assert client.get(address).status_code == 404
    assert EmailAddress.objects.count() == 1  # until the night
