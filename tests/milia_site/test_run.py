"""The launcher behind `make run`, for real: a database, workers and a port for each test."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from milia_site import embedded_postgres, processes, run, settings

# Other programs on a busy machine may take too long, once.
pytestmark = pytest.mark.flaky(reruns=1)

PATIENCE = 60  # seconds; a first start makes every table and page


@dataclass
class Site:
    """One site with its own var/ and port, and the launcher that runs it now."""

    home: Path
    port: int
    # Whether it is filled with the demonstration's pages, which takes most of a first start.
    demo: bool = False
    launchers: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    def environment(self, **changes: str) -> dict[str, str]:
        dropped = {"DATABASE_URL", "SECRET_KEY", "PRODUCTION", "SITE_URL", "WEB_PROCESS"}
        kept = {key: value for key, value in os.environ.items() if key not in dropped}
        own = {"MILIA_VAR": str(self.home), "PORT": str(self.port), "DEMO_MODE": str(self.demo)}
        return kept | own | changes

    def launch(self, **changes: str) -> subprocess.Popen[str]:
        """Start the launcher, as `make run` does."""
        with (self.home / "errors").open("w") as errors:
            launcher = subprocess.Popen(
                [sys.executable, "-m", "milia_site.run"],
                cwd=settings.BASE_DIR,
                env=self.environment(**changes),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.launchers.append(launcher)
        return launcher

    def start(self) -> list[int]:
        """Start the site, wait until it serves, and return the numbers of its processes.

        The launcher comes first, then the web server, its two workers, the worker of the jobs,
        and the database last.
        """
        launcher = self.launch()
        assert launcher.stdout is not None
        ready = any(line.startswith("Milia is ready") for line in launcher.stdout)
        assert ready, self.errors()
        database = embedded_postgres.postmaster(self.data)
        assert database is not None
        # The web server is the one that has workers; the system may give numbers in any order.
        parts = wait_for_children(launcher.pid, 2)
        web, jobs = sorted(parts, key=lambda number: not children(number))
        return [launcher.pid, web, *wait_for_children(web, 2), jobs, database]

    def errors(self) -> str:
        return (self.home / "errors").read_text()

    def url(self) -> str:
        server = embedded_postgres.locate(self.data)
        return server.url(server.password_file.read_text().strip())

    def status(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/")
        status = connection.getresponse().status
        connection.close()
        return status

    def end(self) -> int:
        """Press Ctrl-C and wait for the launcher's end."""
        self.launchers[-1].send_signal(signal.SIGINT)
        return self.launchers[-1].wait(PATIENCE)


@pytest.fixture
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="milia-site-") as name, socket.socket() as probe:
        Path(name).chmod(0o755)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        site = Site(Path(name), port)
        yield site
        for launcher in site.launchers:
            launcher.kill()
            launcher.communicate()
        server = embedded_postgres.locate(site.data)
        embedded_postgres.stop(server)
        shutil.rmtree(server.sockets, ignore_errors=True)  # a killed launcher leaves it behind


def children(pid: int) -> list[int]:
    """The numbers of the processes that a process started, oldest first."""
    found = []
    for other in sorted(number for number, _ in processes.command_lines()):
        try:
            fields = Path(f"/proc/{other}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(pid) and fields[0] != "Z":
            found.append(other)
    return found


def wait_for_children(pid: int, number: int) -> list[int]:
    """The processes that a process started, once there are so many."""
    until = time.monotonic() + PATIENCE
    while len(found := children(pid)) != number:
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def running_now(pids: list[int]) -> list[int]:
    """Those of the processes that run; one that ended and was not yet waited for does not."""
    lines = dict(processes.command_lines())
    return [pid for pid in pids if lines.get(pid)]


def wait_until_gone(pids: list[int]) -> None:
    until = time.monotonic() + PATIENCE
    while running_now(pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert running_now(pids) == []


def kill(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_ctrl_c_leaves_nothing_running_and_a_second_start_keeps_everything(site: Site) -> None:
    site.demo = True
    started = site.start()
    assert len(started) == 6
    assert site.status() == 200
    with psycopg.connect(site.url()) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
    secret = (site.home / "secret-key").read_text()
    assert site.end() == 128 + signal.SIGINT
    assert running_now(started) == []
    run.check_port(site.port)

    site.start()
    assert site.status() == 200
    with psycopg.connect(site.url()) as connection:
        assert connection.execute("SELECT text FROM note").fetchone() == ("kept",)
    assert (site.home / "secret-key").read_text() == secret
    assert site.end() == 128 + signal.SIGINT
    assert "Traceback" not in site.errors()


def test_the_site_survives_the_death_of_its_workers_and_of_the_database(site: Site) -> None:
    launcher, web, first, second, jobs, database = site.start()
    kill([first, jobs])
    until = time.monotonic() + PATIENCE
    while first in children(web) or len(children(web)) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert second in children(web)
    while jobs in children(launcher) or len(children(launcher)) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert site.status() == 200

    kill([database])
    while embedded_postgres.postmaster(site.data) in {None, database}:
        assert time.monotonic() < until
        time.sleep(0.05)
    while site.status() != 200:
        assert time.monotonic() < until
        time.sleep(0.2)
    wait_for_a_job(site)
    assert site.end() == 128 + signal.SIGINT


def wait_for_a_job(site: Site) -> None:
    """Put a job in the queue and wait until a worker has done it."""
    until = time.monotonic() + PATIENCE
    job = """INSERT INTO procrastinate_jobs (queue_name, task_name, args, priority)
        VALUES ('default', 'milia_site.run_again', '{"timestamp": 0}', 0) RETURNING id"""
    status = "SELECT status FROM procrastinate_jobs WHERE id = %s"
    with psycopg.connect(site.url(), autocommit=True) as connection:
        job_id = connection.execute(job).fetchone()
        while connection.execute(status, job_id).fetchone() != ("succeeded",):
            assert time.monotonic() < until
            time.sleep(0.1)


def test_when_the_web_server_is_killed_all_ends_and_a_line_says_so(site: Site) -> None:
    started = site.start()
    kill([started[1]])
    assert site.launchers[-1].wait(PATIENCE) == 1
    wait_until_gone(started)
    assert "The web server ended by itself (exit code -9)." in site.errors()
    assert "Traceback" not in site.errors()


def test_when_the_launcher_is_killed_the_web_server_goes_and_the_next_start_recovers(
    site: Site,
) -> None:
    launcher, *web, database = site.start()
    kill([launcher])
    wait_until_gone(web)
    assert running_now([database]) == [database]
    started = site.start()
    assert database not in started
    assert site.status() == 200
    assert site.end() == 128 + signal.SIGINT


def test_when_everything_is_killed_the_next_start_recovers(site: Site) -> None:
    started = site.start()
    kill(started)
    site.launchers[-1].wait(PATIENCE)
    wait_until_gone(started)
    site.start()
    assert site.status() == 200
    assert site.end() == 128 + signal.SIGINT


def refusal(site: Site, **changes: str) -> str:
    """The one line that a start ends with."""
    launcher = site.launch(**changes)
    output, _ = launcher.communicate(timeout=PATIENCE)
    assert launcher.returncode == 1
    assert output == ""
    assert site.errors().count("\n") == 1, site.errors()
    return site.errors().strip()


def test_two_sites_on_the_same_data_at_once_are_refused(site: Site) -> None:
    with embedded_postgres.running(site.data):
        assert "is in use by another run of this project" in refusal(site)


def test_data_of_another_postgresql_are_refused(site: Site) -> None:
    site.data.mkdir()
    (site.data / "PG_VERSION").write_text("15\n")
    assert "was made by PostgreSQL 15" in refusal(site)


def test_production_without_a_secret_key_is_refused_before_anything_starts(site: Site) -> None:
    assert refusal(site, PRODUCTION="true").startswith("SECRET_KEY is not set.")
    assert not site.data.exists()


def test_a_port_in_use_is_refused_before_anything_starts(site: Site) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", site.port))
        other.listen()
        message = refusal(site)
    assert message == (
        f"Port {site.port} cannot be used (Address already in use). Stop what uses it, or choose "
        f"another port: PORT={site.port % 65535 + 1} make run"
    )
    assert not site.data.exists()


def test_a_database_that_does_not_answer_is_refused(site: Site) -> None:
    unused = f"postgresql://milia@127.0.0.1:{site.port}/milia"
    message = refusal(site, DATABASE_URL=unused)
    assert message.startswith("The database in DATABASE_URL does not answer: ")
    assert "Connection refused" in message
    assert not site.data.exists()


# The steps, in this process


@pytest.fixture
def in_process(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site's environment and var/ for this process too."""
    for name in ("DATABASE_URL", "SECRET_KEY", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MILIA_VAR", str(site.home))
    monkeypatch.setenv("PORT", str(site.port))
    monkeypatch.setattr(settings, "VAR_DIR", site.home)
    return site


def test_a_signal_ends_a_run_and_all_that_it_started(
    in_process: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    def send_when_ready() -> None:
        until = time.monotonic() + PATIENCE
        seen = ""
        while "Milia is ready" not in seen and time.monotonic() < until:
            time.sleep(0.1)
            seen += capfd.readouterr().out
        time.sleep(1.5)  # so that the launcher looks after the database at least once
        os.kill(os.getpid(), signal.SIGTERM)

    before = children(os.getpid())
    watcher = threading.Thread(target=send_when_ready)
    watcher.start()
    with pytest.raises(SystemExit) as ended:
        run.main()
    watcher.join()
    assert ended.value.code == 128 + signal.SIGTERM
    assert children(os.getpid()) == before
    assert embedded_postgres.postmaster(in_process.data) is None


def test_a_web_server_that_ends_at_once_is_told(
    in_process: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "prepare", lambda _environment: None)
    monkeypatch.setattr(run, "python", lambda *_: [sys.executable, "-c", "raise SystemExit(3)"])
    assert run.main() == 1
    assert capfd.readouterr().err == ("The web server did not start; the lines above say why.\n")


def test_a_web_server_that_ends_later_is_told(
    in_process: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "prepare", lambda _environment: None)
    monkeypatch.setattr(run, "wait_for_answer", lambda _port, _web: None)
    monkeypatch.setattr(run, "python", lambda *_: [sys.executable, "-c", "raise SystemExit(3)"])
    assert run.main() == 1
    assert "The web server ended by itself (exit code 3)." in capfd.readouterr().err


def test_a_site_that_cannot_be_made_ready_is_told(
    in_process: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "python", lambda *_: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(run.RunError, match="could not be made ready"):
        run.prepare(dict(os.environ))


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "８０００", "80 "])
def test_a_port_that_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(run.RunError, match="set it to a number from 1 to 65535"):
        run.wanted_port()


def test_without_a_port_it_is_8000(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert run.wanted_port() == 8000


def test_a_port_whose_last_server_just_closed_its_connections_is_free(site: Site) -> None:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", site.port))
        server.listen()
        with socket.create_connection(("127.0.0.1", site.port)) as client:
            accepted, _ = server.accept()
            accepted.close()  # the side that closes first keeps the address for a minute
            assert client.recv(1) == b""
    run.check_port(site.port)


def test_a_port_on_which_another_server_listens_is_refused(site: Site) -> None:
    taken = pytest.raises(run.RunError, match=f"Port {site.port} cannot be used")
    with socket.create_server(("127.0.0.1", site.port)), taken:
        run.check_port(site.port)


def test_the_reason_why_a_database_does_not_answer_is_one_line(site: Site) -> None:
    with pytest.raises(run.RunError, match="Connection refused") as refused:
        run.check_database(f"postgresql://milia@127.0.0.1:{site.port}/milia")
    assert "\n" not in str(refused.value)


def test_a_given_secret_key_and_address_are_not_replaced(
    in_process: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run.site_environment(8001)
    assert made["SITE_URL"] == "http://127.0.0.1:8001"
    assert made["SECRET_KEY"] == run.site_environment(8001)["SECRET_KEY"]
    monkeypatch.setenv("SECRET_KEY", "ours")
    monkeypatch.setenv("SITE_URL", "https://milia.example")
    given = run.site_environment(8001)
    assert (given["SECRET_KEY"], given["SITE_URL"]) == ("ours", "https://milia.example")


def test_a_given_database_is_used_and_none_of_our_own_starts(
    in_process: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///elsewhere")
    with run.database() as url:
        assert url == "postgresql:///elsewhere"
    web = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1.5)"])
    assert run.watch(web, dict(os.environ)) == 0
    assert list(in_process.home.iterdir()) == []


def test_a_database_with_too_few_connections_is_refused(
    in_process: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with run.database() as url:
        run.check_database(url)
        monkeypatch.setattr(settings, "DB_POOL_SIZE", 96)
        with pytest.raises(run.RunError, match="allows 200 connections and the site may need 209"):
            run.check_database(url)
