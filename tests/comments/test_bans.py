"""Writers whose comments are not taken: who is told, the list, and an end to it."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from comments import actions
from comments.models import Ban, Comment, CommentEvent, Writer
from publishing.errors import NotPermitted
from publishing.models import Revision
from tests import factories
from tests.comments.conftest import Write, stored, written

pytestmark = pytest.mark.django_db
BANS = "/admin/comments/bans/"
ROBIN = "robin@example.org"


def test_a_banned_writer_is_told_until_when(write: Write, moderator: Any) -> None:
    key = write().headers["Location"].split("/")[3]
    actions.ban(by=moderator, comment=stored(), days=3)
    answer = write(text="Again.", writer=key)
    assert answer.status_code == 403
    assert "does not take comments of yours until" in answer.content.decode()
    assert "Again." in answer.content.decode()


def test_a_banned_address_that_anybody_may_type_is_told_to_nobody(
    client: Any, write: Write, moderator: Any
) -> None:
    write(email=ROBIN)
    actions.ban(by=moderator, comment=stored(), days=3)
    answer = write(text="By a stranger.", email="ROBIN@example.org")
    assert "It is waiting." in client.get(answer.headers["Location"]).content.decode()
    comment = stored(text="By a stranger.")
    assert comment.state == Comment.State.SPAM
    assert [reason["code"] for reason in comment.reasons] == ["banned_address"]
    Ban.objects.update(until=timezone.now())
    write(text="When it is over.", email=ROBIN)
    assert stored(text="When it is over.").state == Comment.State.HELD


def test_a_ban_outlives_the_address_of_its_writer(write: Write, moderator: Any) -> None:
    write(email=ROBIN)
    actions.ban(by=moderator, comment=stored(), days=3)
    actions.erase_address(ROBIN)
    ban = Ban.objects.get()
    assert (ban.address, ban.writer is None) == (None, False)


def test_a_ban_of_an_address_alone_ends_with_it(write: Write, moderator: Any) -> None:
    write(email=ROBIN)
    Ban.objects.create(address=stored().address, until=timezone.now())
    actions.erase_address(ROBIN)
    assert not Ban.objects.exists()


def test_bans_are_listed_and_can_be_ended(client: Any, page: Revision, moderator: Any) -> None:
    client.force_login(moderator)
    assert "Nobody is banned." in client.get(BANS).content.decode()
    comment = written(page, name="Zebediah")
    Ban.objects.create(
        writer=_writer(),
        comment=comment,
        until=timezone.now() + datetime.timedelta(days=1),
    )
    html = client.get(BANS).content.decode()
    assert "Zebediah" in html
    answer = client.post(f"{BANS}{Ban.objects.get().pk}/lift/", follow=True)
    assert "Comments of this writer are taken again." in answer.content.decode()
    assert not Ban.objects.exists()
    assert CommentEvent.objects.get().action == "lifted"
    assert client.post(f"{BANS}1/lift/").status_code == 404


def test_a_ban_whose_comment_is_gone_can_be_ended_and_only_by_moderators(moderator: Any) -> None:
    ban = Ban.objects.create(writer=_writer(), until=timezone.now())
    with pytest.raises(NotPermitted):
        actions.lift(by=factories.EditorFactory.create(), ban=ban)
    actions.lift(by=moderator, ban=ban)
    assert (Ban.objects.count(), CommentEvent.objects.count()) == (0, 0)


def _writer() -> Writer:
    return Writer.objects.create(key="k")


def test_a_second_ban_prolongs_the_first_and_ending_it_ends_all(
    write: Write, moderator: Any
) -> None:
    key = write(email=ROBIN).headers["Location"].split("/")[3]
    write(text="The second one.", writer=key)
    first, second = Comment.objects.order_by("pk")
    for days in (1, 3):
        actions.ban(by=moderator, comment=first, days=days)
    actions.ban(by=moderator, comment=second, days=1)
    assert Ban.objects.count() == 2
    actions.lift(by=moderator, ban=Ban.objects.get(comment=second))
    assert not Ban.objects.exists()
    lifted = CommentEvent.objects.filter(action="lifted").values_list("comment", flat=True)
    assert sorted(lifted) == [first.pk, second.pk]
    assert write(text="The third one.", writer=key).status_code == 303


def test_a_ban_of_an_address_is_ended_too(write: Write, moderator: Any) -> None:
    write(email=ROBIN)
    ban = Ban.objects.create(address=stored().address, until=timezone.now())
    actions.lift(by=moderator, ban=ban)
    assert not Ban.objects.exists()
