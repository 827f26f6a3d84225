"""Everything that writes comments: keyword-only, atomic, each refusal a named error."""

from comments.actions.deciding import approve, hold, reject, remove, spam, undo, undoable
from comments.actions.flagging import flag
from comments.actions.keeping import ban, may_read, reply_as_site, report_error, take_out
from comments.actions.privacy import erase_address, export_address, purge
from comments.actions.writing import CORRECTION_TIME, Sent, correct, find, send, take_back

__all__ = [
    "CORRECTION_TIME",
    "Sent",
    "approve",
    "ban",
    "correct",
    "erase_address",
    "export_address",
    "find",
    "flag",
    "hold",
    "may_read",
    "purge",
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
