"""Taking one's own comment back."""

from typing import Any

import pytest

from comments.models import Comment
from publishing.models import Revision
from tests.comments.conftest import ON, US, Write, let_through, stored, written

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def address(write: Write) -> str:
    """The private link of a comment that was just sent."""
    return str(write(email="robin@example.org").headers["Location"])


@pytest.mark.parametrize("path", ["correct/", "delete/"])
def test_another_site_cannot_change_it(client: Any, address: str, path: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post(f"{address}{path}", {"text": "Theirs."}, headers=headers)
    assert answer.status_code == 403
    assert stored().text == "Mine went by themselves."


def test_what_others_replied_to_keeps_its_place_without_words(
    client: Any, address: str, page: Revision, moderator: Any
) -> None:
    first = let_through(stored(), moderator)
    let_through(written(page, parent=first, name="Sam", text="Mine too."), moderator)
    client.post(f"{address}delete/", headers=US)
    html = client.get(ON).content.decode()
    assert "This comment was deleted." in html
    assert "Mine too." in html
    assert "Robin" not in html
