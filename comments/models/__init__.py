"""Readers' comments, who wrote them as far as that is known, and what moderators did."""

from comments.models.comment import MAX_CHARS, MAX_DEPTH, MAX_NAME, Comment
from comments.models.event import CommentEvent
from comments.models.people import Ban, EmailAddress, Writer
from comments.models.traces import DailyKey, Flag, Trace

__all__ = [
    "MAX_CHARS",
    "MAX_DEPTH",
    "MAX_NAME",
    "Ban",
    "Comment",
    "CommentEvent",
    "DailyKey",
    "EmailAddress",
    "Flag",
    "Trace",
    "Writer",
]
