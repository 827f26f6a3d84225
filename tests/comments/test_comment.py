"""Each comment has an address of its own."""

from typing import Any

import pytest

from publishing.models import Revision
from tests.comments.conftest import ON, let_through, texts, written

pytestmark = pytest.mark.django_db
PAGE = "/articles/removal/"


def test_fifty_comments_stand_on_a_page_and_each_has_its_address(
    client: Any, page: Revision, moderator: Any
) -> None:
    comments = [let_through(written(page, text=f"No {n}."), moderator) for n in range(51)]
    below = client.get(PAGE).content.decode()
    assert (len(texts(below)), "(51)" in below) == (50, True)
    assert f'href="{ON}?page=2"' in below
    assert texts(client.get(f"{ON}?page=2").content.decode()) == ["No 50."]
    assert client.get(f"{ON}?page=3").status_code == 404
    for comment, number in ((comments[0], 1), (comments[50], 2)):
        sent = client.get(f"/comments/{comment.pk}/")
        assert sent.headers["Location"] == f"{ON}?page={number}#comment-{comment.pk}"


def test_a_comment_that_is_not_shown_has_no_address(client: Any, page: Revision) -> None:
    held = written(page)
    for path in ("", "reply/", "flag/"):
        assert client.get(f"/comments/{held.pk}/{path}").status_code == 404
        assert client.get(f"/comments/999999999999/{path}").status_code == 404
