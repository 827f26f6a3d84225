"""Replies stand below what they reply to, four levels deep."""

from typing import Any

import pytest

from comments.models import MAX_DEPTH, Comment
from comments.rendering import item_html
from publishing.models import Revision
from tests import factories
from tests.comments.conftest import ON, US, Write, approved, hidden, stored

pytestmark = pytest.mark.django_db
State = Comment.State


def test_a_reply_stands_below_what_it_replies_to(client: Any, write: Write) -> None:
    write()
    first = approved(stored())
    form = client.get(f"/comments/{first.pk}/reply/").content.decode()
    assert "In reply to Robin" in form
    assert f'<input type="hidden" name="parent" value="{first.pk}">' in form
    assert write(name="Sam", text="Mine too.", parent=str(first.pk)).status_code == 303
    reply = approved(stored(name="Sam"))
    assert (reply.parent, reply.depth) == (first, 1)
    assert reply.path == f"{first.path}.{reply.path.split('.')[1]}"


def test_a_reply_to_what_is_not_shown_or_elsewhere_or_too_deep_is_refused(
    client: Any, write: Write, page: Revision
) -> None:
    write()
    held = stored()
    other = factories.published(factories.article_content("other"))
    elsewhere = Comment.objects.create(page=other.page, name="A", text="B", state=State.SPAM)
    for number in (held.pk, elsewhere.pk, 10**18, "x", "-1"):
        said = {"name": "Sam", "text": "Mine too.", "parent": str(number)}
        html = client.post(f"{ON}write/", said, headers=US).content.decode()
        assert "cannot be replied to any more" in html
        assert "Mine too." in html
        assert 'name="parent"' not in html
        assert client.get(f"/comments/{number}/reply/").status_code == 404


def test_a_reply_is_refused_when_its_comment_went_between_the_steps(
    client: Any, check: Write, write: Write
) -> None:
    write()
    first = approved(stored())
    said = hidden(check(name="Sam", text="Mine too.", parent=str(first.pk)))
    Comment.objects.filter(pk=first.pk).update(state=State.SPAM)
    answer = client.post(f"{ON}send/", said, headers=US)
    assert (answer.status_code, Comment.objects.count()) == (409, 1)
    assert "cannot be replied to any more" in answer.content.decode()
    assert "Mine too." in answer.content.decode()


def test_replies_end_at_the_fourth_level(client: Any, write: Write) -> None:
    write()
    parent = approved(stored())
    for depth in range(1, MAX_DEPTH + 1):
        write(text=f"Level {depth}.", parent=str(parent.pk))
        parent = approved(stored(depth=depth))
    said = {"name": "Sam", "text": "Deeper.", "parent": str(parent.pk)}
    html = client.post(f"{ON}write/", said, headers=US).content.decode()
    assert "cannot be replied to any more" in html
    assert "Reply" not in item_html(parent)
