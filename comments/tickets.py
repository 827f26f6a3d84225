"""Tickets: that a comment was checked by its writer, good for one comment and two hours.

A ticket is for exactly this text on exactly this page; it carries when it was made, and nothing
about the reader.
"""

import hashlib
import json
import secrets
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

MAX_AGE = 7_200  # seconds
SALT = "comments.ticket"


class Ticket(NamedTuple):
    """What a ticket says: its own number, and how old it is in seconds."""

    number: str
    age: float


def make(page_id: int, parent_id: int | None, *words: str) -> str:
    """A ticket for this text, as it stands in the form."""
    made = secrets.token_urlsafe(18)
    told = {"n": made, "f": _digest(page_id, parent_id, words), "t": round(_now(), 2)}
    return signing.dumps(told, salt=SALT)


def read(ticket: str, page_id: int, parent_id: int | None, *words: str) -> Ticket | None:
    """The ticket; none where it was forged, is too old, or is for another text."""
    try:
        told = signing.loads(ticket, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    if told["f"] != _digest(page_id, parent_id, words):
        return None
    return Ticket(told["n"], max(0.0, _now() - told["t"]))


def _now() -> float:
    return timezone.now().timestamp()


def _digest(page_id: int, parent_id: int | None, words: tuple[str, ...]) -> str:
    text = json.dumps([page_id, parent_id, *words])
    return hashlib.sha256(text.encode()).hexdigest()
