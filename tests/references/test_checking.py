"""Asking the services about the library, against a server on this machine."""

import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from references import checking
from references.checking import check, due
from references.entries import Status
from references.models import Reference
from tests.fakes.services import Answer, FakeServices
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db
WORK = "/crossref/works/10.5555/one"
WEEK = datetime.timedelta(days=7)


def work(*updates: dict[str, str]) -> Answer:
    message = {
        "DOI": "10.5555/one",
        "type": "journal-article",
        "title": ["Milia"],
        "updated-by": list(updates),
    }
    return Answer(json.dumps({"status": "ok", "message": message}).encode())


RETRACTION = {"DOI": "10.5555/r", "type": "retraction", "source": "publisher"}


def test_a_retraction_is_known_as_soon_as_the_service_tells_of_it(
    server: FakeServices, save: Save
) -> None:
    save("a", DOI="10.5555/one")
    server.answer(WORK, work(), work(RETRACTION))
    assert check("a").new == ()
    assert Reference.objects.get().status == Status.OK
    (notice,) = check("a").new
    assert (notice.type, notice.doi, notice.service) == ("retraction", "10.5555/r", "crossref")
    assert Reference.objects.get().status == Status.RETRACTED
    server.answer(WORK, work())
    assert check("a").new == ()
    assert Reference.objects.get().status == Status.RETRACTED


def test_without_an_answer_a_source_stays_unchecked(server: FakeServices, save: Save) -> None:
    save("a", DOI="10.5555/one")
    server.answer(WORK, Answer(b"busy", status=503))
    assert list(check("a").unanswered) == ["Crossref"]
    assert Reference.objects.get().checked_at is None


def test_due_is_what_was_not_asked_about_for_long(save: Save) -> None:
    for name in ("new", "old", "fresh"):
        save(name, DOI=f"10.5555/{name}")
    save("bare")
    now = timezone.now()
    Reference.objects.filter(citekey="old").update(checked_at=now - 2 * WEEK)
    Reference.objects.filter(citekey="fresh").update(checked_at=now)
    assert due(before=WEEK) == ["new", "old"]
    assert due(before=WEEK, citekeys=["fresh", "old", "bare"]) == ["old"]
    assert due(before=datetime.timedelta(0), citekeys=["fresh", "bare"]) == ["fresh"]


def test_the_command_asks_about_what_is_due_and_says_what_is_new(
    server: FakeServices, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    save("a", DOI="10.5555/one")
    server.answer(WORK, work(RETRACTION))
    call_command("check_references")
    out, err = capsys.readouterr()
    assert out == "a: Retraction: 10.5555/r\n1 sources asked about; 1 notices are new.\n"
    assert err == "1 / 1\n"
    call_command("check_references")
    assert capsys.readouterr().out == "0 sources asked about; 0 notices are new.\n"


def test_the_command_gives_up_when_nobody_answers(
    server: FakeServices,
    save: Save,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checking, "GIVEN_UP_AFTER", 2)
    for number in range(4):
        save(f"s{number}", DOI=f"10.5555/{number}")
        server.answer(f"/crossref/works/10.5555/{number}", Answer(b"", status=503))
    with pytest.raises(CommandError, match="4 sources remain unchecked"):
        call_command("check_references")
    assert "2 sources asked about" in capsys.readouterr().out
