"""What a moderator does beside deciding."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from comments import actions
from comments.actions.writing import erase
from comments.errors import NoReply, NotPossible, WordsAdded
from comments.models import Ban, Comment, EmailAddress, Writer
from publishing.errors import NotPermitted, ReasonMissing
from publishing.models import Revision, Task
from tests import factories
from tests.comments.conftest import ON, let_through, written

pytestmark = pytest.mark.django_db
MARK = "[removed by a moderator]"
TEXT_OF_ALL = "Mine went by themselves."
TEXT = "I am Robin Doe, 12 Elm Street. Mine went by themselves."


@pytest.mark.parametrize(
    "text",
    [
        f"I am {MARK}. Mine went by themselves.",
        f"{MARK} Mine went by themselves.",
        f"I am Robin {MARK}, 12 {MARK} went by themselves.",
        MARK,
    ],
)
def test_words_are_taken_out_and_marked(page: Revision, moderator: Any, text: str) -> None:
    comment = let_through(written(page, text=TEXT), moderator)
    after = actions.take_out(by=moderator, comment=comment, version=comment.version, text=text)
    after.refresh_from_db()
    assert after.text == text
    assert "Elm Street" not in after.html
    assert after.state == Comment.State.APPROVED


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"I am well, {MARK}.",
        f"Mine went. {MARK} I am Robin",
        "",
        f"{MARK} themselves!",
        f"Mine went by themselves. {MARK}",
        f"I am {MARK} Mine went",
        f"I am Robin Doe, 12 Elm {MARK} I am Robin Doe, {MARK}",
        f"I am Robin Doe, 12 Elm Street. Mine went {MARK} Mine went by themselves.",
    ],
)
def test_no_words_can_be_put_into_a_readers_mouth(
    page: Revision, moderator: Any, text: str
) -> None:
    comment = written(page, text=TEXT)
    with pytest.raises(WordsAdded):
        actions.take_out(by=moderator, comment=comment, version=comment.version, text=text)


def test_nothing_is_taken_out_of_what_is_gone(page: Revision, moderator: Any) -> None:
    comment = let_through(written(page, text=TEXT), moderator)
    said = {"by": moderator, "comment": comment}
    comment = actions.remove(version=comment.version, reason="other", **said)
    with pytest.raises(NotPossible):
        actions.take_out(version=comment.version, text=MARK, **said)


def test_the_site_replies_with_a_badge(client: Any, page: Revision, moderator: Any) -> None:
    comment = let_through(written(page), moderator)
    reply = actions.reply_as_site(by=moderator, comment=comment, text="Thank you.\x00")
    assert (reply.name, reply.text, reply.is_site, reply.depth) == ("Milia", "Thank you.", True, 1)
    html = client.get(ON).content.decode()
    assert '<span class="comment-badge">The site</span>' in html
    assert html.index("Mine went") < html.index("Thank you.")
    with pytest.raises(NotPossible):
        actions.take_out(by=moderator, comment=reply, version=reply.version, text=MARK)


def test_the_site_replies_to_what_is_shown_and_not_too_deep(page: Revision, moderator: Any) -> None:
    with pytest.raises(NoReply):
        actions.reply_as_site(by=moderator, comment=written(page), text="Thank you.")
    comment = let_through(written(page), moderator)
    with pytest.raises(ReasonMissing):
        actions.reply_as_site(by=moderator, comment=comment, text=" ")
    for _level in range(4):
        comment = actions.reply_as_site(by=moderator, comment=comment, text="Deeper.")
    with pytest.raises(NoReply):
        actions.reply_as_site(by=moderator, comment=comment, text="Too deep.")


def test_a_writer_is_banned_for_some_days(page: Revision, moderator: Any) -> None:
    comment = written(page, writer=Writer.objects.create(key="k"))
    ban = actions.ban(by=moderator, comment=comment, days=30)
    assert ban is not None
    days = ban.until - timezone.now()
    assert datetime.timedelta(days=29) < days <= datetime.timedelta(days=30)
    longest = actions.ban(by=moderator, comment=comment, days=10_000)
    assert longest is not None
    assert longest.until - timezone.now() <= datetime.timedelta(days=365)


def test_an_address_is_banned_too_and_nobody_unknown(page: Revision, moderator: Any) -> None:
    address = EmailAddress.objects.create(digest="d", encrypted=b"x")
    ban = actions.ban(by=moderator, comment=written(page, address=address), days=1)
    assert ban is not None
    assert ban.address == address
    assert actions.ban(by=moderator, comment=written(page), days=1) is None
    assert Ban.objects.count() == 1


def test_a_comment_that_names_an_error_becomes_a_task(page: Revision, moderator: Any) -> None:
    comment = written(page, text="The second step is wrong.")
    actions.report_error(by=moderator, comment=comment)
    task = Task.objects.get()
    assert (task.kind, task.page) == (Task.Kind.READER_REPORT, page.page)
    assert task.detail.endswith(f"/admin/comments/{comment.pk}/report/")
    assert "second step" not in task.detail


def test_the_same_comment_is_one_task(page: Revision, moderator: Any) -> None:
    comment = written(page)
    actions.report_error(by=moderator, comment=comment)
    actions.report_error(by=moderator, comment=comment)
    assert Task.objects.count() == 1


def test_editors_report_what_readers_see(page: Revision, moderator: Any) -> None:
    editor = factories.UserFactory.create(username="editor", may=("view_comment",))
    held = written(page)
    with pytest.raises(NotPossible):
        actions.report_error(by=editor, comment=held)
    actions.report_error(by=editor, comment=let_through(held, moderator))
    assert Task.objects.count() == 1


def test_what_is_gone_and_what_the_site_says_is_no_report(page: Revision, moderator: Any) -> None:
    comment = let_through(written(page), moderator)
    reply = actions.reply_as_site(by=moderator, comment=comment, text="Thank you.")
    with pytest.raises(NotPossible):
        actions.report_error(by=moderator, comment=reply)
    erase(comment)
    with pytest.raises(NotPossible):
        actions.report_error(by=moderator, comment=comment)


def test_editors_cannot_do_any_of_it(page: Revision, moderator: Any) -> None:
    comment = let_through(written(page), moderator)
    said: dict[str, Any] = {"by": factories.EditorFactory.create(), "comment": comment}
    for act in (
        lambda: actions.take_out(version=comment.version, text=MARK, **said),
        lambda: actions.reply_as_site(text="Thank you.", **said),
        lambda: actions.ban(days=1, **said),
        lambda: actions.report_error(**said),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_words_are_taken_out_of_a_name_too(page: Revision, moderator: Any) -> None:
    comment = written(page, name="Robin 0113 496 0000")
    before = comment.text_digest
    said = {"by": moderator, "comment": comment, "text": comment.text}
    with pytest.raises(WordsAdded):
        actions.take_out(version=comment.version, name="Robin", **said)
    after = actions.take_out(version=comment.version, name=f"Robin {MARK}", **said)
    assert (after.name, after.text) == (f"Robin {MARK}", TEXT_OF_ALL)
    assert after.text_digest != before
