"""What was deleted for ever, told outside the database: a restored backup would bring it back.

The list holds no words and no addresses: the hash of each comment's ticket, and the keyed hash of
each e-mail address. The nightly job deletes again what stands in it and is there.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction


def note(
    now: datetime.datetime, *, tickets: Iterable[str] = (), addresses: Iterable[str] = ()
) -> None:
    """Add to the list when the transaction is kept."""
    named = [*(("ticket", each) for each in tickets), *(("address", each) for each in addresses)]
    lines = [json.dumps({what: each, "at": now.isoformat()}) for what, each in named]
    if lines:
        transaction.on_commit(lambda: _add("".join(f"{line}\n" for line in lines)), robust=True)


def noted() -> Iterator[tuple[str, str, datetime.datetime]]:
    """What was noted: "ticket" or "address", its hash, and when it was deleted."""
    with suppress(FileNotFoundError), _file().open(encoding="ascii") as lines:
        for line in lines:
            # A line is cut short where the disk was full.
            with suppress(ValueError):
                told = json.loads(line)
                at = datetime.datetime.fromisoformat(told.pop("at"))
                yield from ((what, each, at) for what, each in told.items())


def _add(text: str) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True)
    with _file().open("a", encoding="ascii") as lines:
        lines.write(text)


def _file() -> Path:
    return Path(settings.ERASURES_FILE)
