"""The short names by which texts cite sources."""

import re

# The same form stands in a database constraint and in the texts' `[@citekey]`.
CITEKEY_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
MAX_CITEKEY = 100  # characters

_CITEKEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def is_citekey(text: str) -> bool:
    """Whether the text can be a citekey."""
    return len(text) <= MAX_CITEKEY and _CITEKEY.fullmatch(text) is not None
