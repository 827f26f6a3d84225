"""A web server on this machine that answers as Crossref, doi.org and PubMed might."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Answer:
    """What is sent: with a `delay` in seconds, `cut` after so many bytes, or not at all."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int | None = None
    hangs_up: bool = False


@dataclass(frozen=True)
class Asked:
    """What came in: the path as it was sent, the query, and the headers."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    method: str = "GET"


class FakeServices(ThreadingHTTPServer):
    """Replays the answers registered for a path, the last one for ever; others are 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str, *answers: Answer) -> None:
        """Register what is answered at a path, one after the other."""
        self.answers[path] = list(answers)

    def paths(self) -> list[str]:
        """The paths that were asked for, in their order."""
        return [asked.path for asked in self.asked]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has hung up, which is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeServices

    def do_GET(self) -> None:
        """Answer as registered."""
        path, _mark, query = self.path.partition("?")
        self.server.asked.append(
            Asked(path, parse_qs(query), dict(self.headers.items()), self.command)
        )
        answers = self.server.answers.get(path, [Answer(status=404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        time.sleep(answer.delay)
        self.close_connection = True
        if not answer.hangs_up:
            with suppress(OSError):
                self._send(answer)

    def do_HEAD(self) -> None:
        """Answer in the same way; the other side reads no body."""
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: answer.cut])

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[FakeServices]:
    """The server while it runs."""
    with FakeServices() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
