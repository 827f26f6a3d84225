"""Readers' flags on comments that are shown."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from comments import actions, keys
from comments.errors import NotPossible
from comments.models import Comment, CommentEvent, Flag
from publishing.models import Revision
from tests.comments.conftest import ON, US, Write, approved, let_through, stored, written

pytestmark = pytest.mark.django_db
State = Comment.State


@pytest.fixture
def shown(page: Revision, moderator: Any) -> Comment:
    return let_through(written(page), moderator)


def send(client: Any, comment: Comment, place: str = "192.0.2.1", **said: str) -> Any:
    """Flag a comment from an address of the network."""
    told = {"reason": "dangerous", **said}
    return client.post(f"/comments/{comment.pk}/flag/", told, headers=US, REMOTE_ADDR=place)


def test_a_flag_is_kept_without_where_it_came_from(client: Any, shown: Comment) -> None:
    answer = send(client, shown)
    assert answer.headers["Location"] == f"/comments/{shown.pk}/flag/thanks/"
    assert "A moderator will look" in client.get(answer.headers["Location"]).content.decode()
    flag = Flag.objects.get()
    assert (flag.reason, "192.0.2.1" in flag.address) == ("dangerous", False)
    assert shown.text in client.get(ON).content.decode()


def test_three_readers_hide_a_comment_until_a_moderator_looks(
    client: Any, shown: Comment, moderator: Any
) -> None:
    for _time in range(3):
        send(client, shown, "192.0.2.1")
    shown.refresh_from_db()
    assert (shown.state, Flag.objects.count()) == (State.APPROVED, 1)
    for number in (2, 3):
        send(client, shown, f"192.0.2.{number}")
    shown.refresh_from_db()
    assert (shown.state, shown.html) == (State.HELD, "")
    assert shown.hidden_at is not None
    assert CommentEvent.objects.filter(action="hidden", account=None).count() == 1
    # The next one is told what others are told, and does not read what is hidden.
    late = client.get(f"/comments/{shown.pk}/flag/")
    for answer in (late, send(client, shown, "192.0.2.4")):
        assert answer.headers["Location"] == f"/comments/{shown.pk}/flag/thanks/"
    assert Flag.objects.count() == 3
    again = let_through(shown, moderator)
    assert (again.state, again.hidden_at) == (State.APPROVED, None)
    send(client, shown, "192.0.2.5")
    shown.refresh_from_db()
    assert shown.state == State.APPROVED  # the three that were looked at count no more


def test_a_flag_needs_a_reason_and_comes_from_our_page(client: Any, shown: Comment) -> None:
    assert "This field is required." in send(client, shown, reason="").content.decode()
    assert send(client, shown, reason="nonsense").status_code == 200
    told = {"reason": "unkind"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post(f"/comments/{shown.pk}/flag/", told, headers=headers)
    assert (answer.status_code, Flag.objects.count()) == (403, 0)


def test_programs_that_fill_in_the_trap_read_thanks(client: Any, shown: Comment) -> None:
    assert send(client, shown, url="x").status_code == 303
    assert Flag.objects.count() == 0


def test_one_place_cannot_flag_everything(client: Any, page: Revision, moderator: Any) -> None:
    comments = [let_through(written(page), moderator) for _number in range(11)]
    codes = [send(client, comment).status_code for comment in comments]
    assert codes == [303] * 10 + [429]


def test_what_is_not_shown_any_more_cannot_be_flagged(
    client: Any, shown: Comment, moderator: Any
) -> None:
    form = client.get(f"/comments/{shown.pk}/flag/")
    assert shown.text in form.content.decode()
    actions.remove(by=moderator, comment=shown, version=shown.version, reason="other")
    assert send(client, shown).status_code == 404


def test_a_whole_connection_is_one_reader(client: Any, shown: Comment) -> None:
    for number in range(4):
        send(client, shown, f"2001:db8:1:2::{number}")
        send(client, shown, f"::ffff:192.0.2.{1}")
    shown.refresh_from_db()
    assert (shown.state, Flag.objects.count()) == (State.APPROVED, 2)


def test_flags_of_several_days_may_be_of_one_reader_and_hide_nothing(
    client: Any, shown: Comment
) -> None:
    for number in (1, 2):
        send(client, shown, f"192.0.2.{number}")
    Flag.objects.update(flagged_at=timezone.now() - datetime.timedelta(days=1))
    send(client, shown, "192.0.2.3")
    shown.refresh_from_db()
    assert (shown.state, Flag.objects.open().count()) == (State.APPROVED, 3)


def test_nobody_hides_what_the_site_says(client: Any, shown: Comment, moderator: Any) -> None:
    reply = actions.reply_as_site(by=moderator, comment=shown, text="Please do not.")
    for number in range(4):
        send(client, reply, f"192.0.2.{number}")
    reply.refresh_from_db()
    assert (reply.state, Flag.objects.count()) == (State.APPROVED, 4)


def test_one_network_cannot_flag_everything(
    client: Any, shown: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.actions.flagging.SUBNET_AN_HOUR", 2)
    codes = [send(client, shown, f"192.0.2.{number}").status_code for number in range(3)]
    assert codes == [303, 303, 429]


def test_a_hidden_comment_is_at_the_top_of_the_queue_and_moderators_are_told(
    client: Any, page: Revision, shown: Comment
) -> None:
    dose = written(page, text="Take 100 mg.", priority=600)
    Comment.objects.filter(pk=shown.pk).update(noticed_at=timezone.now())
    for number in range(3):
        send(client, shown, f"192.0.2.{number}")
    assert list(Comment.objects.waiting()) == [shown, dose]
    shown.refresh_from_db()
    assert shown.noticed_at is None


def test_what_readers_hid_is_not_shown_by_trust_when_it_is_corrected(
    client: Any, page: Revision, write: Write, settings: Any
) -> None:
    settings.COMMENTS_TRUSTED_AFTER = 1
    address = write().headers["Location"]
    key = address.split("/")[3]
    approved(stored())
    own = write(text="The second one.", writer=key).headers["Location"]
    second = stored(text="The second one.")
    assert second.state == State.APPROVED
    for number in range(3):
        send(client, second, f"192.0.2.{number}")
    client.post(f"{own}correct/", {"text": "The second one, mended."}, headers=US)
    second.refresh_from_db()
    assert (second.state, second.text) == (State.HELD, "The second one, mended.")
    assert second.hidden_at is not None
    assert second.priority == 1_500


def test_a_flag_that_comes_while_others_hide_it_is_no_error(shown: Comment) -> None:
    for number in range(4):
        origin = keys.Origin(str(number), str(number))
        actions.flag(comment=shown, reason=Flag.Reason.OTHER, origin=origin)
    assert Flag.objects.count() == 3


def test_a_flag_of_what_was_removed_meanwhile_is_refused(shown: Comment, moderator: Any) -> None:
    actions.remove(by=moderator, comment=shown, version=shown.version, reason="other")
    with pytest.raises(NotPossible):
        actions.flag(comment=shown, reason=Flag.Reason.OTHER, origin=keys.Origin("a", "a"))
