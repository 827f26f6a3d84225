"""The second step keeps a comment: once, for its text only, and without a trace of where from."""

from typing import Any

import pytest

from comments import actions, tickets
from comments.actions import writing
from comments.models import Comment, EmailAddress, Trace
from tests import factories
from tests.comments.conftest import ON, US, Write, approved, hidden, stored

pytestmark = pytest.mark.django_db
State = Comment.State


def test_the_second_step_keeps_it_and_shows_the_way_back(client: Any, write: Write) -> None:
    answer = write(email="robin@example.org")
    assert answer.status_code == 303
    comment = stored()
    assert (comment.state, comment.name, comment.text) == (
        State.HELD,
        "Robin",
        "Mine went by themselves.",
    )
    mine = client.get(answer.headers["Location"])
    assert "It is waiting. A moderator reads it before it shows." in mine.content.decode()
    assert "robin@example.org" not in mine.content.decode()
    assert b"robin@example.org" not in bytes(EmailAddress.objects.get().encrypted)
    assert "Mine went" not in client.get("/articles/removal/").content.decode()
    assert "Mine went" not in client.get(ON).content.decode()
    assert not client.cookies


def test_the_same_ticket_sent_again_is_the_same_comment(client: Any, check: Write) -> None:
    said = hidden(check())
    first, second = (client.post(f"{ON}send/", said, headers=US) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Comment.objects.count() == 1


def test_a_ticket_is_good_for_its_text_and_page_only(client: Any, check: Write) -> None:
    factories.published(factories.article_content("other"))
    said = hidden(check())
    changed = client.post(f"{ON}send/", {**said, "text": "Another text"}, headers=US)
    elsewhere = client.post("/comments/on/article/other/send/", said, headers=US)
    for answer in (changed, elsewhere):
        assert "Please look once more" in answer.content.decode()
    assert Comment.objects.count() == 0
    again = client.post(f"{ON}send/", hidden(changed), headers=US)
    assert (again.status_code, stored().text) == (303, "Another text")


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "\x00", "é" * 500])
def test_a_forged_ticket_brings_the_check_page_back(client: Any, check: Write, ticket: str) -> None:
    said = hidden(check()) | {"ticket": ticket}
    answer = client.post(f"{ON}send/", said, headers=US)
    assert (answer.status_code, Comment.objects.count()) == (200, 0)
    assert "Mine went by themselves." in answer.content.decode()


def test_an_old_ticket_brings_the_check_page_back(
    client: Any, check: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = hidden(check())
    monkeypatch.setattr(tickets, "MAX_AGE", -1)
    answer = client.post(f"{ON}send/", said, headers=US)
    assert "too much time had passed" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_programs_that_fill_in_the_trap_read_that_it_waits(client: Any, check: Write) -> None:
    answer = client.post(f"{ON}send/", hidden(check()) | {"url": "http://spam"}, headers=US)
    assert stored().state == State.SPAM
    mine = client.get(answer.headers["Location"]).content.decode()
    assert "It is waiting." in mine


def test_changing_goes_back_to_the_form_with_the_words(client: Any, check: Write) -> None:
    answer = client.post(f"{ON}send/", hidden(check()) | {"change": "1"}, headers=US)
    html = answer.content.decode()
    assert 'action="/comments/on/article/removal/write/"' in html
    assert "Mine went by themselves." in html
    assert Comment.objects.count() == 0


def test_a_private_link_makes_the_same_writer_and_an_address_does_not(
    client: Any, write: Write
) -> None:
    key = write(email="robin@example.org").headers["Location"].split("/")[3]
    write(text="The second one.", email="robin@example.org")
    assert stored(text="The second one.").writer != stored(text="Mine went by themselves.").writer
    html = client.get(f"{ON}?as={key}").content.decode()
    assert f'value="{key}"' in html
    write(text="The third one.", writer=key)
    assert stored(text="The third one.").writer == stored(text="Mine went by themselves.").writer
    assert EmailAddress.objects.count() == 1


def test_trusted_writers_are_shown_at_once_only_where_the_owner_wants_it(
    write: Write, settings: Any
) -> None:
    key = write().headers["Location"].split("/")[3]
    approved(stored())
    write(text="The second one.", writer=key)
    assert stored(text="The second one.").state == State.HELD
    settings.COMMENTS_TRUSTED_AFTER = 1
    write(text="The third one.", writer=key)
    trusted = stored(text="The third one.")
    assert (trusted.state, trusted.by_trust, trusted.decided_by) == (State.APPROVED, True, None)
    write(text="Call me: 0171 2345678 please", writer=key)
    assert stored(text__startswith="Call").state == State.HELD
    write(text="A stranger's first one.")
    assert stored(text__startswith="A stranger").state == State.HELD


def test_one_refusal_ends_trust(write: Write, settings: Any) -> None:
    settings.COMMENTS_TRUSTED_AFTER = 1
    key = write().headers["Location"].split("/")[3]
    first = approved(stored())
    by = factories.UserFactory.create(may=("change_comment",))
    actions.remove(by=by, comment=first, version=first.version, reason="unkind")
    write(text="The second one.", writer=key)
    assert stored(text="The second one.").state == State.HELD


def test_a_refusal_is_remembered_when_the_comment_is_deleted(
    client: Any, write: Write, settings: Any, moderator: Any
) -> None:
    settings.COMMENTS_TRUSTED_AFTER = 1
    key = write().headers["Location"].split("/")[3]
    approved(stored())
    second = write(text="The second one.", writer=key).headers["Location"]
    comment = stored(text="The second one.")
    assert comment.state == State.APPROVED
    actions.remove(by=moderator, comment=comment, version=comment.version, reason="unkind")
    client.post(f"{second}delete/", headers=US)
    write(text="The third one.", writer=key)
    assert stored(text="The third one.").state == State.HELD


def test_a_refusal_that_is_taken_back_is_forgotten(
    write: Write, settings: Any, moderator: Any
) -> None:
    settings.COMMENTS_TRUSTED_AFTER = 1
    key = write().headers["Location"].split("/")[3]
    comment = stored()
    said = {"by": moderator, "comment": comment}
    actions.reject(version=comment.version, reason="unkind", **said)
    actions.undo(by=moderator, comment=comment)
    comment.refresh_from_db()
    actions.approve(version=comment.version, **said)
    write(text="The second one.", writer=key)
    assert stored(text="The second one.").state == State.APPROVED


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_forgotten_at_this_moment_is_kept_anew(
    write: Write, check: Write, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = EmailAddress(pk=999_999, digest="gone", encrypted=b"x")
    answers = iter([known])
    found = writing._address
    monkeypatch.setattr(writing, "_address", lambda email: next(answers, None) or found(email))
    with_address = write(email="robin@example.org")
    assert with_address.status_code == 303
    assert stored().address == EmailAddress.objects.get()


def test_the_log_says_what_a_decision_that_nobody_made_rests_on(check: Write, client: Any) -> None:
    client.post(f"{ON}send/", hidden(check()) | {"url": "http://spam"}, headers=US)
    assert [event.detail for event in stored().events.all()] == ["spam, trap"]


def test_more_than_a_person_writes_is_refused_and_given_back(
    client: Any, check: Write, write: Write
) -> None:
    said = hidden(check(text="The last one."))
    answers = [write(text=f"Comment number {number}.").status_code for number in range(10)]
    assert answers == [303] * 10
    refused = client.post(f"{ON}send/", said, headers=US)
    assert (refused.status_code, Comment.objects.count()) == (429, 10)
    assert "send them again in an hour" in refused.content.decode()
    assert "The last one." in refused.content.decode()


def test_no_address_of_the_network_is_kept(write: Write, client: Any) -> None:
    write()
    trace = Trace.objects.get()
    assert "127.0.0.1" not in f"{trace.address}{trace.subnet}"
    assert (len(trace.address), len(trace.subnet)) == (64, 64)


def test_our_own_proxy_may_say_where_from_and_nobody_else(
    client: Any, check: Write, settings: Any
) -> None:
    said = hidden(check())
    client.post(f"{ON}send/", said, headers={**US, "X-Forwarded-For": "192.0.2.1"})
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"
    said = hidden(check(text="The second one."))
    client.post(f"{ON}send/", said, headers={**US, "X-Forwarded-For": "192.0.2.9, 192.0.2.1"})
    said = hidden(check(text="The third one."))
    client.post(f"{ON}send/", said, headers={**US, "X-Forwarded-For": "192.0.2.2"})
    direct, first, second = Trace.objects.order_by("pk")
    assert len({direct.address, first.address, second.address}) == 3
    assert first.subnet == second.subnet != direct.subnet
