"""Servers as in production, and a client that keeps its connections and counts answers."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from milia_site import serve, settings

CLIENTS = 8
START_SECONDS = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the process that all of its processes descend from."""

    port: int
    pid: int


@dataclass(frozen=True)
class Load:
    """What the clients saw in how many seconds, each answer's seconds, and the server's CPU."""

    duration: float
    seconds: list[float]
    cpu: float


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def site_server(environment: dict[str, str]) -> Iterator[Server]:
    """The site behind granian."""
    port = free_port()
    command = [sys.executable, "-m", "milia_site.serve", str(port)]
    with running(command, environment, port) as server:
        yield server


@contextlib.contextmanager
def bare_server(environment: dict[str, str]) -> Iterator[Server]:
    """The bare view behind granian, with as many workers and threads."""
    port = free_port()
    options = {
        "--interface": "wsgi",
        "--http": "1",
        "--port": str(port),
        "--workers": str(serve.WORKERS),
        "--blocking-threads": str(settings.DB_POOL_SIZE),
        "--log-level": "error",
    }
    flags = [word for option in options.items() for word in option]
    command = [sys.executable, "-m", "granian", "bench.bare:application", "--no-ws", *flags]
    with running(command, environment, port) as server:
        yield server


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str], port: int) -> Iterator[Server]:
    """Run a server until it is not needed; SystemExit when it does not answer."""
    with subprocess.Popen(  # noqa: S603 - our own modules, and no shell
        command, env={**os.environ, **environment}
    ) as process:
        try:
            until = time.monotonic() + START_SECONDS
            while not _listens(port):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit("A measured server did not start; the lines above say why.")
                time.sleep(0.05)
            yield Server(port, process.pid)
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def cpu_seconds(ancestor: int) -> float:
    """CPU that a process and its descendants have used, system calls included; 0 off Linux."""
    ticks: dict[int, int] = {}
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it may end while we look
            # After the name, which may hold anything, come state, parent, …; see proc(5).
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)] = int(fields[1])
            ticks[int(place.name)] = int(fields[11]) + int(fields[12])
    family = {ancestor}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(ticks.get(pid, 0) for pid in family) / os.sysconf("SC_CLK_TCK")


def load(server: Server, path: str, duration: float) -> Load:
    """Ask for a page from all clients at once for `duration` seconds."""
    seconds: list[float] = []
    faults: list[Exception] = []
    until = time.perf_counter() + duration

    def ask() -> None:
        try:
            with contextlib.closing(
                http.client.HTTPConnection("127.0.0.1", server.port)
            ) as connection:
                while time.perf_counter() < until:
                    seconds.append(_ask_once(connection, path))
        except (OSError, http.client.HTTPException, ValueError) as fault:
            faults.append(fault)

    clients = [threading.Thread(target=ask) for _number in range(CLIENTS)]
    cpu, start = cpu_seconds(server.pid), time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if faults:
        raise SystemExit(f"A request for {path} failed: {faults[0]}")
    return Load(time.perf_counter() - start, seconds, cpu_seconds(server.pid) - cpu)


def _ask_once(connection: http.client.HTTPConnection, path: str) -> float:
    """The seconds that one answer takes. Raises ValueError unless it is a 200."""
    start = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    if response.status != http.HTTPStatus.OK:
        raise ValueError(f"status {response.status}")
    return time.perf_counter() - start
