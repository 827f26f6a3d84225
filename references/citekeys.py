"""The short names by which texts cite sources."""

import re

# The same form stands in a database constraint and in the texts' `[@citekey]`.
CITEKEY_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
MAX_CITEKEY = 100  # characters

# A key of another program that is no citekey: what a text can write as [@{…}].
ALIAS_PATTERN = r"^[^[:space:]{}]+$"
MAX_ALIAS = 200  # characters

_CITEKEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_ALIAS = re.compile(r"[^\s{}]+")


def is_citekey(text: str) -> bool:
    """Whether the text can be a citekey."""
    return len(text) <= MAX_CITEKEY and _CITEKEY.fullmatch(text) is not None


def is_alias(text: str) -> bool:
    """Whether the text is no citekey, and a text may still cite a source by it."""
    return len(text) <= MAX_ALIAS and not is_citekey(text) and _ALIAS.fullmatch(text) is not None
