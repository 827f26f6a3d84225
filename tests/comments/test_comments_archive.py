"""The archive of comments holds what readers see; what is private only when it is asked for."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from tests.comments.conftest import Write, let_through, stored, written

pytestmark = pytest.mark.django_db


def archived(*told: str) -> list[dict[str, Any]]:
    said = io.StringIO()
    call_command("comments_archive", *told, stdout=said)
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_the_archive_holds_no_address_and_nothing_that_is_not_shown(
    write: Write, moderator: Any
) -> None:
    write(email="robin@example.org")
    write(text="Nobody has read it.", email="sam@example.org")
    shown = let_through(stored(text__startswith="Mine"), moderator)
    line = {
        "number": shown.pk,
        "page": "article/removal",
        "reply_to": None,
        "name": "Robin",
        "text": "Mine went by themselves.",
        "written_at": shown.written_at.isoformat(),
        "site": False,
    }
    assert archived() == [line]
    held = stored(text__startswith="Nobody")
    private = {"state": "approved", "reason": "", "email": "robin@example.org"}
    assert archived("--with-private") == [
        line | private,
        {
            **line,
            "number": held.pk,
            "text": "Nobody has read it.",
            "written_at": held.written_at.isoformat(),
            "state": "held",
            "reason": "",
            "email": "sam@example.org",
        },
    ]


def test_who_gave_no_address_has_none_in_it(page: Any) -> None:
    written(page)
    assert archived("--with-private")[0]["email"] == ""
