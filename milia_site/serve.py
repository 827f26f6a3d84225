"""The web server, `python -m milia_site.serve PORT [PARENT]`: granian, set up to end as a whole.

By itself granian stops serving when one worker is killed, and when granian is killed its workers go
on and answer with old code. Here a lost worker is replaced, and every process ends with the one
that started it. PARENT is the number of the process that this server ends with.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from milia_site import processes, settings

WORKERS = 2


def load_application(parent: int) -> Callable[..., Any]:
    """The application for one worker, which from now on ends with the process `parent`."""
    processes.end_with(parent)
    # Until granian sets its own, the handler that came with the fork would swallow a request to go.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    application: Callable[..., Any] = import_module("milia_site.wsgi").application
    return application


def server(port: int) -> MPServer:
    """The server for http://127.0.0.1:`port`, not yet started."""
    return MPServer(
        "milia_site.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=WORKERS,
        # A thread more than the pool has connections could only wait for one.
        blocking_threads=settings.DB_POOL_SIZE,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,  # seconds; no statement may take longer than 3
        log_level=LogLevels.error,
    )


def main(arguments: list[str]) -> None:
    """Serve until a signal comes."""
    port, *parent = (int(each) for each in arguments)
    if parent:
        processes.end_with(parent[0])
    server(port).serve(target_loader=partial(load_application, os.getpid()), wrap_loader=False)


if __name__ == "__main__":  # pragma: no cover - a process of its own, which tests only see
    main(sys.argv[1:])
