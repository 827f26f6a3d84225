"""Processes that end together, and the modules that are nothing but such processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from milia_site import embedded_postgres, prepare, processes, serve, settings, with_postgres, wsgi

# Other programs on a busy machine may take too long, once.
pytestmark = pytest.mark.flaky(reruns=1)


def test_our_own_command_line_is_found_argument_by_argument() -> None:
    with processes.child(["sleep", "60"], os.environ) as sleeper:
        while dict(processes.command_lines())[sleeper.pid] != "sleep\x0060\0":
            time.sleep(0.01)  # until it has become `sleep`
    assert sleeper.pid not in dict(processes.command_lines())


def test_a_process_exists_whoever_owns_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_ours(_pid: int, _signal: int) -> None:
        raise PermissionError

    ended = subprocess.Popen(["true"])
    ended.wait()
    assert processes.exists(os.getpid())
    assert not processes.exists(ended.pid)
    monkeypatch.setattr(os, "kill", not_ours)
    assert processes.exists(1)


CHILD = """
import os, time
from milia_site import processes
processes.end_with(os.getppid())
time.sleep(60)
"""
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]])
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_process_ends_with_its_killed_parent() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(1)
    assert dict(processes.command_lines()).get(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while dict(processes.command_lines()).get(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not dict(processes.command_lines()).get(child)


def test_a_process_whose_parent_is_there_goes_on() -> None:
    before = threading.active_count()
    processes.end_with(os.getppid())
    assert threading.active_count() == before + 1
    time.sleep(2 * processes.LOOK_SECONDS)
    assert threading.active_count() == before + 1


def test_the_watch_ends_the_process_when_the_parents_number_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parents = iter([77, 77, 1])
    codes: list[int] = []
    real, here = os.getppid, threading.current_thread()

    def parent() -> int:
        # The watch of the test above is still looking.
        return next(parents) if threading.current_thread() is here else real()

    monkeypatch.setattr(processes, "LOOK_SECONDS", 0)
    monkeypatch.setattr(os, "getppid", parent)
    monkeypatch.setattr(os, "_exit", codes.append)
    processes._watch(77)
    assert codes == [1]


@pytest.mark.parametrize("number", processes.ENDING_SIGNALS)
def test_a_signal_ends_the_process_in_order_and_the_old_handlers_come_back(
    number: signal.Signals,
) -> None:
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as ended:  # noqa: PT012, SIM117 - it comes in the sleep
        with processes.signals_end_the_process():
            os.kill(os.getpid(), number)
            time.sleep(1)
    assert ended.value.code == 128 + number
    assert signal.getsignal(number) is before


def test_a_signal_does_not_interrupt_the_tidying_up() -> None:
    with processes.signals_ignored():
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)


def test_a_child_that_does_not_listen_is_ended_by_force_with_its_own_children(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "GOODBYE_SECONDS", 0.3)
    stubborn = "trap '' TERM; sleep 60 & wait; wait; sleep 60"
    with processes.child(["sh", "-c", stubborn], os.environ) as process:
        time.sleep(0.3)
    assert process.returncode == -signal.SIGKILL
    left = [line for _, line in processes.command_lines() if stubborn in line]
    assert left == []


# The web server's process


def test_the_server_has_a_thread_for_each_connection_of_a_workers_pool() -> None:
    server = serve.server(8123)
    assert (server.workers, server.blocking_threads) == (2, settings.DB_POOL_SIZE)
    assert (server.respawn_failed_workers, server.respawn_interval) == (True, 0.5)
    assert (server.bind_addr, server.bind_port) == ("127.0.0.1", 8123)


@pytest.mark.parametrize("parent", [[], [os.getppid()]])
def test_a_worker_loads_our_application(monkeypatch: pytest.MonkeyPatch, parent: list[int]) -> None:
    watched: list[int] = []
    loaded: list[object] = []

    class Recorder:
        def serve(self, *, target_loader: object, wrap_loader: bool) -> None:
            assert callable(target_loader)
            assert not wrap_loader
            loaded.append(target_loader())

    monkeypatch.setattr(processes, "end_with", watched.append)
    monkeypatch.setattr(serve, "server", lambda _port: Recorder())
    serve.main(["8123", *map(str, parent)])
    assert loaded == [wsgi.application]
    assert watched == [*parent, os.getpid()]


# Making ready


@pytest.mark.parametrize(("demo", "more"), [(True, ["demo_accounts", "load_content"]), (False, [])])
def test_the_site_is_made_ready_step_by_step(
    monkeypatch: pytest.MonkeyPatch, demo: bool, more: list[str]
) -> None:
    monkeypatch.setattr("milia_site.settings.DEMO_MODE", demo)
    steps: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, *_, **__: steps.append(name))
    monkeypatch.setattr(processes, "end_with", lambda _parent: None)
    assert prepare.main(1) == 0
    assert steps == ["migrate", "rerender", "reindex", "collectstatic", *more]


@pytest.mark.parametrize("problem", [CommandError("Line 3 is wrong."), OperationalError("Gone.")])
def test_a_step_that_fails_is_told_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(prepare, "call_command", fail)
    monkeypatch.setattr(processes, "end_with", lambda _parent: None)
    assert prepare.main(1) == 1
    assert capsys.readouterr().err == f"{problem}\n"


# A command with a database


ANSWER = "import os, sys, psycopg; c = psycopg.connect(os.environ['DATABASE_URL']); sys.exit(7)"


def test_a_command_gets_a_database_and_its_exit_code_is_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert with_postgres.main(["--", sys.executable, "-W", "ignore", "-c", ANSWER]) == 7


def test_a_command_gets_the_database_in_the_directory_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(embedded_postgres, "SHARED_HOME", Path("/tmp") / tmp_path.name)
    data = tmp_path / "postgres"
    command = ["--data", str(data), "--", sys.executable, "-W", "ignore", "-c", ANSWER]
    try:
        assert with_postgres.main(command) == 7
        assert (embedded_postgres.locate(data).data / "PG_VERSION").exists()
    finally:
        subprocess.run(["rm", "-rf", f"/tmp/{tmp_path.name}"], check=True)


def test_a_given_database_stays_and_a_signals_number_becomes_the_exit_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///given")
    wanted = 'test "$DATABASE_URL" = postgresql:///given && kill -9 $$'
    assert with_postgres.main(["--", "sh", "-c", wanted]) == 128 + 9


def test_a_command_that_is_not_there_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///given")
    assert with_postgres.main(["--", "no-such-command"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
