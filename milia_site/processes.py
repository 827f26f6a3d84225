"""What the launchers need to know of processes: who runs, and how to end together."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

GOODBYE_SECONDS = 20  # for a child to finish what it is doing when asked to end
LOOK_SECONDS = 0.2  # how often a process looks whether its parent is still there
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def command_lines() -> Iterator[tuple[int, str]]:
    """Every process's number and its arguments, each argument ended by a NUL."""
    if sys.platform != "linux":  # pragma: no cover - tests run on Linux
        yield from _command_lines_of_ps()
        return
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            # A process may end while we look.
            with contextlib.suppress(OSError):
                yield int(place.name), (place / "cmdline").read_text(errors="surrogateescape")


def _command_lines_of_ps() -> Iterator[tuple[int, str]]:  # pragma: no cover - not on Linux
    listing = subprocess.run(
        ["ps", "-axww", "-o", "pid=,command="],  # noqa: S607 - ps has no one place
        capture_output=True,
        text=True,
        check=True,
    )
    for line in listing.stdout.splitlines():
        pid, _, command = line.strip().partition(" ")
        # ps does not tell where an argument ends; the callers look for options, which begin " -".
        yield int(pid), command.replace(" -", "\0-").replace("-D ", "-D\0") + "\0"


def exists(pid: int) -> bool:
    """Whether a process of that number is there, whoever owns it."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return True


def end_with(parent: int) -> None:
    """End this process at once when `parent`, the process that started it, is gone.

    A parent that is killed can tell nobody, so a thread looks: the number of the parent changes
    when another process takes its children over.
    """
    threading.Thread(target=_watch, args=[parent], daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


@contextlib.contextmanager
def signals_end_the_process() -> Iterator[None]:
    """Let the signals that ask us to go raise SystemExit, so that what was begun is tidied up."""
    before = {number: signal.getsignal(number) for number in ENDING_SIGNALS}

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    try:
        for number in ENDING_SIGNALS:
            signal.signal(number, end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def signals_ignored() -> Iterator[None]:
    """Let a second Ctrl-C not interrupt the tidying up."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def child(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command beside us; afterwards it and everything that it started is ended.

    It gets a session of its own: a Ctrl-C reaches us alone, and we end things in their order.
    """
    process = subprocess.Popen(  # noqa: S603 - the launchers' own commands, and no shell
        command, env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        with signals_ignored():
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GOODBYE_SECONDS)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
