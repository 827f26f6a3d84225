"""What the law asks for: export, erasure, and an end to what is kept."""

import datetime
import io
import json
from typing import Any
from unittest.mock import ANY

import pytest
from django.core.management import CommandError, call_command

from comments import actions, keys, tasks
from comments.errors import NotPossible
from comments.models import Ban, Comment, DailyKey, EmailAddress, Flag, Trace, Writer
from publishing.models import Revision
from tests.comments.conftest import ON, US, Write, let_through, stored, written

pytestmark = pytest.mark.django_db
NOW = datetime.datetime.now(datetime.UTC)
ROBIN = "robin@example.org"


def output(*told: str) -> str:
    said = io.StringIO()
    call_command("comments_privacy", *told, stdout=said)
    return said.getvalue()


def days_ago(days: int) -> datetime.datetime:
    return NOW - datetime.timedelta(days=days)


def test_everything_of_an_address_is_exported(write: Write, moderator: Any) -> None:
    write(email=ROBIN, text="Call me on 0113 496 0000.")
    write(text="Somebody else's.", email="sam@example.org")
    comment = stored(text__startswith="Call")
    actions.ban(by=moderator, comment=comment, days=1)
    found = json.loads(output("export", "ROBIN@example.org"))
    acts = [
        {"act": "banned its writer", "at": ANY},
        {"act": "arrived", "at": ANY},
    ]
    assert found == {
        "email": "ROBIN@example.org",
        "comments": [
            {
                "page": "article/removal",
                "reply_to": None,
                "number": comment.pk,
                "name": "Robin",
                "text": "Call me on 0113 496 0000.",
                "state": "held",
                "reason": "",
                "scored": ["Looks like a telephone number."],
                "written_at": comment.written_at.isoformat(),
                "corrected_at": None,
                "acts": acts,
            }
        ],
        "banned_until": [Ban.objects.get().until.isoformat()],
    }
    with pytest.raises(CommandError, match="Nothing is kept of nobody"):
        output("export", "nobody@example.org")


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
    with pytest.raises(CommandError, match="Nothing is kept of robin"):
        output("erase", ROBIN)


def test_the_night_ends_what_was_kept_long_enough(page: Revision, moderator: Any) -> None:
    old_spam = written(page, state="spam")
    young_spam = written(page, state="spam", text="Young.")
    shown = let_through(written(page, text="Shown."), moderator)
    Comment.objects.exclude(pk=young_spam.pk).update(written_at=days_ago(31))
    for days in (15, 13):
        Trace.objects.create(address="a", subnet="s", left_at=days_ago(days))
    for days in (3, 0):
        DailyKey.objects.create(day=days_ago(days).date(), key=b"k")
    looked = shown.events.first()
    Flag.objects.create(
        comment=shown, reason="other", address="a", flagged_at=days_ago(15), settled_by=looked
    )
    for address in "bc":
        Flag.objects.create(
            comment=young_spam,
            reason="other",
            address=address,
            subnet=address,
            flagged_at=days_ago(15),
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


def test_a_refused_comment_is_kept_from_the_day_of_the_refusal(
    client: Any, write: Write, moderator: Any
) -> None:
    address = write().headers["Location"]
    Comment.objects.update(written_at=days_ago(100))
    comment = stored()
    actions.reject(by=moderator, comment=comment, version=comment.version, reason="unkind")
    actions.purge()
    assert "The reason: unkind." in client.get(address).content.decode()
    Comment.objects.update(decided_at=days_ago(31))
    actions.purge()
    assert not Comment.objects.exists()


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
    assert actions.export_address(ROBIN)["comments"] == []
    settings.SECRET_KEY_FALLBACKS = [old]
    write(text="The second one.", email=ROBIN)
    assert len(actions.export_address(ROBIN)["comments"]) == 2
    assert EmailAddress.objects.count() == 1
    assert actions.erase_address(ROBIN) == 2
    assert not EmailAddress.objects.exists()


# A backup


def test_what_was_deleted_is_deleted_again_after_a_backup_was_restored(
    client: Any, write: Write, django_capture_on_commit_callbacks: Any
) -> None:
    address = write(email=ROBIN).headers["Location"]
    write(text="Somebody else's.", email="sam@example.org")
    before = stored(name="Robin", text__startswith="Mine")
    digest = before.address.digest if before.address else ""
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}delete/", headers=US)
        actions.erase_address(ROBIN)
        actions.erase_address("sam@example.org")
    # The backup is of the time before.
    old = EmailAddress.objects.create(digest=digest, encrypted=b"x")
    EmailAddress.objects.update(created_at=days_ago(1))
    Comment.objects.filter(pk=before.pk).update(
        state="held", name="Robin", text=before.text, address=old, access=before.access
    )
    tasks.purge(0)
    comment = Comment.objects.get(pk=before.pk)
    assert (comment.state, comment.text, comment.access) == ("erased", "", None)
    assert not EmailAddress.objects.exists()
    assert actions.erase_again() == 0


def test_an_address_that_is_given_anew_is_kept(
    write: Write, django_capture_on_commit_callbacks: Any
) -> None:
    write(email=ROBIN)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_address(ROBIN)
    write(text="The second one.", email=ROBIN)
    assert actions.erase_again() == 0
    assert EmailAddress.objects.count() == 1


def test_a_line_that_was_cut_short_hides_no_other(settings: Any, write: Write) -> None:
    write()
    told = {"ticket": stored().ticket, "at": NOW.isoformat()}
    settings.ERASURES_ROOT.mkdir()
    lines = f'{{"tick\n{json.dumps(told)}\n{{"ticket": '
    (settings.ERASURES_ROOT / f"{NOW:%Y-%m}.jsonl").write_text(lines)
    assert actions.erase_again() == 1


def test_what_is_older_than_any_backup_is_forgotten(settings: Any, db: None) -> None:
    settings.ERASURES_ROOT.mkdir()
    files = [settings.ERASURES_ROOT / name for name in ("2020-01.jsonl", f"{NOW:%Y-%m}.jsonl")]
    for file in files:
        file.write_text("")
    actions.erase_again()
    assert [file.exists() for file in files] == [False, True]


def test_very_many_are_ended_a_few_at_a_time(
    page: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.actions.privacy.AT_A_TIME", 2)
    parent = written(page, state="spam")
    for _number in range(4):
        parent = written(page, state="spam", parent=parent)
    Comment.objects.update(written_at=days_ago(31))
    assert actions.purge()["comments"] == 5


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
