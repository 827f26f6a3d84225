"""What is scored, and what comes of it: plain values, without a database."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Submission:
    """A comment as it was posted, and what the database knows around it."""

    name: str
    text: str
    email: str = ""  # may be empty
    trap: str = ""  # the hidden field that no person fills in
    token_age: float = 60.0  # seconds between the check page and the post
    likest: float = 0.0  # trigram similarity, 0 to 1, to the most alike comment of the last 30 days
    same_text: int = 0  # comments of the last 30 days with exactly this text
    from_address: int = 0  # posts of the same (hashed) address in the last hour
    from_subnet: int = 0  # posts of the same (hashed) subnet in the last hour
    bad_words: frozenset[str] = frozenset()  # the owner's own list
    disposable: frozenset[str] = frozenset()  # e-mail domains, beside the built-in ones
    safety_notes: str = ""  # the page's own safety notes, as plain text


class Span(NamedTuple):
    """A stretch of the comment's text, in characters, to be highlighted for the moderator."""

    start: int
    end: int


class Reason(NamedTuple):
    """Why a comment was scored as it was: one signal's word, with its points."""

    code: str
    points: int
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What the scoring says of a comment. Nothing is shown by it: a person decides."""

    points: int  # of the spam signals alone
    reasons: tuple[Reason, ...]  # in the order of the signals
    is_spam: bool  # goes to the spam list; otherwise it waits for a moderator
    is_urgent: bool  # words of self-harm or dangerous advice: the moderator is told at once
    priority: int  # for the queue, higher first; fits a small integer
    needs_help_page: bool  # words of self-harm: the writer sees the help page
    doubts: tuple[str, ...]  # kind sentences for the writer's check page
