"""The sites that are audited, served as in production."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from bench.over_http import site_server
from bench.sides import collect_static, filled_database, new_database, prepared

FEW = 10  # pages in each list


@contextlib.contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """The demonstration site; yields its address."""
    with new_database("audit") as database:
        common = {"DATABASE_URL": database, "MILIA_VAR": str(folder / "demonstration")}
        environment = {**common, "DEMO_PASSWORD": "nobody-logs-in-here"}
        prepared(environment)
        with site_server({**environment, "WEB_PROCESS": "true"}) as server:
            yield f"http://127.0.0.1:{server.port}"


@contextlib.contextmanager
def measured(folder: Path) -> Iterator[str]:
    """A site with the article of the benchmark; yields its address."""
    environment = {"MILIA_VAR": str(folder / "measured"), "WEB_PROCESS": "true"}
    collect_static(environment)
    with (
        filled_database(FEW) as database,
        site_server({**environment, "DATABASE_URL": database}) as server,
    ):
        yield f"http://127.0.0.1:{server.port}"
