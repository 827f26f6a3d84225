"""What was deleted for ever, told outside the database: a restored backup would bring it back.

A file a month holds, a line each, the hash of a comment's ticket or the keyed hash of an e-mail
address; no words. The nightly job deletes again what stands there and has come back, and ends
files that are older than any backup should be.
"""

import datetime
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

KEPT = datetime.timedelta(days=400)


def note(
    now: datetime.datetime, *, tickets: Iterable[str] = (), addresses: Iterable[str] = ()
) -> None:
    """Add to the list when the transaction is kept."""
    named = [*(("ticket", each) for each in tickets), *(("address", each) for each in addresses)]
    lines = [json.dumps({what: each, "at": now.isoformat()}) for what, each in named]
    file = _folder() / f"{now:%Y-%m}.jsonl"
    if lines:
        text = "".join(f"{line}\n" for line in lines)
        transaction.on_commit(lambda: _add(file, text), robust=True)


def noted() -> tuple[set[str], dict[str, datetime.datetime]]:
    """The hashes of tickets, and those of addresses with when each was deleted last."""
    tickets: set[str] = set()
    addresses: dict[str, datetime.datetime] = {}
    for file in sorted(_folder().glob("*.jsonl")):
        for line in file.read_text(encoding="ascii").splitlines():
            # A line is cut short where the disk was full.
            with suppress(ValueError):
                told = json.loads(line)
                if "ticket" in told:
                    tickets.add(told["ticket"])
                else:
                    addresses[told["address"]] = datetime.datetime.fromisoformat(told["at"])
    return tickets, addresses


def forget(now: datetime.datetime) -> None:
    """End the files of months that lie too far back."""
    for file in _folder().glob("*.jsonl"):
        if file.stem < f"{now - KEPT:%Y-%m}":
            file.unlink()


def _add(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as lines:
        lines.write(text)


def _folder() -> Path:
    return Path(settings.ERASURES_ROOT)
