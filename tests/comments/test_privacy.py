"""What the law asks for: export, erasure, and an end to what is kept."""

import datetime
import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from comments import actions, keys, tasks
from comments.errors import NotPossible
from comments.models import Ban, Comment, DailyKey, EmailAddress, Flag, Trace, Writer
from publishing.models import Revision
from tests.comments.conftest import ON, Write, let_through, stored, written

pytestmark = pytest.mark.django_db
NOW = datetime.datetime.now(datetime.UTC)
ROBIN = "robin@example.org"


def output(*told: str) -> str:
    said = io.StringIO()
    call_command("comments_privacy", *told, stdout=said)
    return said.getvalue()


def days_ago(days: int) -> datetime.datetime:
    return NOW - datetime.timedelta(days=days)


def test_everything_of_an_address_is_exported(write: Write, page: Revision) -> None:
    write(email=ROBIN)
    write(text="Somebody else's.", email="sam@example.org")
    (found,) = json.loads(output("export", "ROBIN@example.org"))
    assert found == {
        "page": "article/removal",
        "name": "Robin",
        "text": "Mine went by themselves.",
        "state": "held",
        "reason": "",
        "written_at": stored(text__startswith="Mine").written_at.isoformat(),
        "corrected_at": None,
    }
    assert json.loads(output("export", "nobody@example.org")) == []


def test_everything_of_an_address_is_erased(write: Write, moderator: Any) -> None:
    write(email=ROBIN)
    write(text="The second one.", email=ROBIN)
    write(text="Somebody else's.", email="sam@example.org")
    let_through(stored(text="The second one."), moderator)
    assert output("erase", ROBIN) == "erased: 2\n"
    assert sorted(Comment.objects.values_list("state", "text")) == [
        ("erased", ""),
        ("erased", ""),
        ("held", "Somebody else's."),
    ]
    assert EmailAddress.objects.count() == 1
    assert output("erase", ROBIN) == "erased: 0\n"


def test_the_night_ends_what_was_kept_long_enough(page: Revision, moderator: Any) -> None:
    old_spam = written(page, state="spam")
    young_spam = written(page, state="spam", text="Young.")
    shown = let_through(written(page, text="Shown."), moderator)
    Comment.objects.exclude(pk=young_spam.pk).update(written_at=days_ago(31))
    for days in (15, 13):
        Trace.objects.create(address="a", subnet="s", left_at=days_ago(days))
    for days in (3, 0):
        DailyKey.objects.create(day=days_ago(days).date(), key=b"k")
    Flag.objects.create(
        comment=shown, reason="other", address="a", flagged_at=days_ago(15), settled=True
    )
    for address in "bc":
        Flag.objects.create(
            comment=young_spam, reason="other", address=address, flagged_at=days_ago(15)
        )
    Writer.objects.create(key="nobody's")
    tasks.purge(0)
    waiting = Flag.objects.all()
    assert {flag.address for flag in waiting} == {f"flag {flag.pk}" for flag in waiting}
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == [
        "Young.",
        "Shown.",
    ]
    assert not Comment.objects.filter(pk=old_spam.pk).exists()
    assert (Trace.objects.count(), DailyKey.objects.count(), Flag.objects.count()) == (1, 1, 2)
    assert Writer.objects.count() == 0
    assert actions.purge() == dict.fromkeys(
        ("comments", "rows", "bans", "addresses", "writers", "traces", "flags", "keys"), 0
    )


def test_the_words_of_a_removed_comment_end_too_and_its_stub_stays(
    client: Any, page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page, text="I took the tablets."), moderator)
    said = {"by": moderator, "comment": comment}
    actions.remove(version=comment.version, reason="medical-advice", **said)
    actions.purge()
    assert stored().text == "I took the tablets."
    Comment.objects.update(decided_at=days_ago(31))
    actions.purge()
    comment = stored()
    assert (comment.state, comment.name, comment.text) == (Comment.State.REMOVED, "", "")
    assert "Reason: medical advice." in client.get(ON).content.decode()
    with pytest.raises(NotPossible):
        actions.hold(by=moderator, comment=comment, version=comment.version)
    assert actions.purge()["comments"] == 0


def test_an_address_is_forgotten_a_year_after_the_last_comment_but_not_while_banned(
    page: Revision, settings: Any
) -> None:
    for number, days in enumerate((400, 10)):
        address = EmailAddress.objects.create(digest=str(number), encrypted=b"x")
        comment = written(page, address=address, text=f"Number {number}.")
        Comment.objects.filter(pk=comment.pk).update(written_at=days_ago(days))
    banned = EmailAddress.objects.create(digest="banned", encrypted=b"x")
    Ban.objects.create(address=banned, until=NOW + datetime.timedelta(days=1))
    actions.purge()
    assert set(EmailAddress.objects.values_list("digest", flat=True)) == {"1", "banned"}
    assert Comment.objects.count() == 2


def test_an_address_is_found_and_erased_after_the_key_has_changed(
    write: Write, settings: Any
) -> None:
    write(email=ROBIN)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "y" * 60
    assert actions.export_address(ROBIN) == []
    settings.SECRET_KEY_FALLBACKS = [old]
    write(text="The second one.", email=ROBIN)
    assert len(actions.export_address(ROBIN)) == 2
    assert EmailAddress.objects.count() == 1
    assert actions.erase_address(ROBIN) == 2
    assert not EmailAddress.objects.exists()


# Keys


def test_an_address_is_read_again_with_the_key_only(settings: Any) -> None:
    encrypted = keys.encrypt_email(ROBIN)
    assert ROBIN.encode() not in encrypted
    assert keys.decrypt_email(encrypted) == ROBIN
    old, settings.SECRET_KEY = settings.SECRET_KEY, "y" * 60
    assert keys.decrypt_email(encrypted) == ""
    settings.SECRET_KEY_FALLBACKS = [old]
    assert keys.decrypt_email(encrypted) == ROBIN


def test_a_place_has_another_hash_each_day_and_its_network_one_for_itself() -> None:
    today, tomorrow = NOW, NOW + datetime.timedelta(days=1)
    one, other = (keys.origin(f"192.0.2.{number}", today) for number in (1, 2))
    assert (one.address == other.address, one.subnet == other.subnet) == (False, True)
    assert keys.origin("192.0.2.1", today) == one
    later = keys.origin("192.0.2.1", tomorrow)
    assert not {later.address, later.subnet} & {one.address, one.subnet}
    near, far = (keys.origin(f"2001:db8:{net}::1", today).subnet for net in ("1:2", "2:1"))
    assert near == keys.origin("2001:db8:1:ffff::9", today).subnet != far
    assert keys.origin("no address", today).address == keys.origin("no address", today).address
