"""What log lines must not say."""

import logging
import re

# Of previews, of a reader's own comment, of a moderator's e-mail.
TOKEN = re.compile(r"(/preview/|/comments/mine/|/comments/decide/|[?&]as=)[^/\s?#&\"']+")


def hide_tokens(text: str) -> str:
    """The text with the tokens of private links left out: whoever has one is let in."""
    return TOKEN.sub(r"\1…", text)


class HideTokens(logging.Filter):
    """Takes the tokens of private links out of a record, and the request that has one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always logged."""
        message = record.getMessage()
        hidden = hide_tokens(message)
        if hidden != message:
            record.msg, record.args = hidden, ()
            record.request = None
        return True
