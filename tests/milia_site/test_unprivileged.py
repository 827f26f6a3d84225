"""The user that stands in for root, and secrets that only their owner may read."""

import os
import pwd
import stat
from pathlib import Path

import pytest

from milia_site import unprivileged
from milia_site.kept_secrets import kept_secret
from milia_site.unprivileged import Account, NoUserError, can_reach, server_account

OURSELVES = Account("ourselves", os.geteuid(), os.getegid())
NOBODY = Account("nobody", 65534, 65534)


def test_only_root_needs_another_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account() is None
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    account = server_account()
    assert account is not None
    assert account.name in {"postgres", "nobody"}
    assert account.uid == pwd.getpwnam(account.name).pw_uid


def test_without_any_unprivileged_user_the_message_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_such_user(name: str) -> object:
        raise KeyError(name)

    monkeypatch.setattr(pwd, "getpwnam", no_such_user)
    with pytest.raises(NoUserError, match="Start it as another user, or set DATABASE_URL"):
        unprivileged.unprivileged_account()


@pytest.mark.parametrize(
    ("mode", "account", "reached"),
    [
        (0o100, OURSELVES, True),
        (0o077, OURSELVES, False),
        (0o010, Account("in the group", 65534, os.getegid()), True),
        (0o707, Account("in the group", 65534, os.getegid()), False),
        (0o001, NOBODY, True),
        (0o770, NOBODY, False),
    ],
)
def test_the_last_directory_decides_by_owner_then_group_then_others(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    mode: int,
    account: Account,
    reached: bool,
) -> None:
    place = tmp_path_factory.mktemp("place")
    monkeypatch.setattr(Path, "parents", ())
    place.chmod(mode)
    assert can_reach(place, account) is reached
    place.chmod(0o700)


def test_one_closed_directory_above_is_enough_to_be_out_of_reach(tmp_path: Path) -> None:
    inner = tmp_path / "closed" / "open"
    inner.mkdir(parents=True)
    inner.chmod(0o755)
    inner.parent.chmod(0o700)
    assert not can_reach(inner, NOBODY)


def test_directories_are_made_with_the_mode_and_those_there_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    unprivileged.make_directory(tmp_path / "a" / "b", mode=0o755)
    unprivileged.make_directory(tmp_path / "a" / "b", mode=0o711)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, tmp_path / "a" / "b")]
    assert modes == [0o700, 0o755]


def test_a_thing_is_given_away_only_if_there_is_somebody_to_have_it(tmp_path: Path) -> None:
    unprivileged.give_to(tmp_path, None)
    unprivileged.give_to(tmp_path, OURSELVES)
    assert tmp_path.stat().st_uid == OURSELVES.uid


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "secret")
    assert len(first) >= 50
    assert kept_secret(tmp_path / "secret") == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "secret"]


def test_an_empty_secret_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    assert len(kept_secret(tmp_path / "secret")) >= 50
