"""The page that thanks for a flag."""

from typing import Any

import pytest

from comments.models import Comment
from publishing.models import Revision
from tests.comments.conftest import US, let_through, written

pytestmark = pytest.mark.django_db


def test_who_flagged_is_thanked_even_when_the_comment_is_hidden_by_then(
    client: Any, page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page), moderator)
    address = f"/comments/{comment.pk}/flag/"
    sent = client.post(address, {"reason": "unkind"}, headers=US)
    Comment.objects.update(state=Comment.State.HELD, decided_by=None, decided_at=None)
    answer = client.get(sent.headers["Location"])
    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
