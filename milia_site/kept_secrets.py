"""Secrets that a site makes for itself and keeps in files which only their owner may read."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in the file `path`, which only its owner may read; made at the first call."""
    try:
        return path.read_text(encoding="ascii").strip() or new_secret(path)
    except FileNotFoundError:
        return new_secret(path)


def new_secret(path: Path) -> str:
    """Write 50 random bytes, as text, into `path` and return them. All of it is there, or none."""
    secret = secrets.token_urlsafe(50)
    partial = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{secret}\n")
    partial.rename(path)
    return secret
