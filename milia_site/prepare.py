"""Make the site ready to be served: `python -m milia_site.prepare PARENT`, one process for all.

Each step does nothing when there is nothing to do, so that the next start is quick.
"""

import io
import os
import sys

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from milia_site import processes, settings


def prepare() -> None:
    """Bring the tables and static files up to date; give an empty site its accounts and pages."""
    call_command("migrate", interactive=False, verbosity=0)
    # A new version may make other HTML of the texts there are; with none newer this is one query.
    call_command("rerender", stdout=io.StringIO())
    call_command("reindex", if_empty=True, stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if settings.DEMO_MODE:
        call_command("demo_accounts")
        call_command("load_content", str(settings.BASE_DIR / "content"), if_empty=True)


def main(parent: int) -> int:
    """Prepare the site; ends with the process `parent`. Returns the exit code."""
    processes.end_with(parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
    django.setup()
    try:
        prepare()
    except (CommandError, DatabaseError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":  # pragma: no cover - a process of its own, which tests only see
    sys.exit(main(int(sys.argv[1])))
