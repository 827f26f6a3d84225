"""Everything that writes comments: keyword-only, atomic, each refusal a named error."""

from comments.actions.deciding import (
    approve,
    hold,
    keep,
    reject,
    remove,
    spam,
    undo,
    undoable,
)
from comments.actions.flagging import flag
from comments.actions.keeping import (
    ban,
    lift,
    may_read,
    read_address,
    reply_as_site,
    report_error,
    take_out,
)
from comments.actions.privacy import erase_address, erase_again, export_address, purge
from comments.actions.writing import (
    CORRECTION_TIME,
    Sent,
    correct,
    find,
    may_write,
    send,
    take_back,
)

__all__ = [
    "CORRECTION_TIME",
    "Sent",
    "approve",
    "ban",
    "correct",
    "erase_address",
    "erase_again",
    "export_address",
    "find",
    "flag",
    "hold",
    "keep",
    "lift",
    "may_read",
    "may_write",
    "purge",
    "read_address",
    "reject",
    "remove",
    "reply_as_site",
    "report_error",
    "send",
    "spam",
    "take_back",
    "take_out",
    "undo",
    "undoable",
]
