"""The unprivileged user that stands in for root, and what that user can reach."""

import contextlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


class NoUserError(Exception):
    """There is no unprivileged user. The message is one line that says what to do."""


@dataclass(frozen=True)
class Account:
    """The unprivileged user that the server runs as when root starts it."""

    name: str
    uid: int
    gid: int


def unprivileged_account() -> Account:
    """The user that stands in for root: `postgres` if there is one, else `nobody`."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise NoUserError(
        "PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`. "
        "Start it as another user, or set DATABASE_URL."
    )


def server_account() -> Account | None:
    """Whom a server runs as that refuses to run as root; None when we are not root."""
    return unprivileged_account() if os.geteuid() == 0 else None


def can_reach(path: Path, account: Account) -> bool:
    """Whether `account` may enter (or execute) `path` and every directory above it."""
    for place in (path, *path.parents):
        found = place.stat()
        if found.st_uid == account.uid:
            wanted = stat.S_IXUSR
        elif found.st_gid == account.gid:
            wanted = stat.S_IXGRP
        else:
            wanted = stat.S_IXOTH
        if not found.st_mode & wanted:
            return False
    return True


def make_directory(path: Path, *, mode: int) -> None:
    """Make `path` and what is missing above it with `mode`; what is there stays as it is."""
    for place in reversed((path, *path.parents)):
        if not place.exists():
            place.mkdir(exist_ok=True)
            place.chmod(mode)  # mkdir's own mode is cut by the umask


def give_to(path: Path, account: Account | None) -> None:
    """Make `account` the owner of `path`, which we made ourselves."""
    if account:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
