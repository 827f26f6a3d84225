"""Fills an empty database: `python -m bench.wagtail_side.fill FILE`, a page a line of JSON."""

import json
import os
import sys
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.wagtail_side.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - models need Django set up
from django.db import connection  # noqa: E402
from wagtail.models import Page  # noqa: E402

from bench.wagtail_side.pages.models import ArticlePage  # noqa: E402


def fill(file: Path) -> None:
    """Make the tables, a page for each line, and the search index."""
    call_command("migrate", interactive=False, verbosity=0)
    root = Page.objects.get(depth=1)
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            root.add_child(instance=ArticlePage(slug=f"page-{number}", **json.loads(line)))
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
