"""What log lines must not say."""

import logging
import re

TOKEN = re.compile(r"(/preview/)[^/\s?#\"']+")


def hide_preview_tokens(text: str) -> str:
    """The text with the tokens of preview links left out: whoever has one can read the page."""
    return TOKEN.sub(r"\1…", text)


class HidePreviewTokens(logging.Filter):
    """Takes the tokens of preview links out of a record, and the request that has one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always logged."""
        message = record.getMessage()
        hidden = hide_preview_tokens(message)
        if hidden != message:
            record.msg, record.args = hidden, ()
            record.request = None
        return True
