"""What readers see of comments: stubs of what is gone, and the same HTML anew after an update."""

from typing import Any

import pytest
from django.core.management import call_command

from comments import actions, rendering
from comments.actions.writing import erase
from comments.models import Comment
from publishing.models import Revision
from tests.comments.conftest import ON, let_through, written

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def replied(page: Revision, moderator: Any) -> tuple[Comment, Comment]:
    """A shown comment, and a shown reply to it."""
    parent = let_through(written(page, text="Should I cut it?"), moderator)
    return parent, let_through(written(page, parent=parent, text="Never."), moderator)


def again(comment: Comment) -> Comment:
    comment.refresh_from_db()
    return comment


def test_a_reply_keeps_a_place_for_what_waits_again(
    client: Any, replied: tuple[Comment, Comment], moderator: Any
) -> None:
    parent, reply = replied
    actions.hold(by=moderator, comment=parent, version=again(parent).version)
    html = client.get(ON).content.decode()
    assert "A moderator looks at this comment." in html
    assert ("Never." in html, "Should I cut it?" in html) == (True, False)
    actions.reject(by=moderator, comment=parent, version=again(parent).version, reason="other")
    assert "This comment is not shown any more." in client.get(ON).content.decode()
    actions.remove(by=moderator, comment=reply, version=again(reply).version, reason="other")
    assert "This comment is not shown any more." in client.get(ON).content.decode()
    erase(again(reply))
    assert again(parent).html == again(reply).html == ""


def test_a_stub_comes_and_goes_with_the_replies_to_it(
    page: Revision, replied: tuple[Comment, Comment], moderator: Any
) -> None:
    parent, reply = replied
    deep = written(page, parent=reply, text="Why not?")
    for comment in (reply, parent):
        erase(again(comment))
    assert again(parent).html == again(reply).html == ""
    deep = let_through(deep, moderator)
    assert "This comment was deleted." in again(parent).html
    assert "This comment was deleted." in again(reply).html
    actions.hold(by=moderator, comment=deep, version=deep.version)
    assert again(parent).html == again(reply).html == ""


def test_the_address_of_a_removed_comment_leads_to_its_stub(
    client: Any, replied: tuple[Comment, Comment], moderator: Any
) -> None:
    parent, _reply = replied
    actions.remove(by=moderator, comment=parent, version=parent.version, reason="other")
    answer = client.get(f"/comments/{parent.pk}/")
    assert answer.headers["Location"] == f"{ON}?page=1#comment-{parent.pk}"


def test_an_update_makes_html_of_an_older_version_anew(
    page: Revision, replied: tuple[Comment, Comment], monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, reply = replied
    held = written(page)
    Comment.objects.filter(pk__in=(parent.pk, reply.pk)).update(html="<li>old</li>")
    call_command("rerender")
    assert again(parent).html == "<li>old</li>"
    monkeypatch.setattr("comments.actions.common.VERSION", rendering.VERSION + 1)
    call_command("rerender")
    assert ("Should I cut it?" in again(parent).html, again(held).html) == (True, "")
    Comment.objects.filter(pk=reply.pk).update(html="<li>old</li>")
    call_command("rerender", "--all")
    assert "Never." in again(reply).html
