"""One side in a process of its own: `python -m bench.worker MODULE`, the one with `application`.

It reads orders from standard input, a JSON object a line, and answers each with another.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from io import BytesIO
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

Application = Callable[..., Iterable[bytes]]


def ask(application: Application, path: str, form: str = "") -> bytes:
    """The body of one answer, as a WSGI server would read it. Raises RuntimeError unless 200.

    With a `form`, URL-encoded, it is posted.
    """
    statuses: list[str] = []
    path_info, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "POST" if form else "GET",
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if form else "",
        "CONTENT_LENGTH": str(len(form)) if form else "",
        "PATH_INFO": path_info,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": os.environ.get("BENCH_COOKIE", ""),
        "wsgi.input": BytesIO(form.encode()),
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, lambda status, _headers, _error=None: statuses.append(status))
    body = b"".join(answer)
    # Closing returns the database connection to its pool.
    getattr(answer, "close", lambda: None)()
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"{path} answered {statuses[0]}")
    return body


def measure(application: Application, path: str, times: int, form: str = "") -> dict[str, Any]:
    """Seconds of CPU and the seconds that each answer took, for so many requests in a row."""
    seconds = []
    cpu = time.process_time()
    for _number in range(times):
        start = time.perf_counter()
        ask(application, path, form)
        seconds.append(time.perf_counter() - start)
    return {"cpu": time.process_time() - cpu, "seconds": seconds}


def look(application: Application, path: str, form: str = "") -> dict[str, Any]:
    """The body of one answer and the number of its queries."""
    if not connection.settings_dict["NAME"]:
        return {"body": ask(application, path, form).decode(), "queries": 0}
    with CaptureQueriesContext(connection) as queries:
        body = ask(application, path, form)
    return {"body": body.decode(), "queries": len(queries)}


def main(module: str) -> None:
    """Answer orders until there are no more."""
    application = import_module(module).application
    for line in sys.stdin:
        order = json.loads(line)
        if order.get("times"):
            result = measure(application, order["path"], order["times"], order.get("form", ""))
        else:
            result = look(application, order["path"], order.get("form", ""))
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
