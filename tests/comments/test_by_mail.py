"""E-mails to moderators, and the decisions that are made from them."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from procrastinate.contrib.django.models import ProcrastinateJob

from comments import actions, notices, tasks
from comments.models import Comment
from publishing.models import Revision
from tests.comments.conftest import ON, US, Write, hidden, let_through, stored, written

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def mo(moderator: User) -> User:
    """A moderator who can be written to."""
    moderator.email = "mo@example.org"
    moderator.save()
    return moderator


def links(mail: Any) -> list[str]:
    """The paths of the links to decide by."""
    return re.findall(r"http://[^/\s]+(/comments/decide/\S+)", mail.body)


def test_moderators_are_told_once_and_no_word_of_a_reader_is_in_it(
    mo: User, page: Revision, mailoutbox: Any
) -> None:
    written(page, name="Zebediah", text="Quokkas.")
    written(page, state=State.SPAM)
    tasks.tell_moderators(0)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["mo@example.org"], "Milia: comments wait")
    assert "1 comment waits for a moderator." in mail.body
    assert "Zebediah" not in mail.body
    assert "Quokkas" not in mail.body
    assert len(links(mail)) == 2
    tasks.tell_moderators(0)
    assert len(mailoutbox) == 1


def test_a_flood_is_one_e_mail_with_ten_comments(mo: User, page: Revision, mailoutbox: Any) -> None:
    for number in range(12):
        written(page, text=f"Number {number}.")
    notices.send()
    (mail,) = mailoutbox
    assert "12 comments wait" in mail.body
    assert len(links(mail)) == 20


def test_what_is_urgent_is_told_at_once(mo: User, write: Write, mailoutbox: Any) -> None:
    write(text="I hate my face and I want to kill myself.")
    job = ProcrastinateJob.objects.get(task_name="comments.tell_at_once")
    tasks.tell_at_once(**job.args)
    assert mailoutbox[0].subject == "Milia: an urgent comment waits"
    tasks.tell_at_once(**job.args)
    assert len(mailoutbox) == 1


def test_a_link_asks_once_more_and_then_decides(
    client: Any, mo: User, page: Revision, mailoutbox: Any
) -> None:
    written(page)
    notices.send()
    approve, _reject = links(mailoutbox[0])
    asked = client.get(approve)
    assert "Mine went by themselves." in asked.content.decode()
    assert asked.headers["Cache-Control"] == "private, no-store"
    assert stored().state == State.HELD
    assert "Done." in client.post(approve, headers=US).content.decode()
    comment = stored()
    assert (comment.state, comment.decided_by) == (State.APPROVED, mo)
    used = client.post(approve, headers=US).content.decode()
    assert "This link is used up" in used


def test_a_refusal_by_e_mail_needs_a_reason(
    client: Any, mo: User, page: Revision, mailoutbox: Any
) -> None:
    written(page)
    notices.send()
    _approve, reject = links(mailoutbox[0])
    assert "This field is required." in client.post(reject, headers=US).content.decode()
    client.post(reject, {"reason": "unkind"}, headers=US)
    assert (stored().state, stored().reason) == (State.REJECTED, "unkind")


def test_a_link_is_nothing_for_others_or_after_a_change(
    client: Any, mo: User, page: Revision, mailoutbox: Any
) -> None:
    comment = written(page)
    notices.send()
    approve, _reject = links(mailoutbox[0])
    assert client.post(approve, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert stored().state == State.HELD
    permissions = list(mo.user_permissions.all())
    mo.user_permissions.clear()
    assert client.get(approve).status_code == client.post(approve, headers=US).status_code == 404
    mo.user_permissions.set(permissions)
    User.objects.update(is_active=False)
    assert client.get(approve).status_code == client.post(approve, headers=US).status_code == 404
    User.objects.update(is_active=True)
    Comment.objects.filter(pk=comment.pk).update(version=99)
    assert "This link is used up" in client.get(approve).content.decode()
    assert stored().state == State.HELD
    assert client.get(f"{approve[:-3]}x/").status_code == 404
    Comment.objects.all().delete()
    assert client.get(approve).status_code == 404


def test_old_links_end(
    client: Any, mo: User, page: Revision, mailoutbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(page)
    notices.send()
    monkeypatch.setattr(notices, "LINK_AGE", -1)
    assert client.get(links(mailoutbox[0])[0]).status_code == 404


def test_nobody_is_told_about_what_is_decided(mo: User, page: Revision, mailoutbox: Any) -> None:
    comment = let_through(written(page), mo)
    assert (notices.send(), mailoutbox) == (0, [])
    actions.hold(by=mo, comment=comment, version=comment.version)
    assert notices.send() == 1


DESPAIR = "I hate my face and I want to kill myself."


def test_words_of_self_harm_are_told_whatever_else_looks_like_spam(
    client: Any, mo: User, check: Write, mailoutbox: Any
) -> None:
    client.post(f"{ON}send/", hidden(check(text=DESPAIR)) | {"url": "x"}, headers=US)
    assert stored().state == State.HELD
    tasks.tell_at_once(**urgent_jobs()[0])
    assert len(mailoutbox) == 1


def test_words_of_self_harm_in_a_name_are_told_too(mo: User, write: Write) -> None:
    write(name="I want to die tonight")
    assert len(urgent_jobs()) == 1


def test_a_correction_into_words_of_self_harm_is_told_at_once(
    client: Any, mo: User, write: Write, mailoutbox: Any
) -> None:
    address = write().headers["Location"]
    notices.send()
    client.post(f"{address}correct/", {"text": DESPAIR}, headers=US)
    tasks.tell_at_once(**urgent_jobs()[0])
    assert [mail.subject for mail in mailoutbox] == [
        "Milia: comments wait",
        "Milia: an urgent comment waits",
    ]


def test_where_nobody_moderates_superusers_are_told(page: Revision, mailoutbox: Any) -> None:
    written(page)
    assert notices.send() == 0
    assert stored().noticed_at is None  # whoever can be written to later is told then
    User.objects.create_superuser("root", "root@example.org")
    assert notices.send() == 1
    assert mailoutbox[0].to == ["root@example.org"]


def test_the_page_behind_a_link_shows_what_a_decision_needs(
    client: Any, mo: User, page: Revision, mailoutbox: Any
) -> None:
    question = let_through(written(page, text="Should I cut it?"), mo)
    reason = {"code": "popping", "points": 300, "message": "Advice to pop.", "spans": []}
    written(page, text="Yes, do exactly that.", parent=question, reasons=[reason])
    notices.send()
    html = client.get(links(mailoutbox[0])[0]).content.decode()
    for said in ("Removal", "Should I cut it?", "Yes, do exactly that.", "Advice to pop."):
        assert said in html


def urgent_jobs() -> list[dict[str, int]]:
    jobs = ProcrastinateJob.objects.filter(task_name="comments.tell_at_once")
    return [job.args for job in jobs]


def test_corrections_cannot_make_many_e_mails(
    client: Any, mo: User, write: Write, mailoutbox: Any
) -> None:
    address = write(text=DESPAIR).headers["Location"]
    for number in range(6):
        for text in (f"{DESPAIR} {number}", "Mine went by themselves."):
            client.post(f"{address}correct/", {"text": text}, headers=US)
    client.post(f"{address}correct/", {"text": DESPAIR}, headers=US)
    for job in urgent_jobs():
        Comment.objects.update(noticed_at=None)
        tasks.tell_at_once(**job)
    assert len(mailoutbox) == notices.URGENT_AT_ONCE


def test_deleting_what_was_urgent_brings_no_more_e_mails(
    client: Any, mo: User, write: Write, mailoutbox: Any
) -> None:
    for number in range(5):
        address = write(text=f"{DESPAIR} {number}").headers["Location"]
        tasks.tell_at_once(**urgent_jobs()[-1])
        client.post(f"{address}delete/", headers=US)
    assert len(mailoutbox) == notices.URGENT_AT_ONCE
