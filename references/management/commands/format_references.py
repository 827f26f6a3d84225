"""Print the AMA entries of CSL-JSON items."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from references.csl import read_item
from references.errors import InvalidItem
from references.formatting import ama_html, ama_text

MAX_BYTES = 50_000_000


class Command(BaseCommand):
    """Print one entry a line; items with a fault are named at the end, and the exit code is 1."""

    help = "Print the AMA entries of the CSL-JSON items in a file, one a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file of CSL-JSON, or - for standard input")
        parser.add_argument("--html", action="store_true", help="print HTML instead of text")

    def handle(self, *_args: Any, **options: Any) -> None:
        faults: list[str] = []
        for number, raw in enumerate(read_items(options["file"]), 1):
            try:
                item = read_item(raw)
            except InvalidItem as error:
                faults.append(f"{item_name(raw, number)}: {error}")
            else:
                self.stdout.write(ama_html(item) if options["html"] else ama_text(item))
        if faults:
            raise CommandError("\n".join(faults))


def item_name(raw: object, number: int) -> str:
    """How a message names an item: by its id where it has one, else by its place."""
    name = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(name, str | int) and str(name).strip():
        return _("item %(number)d (%(id)s)") % {"number": number, "id": str(name)[:100]}
    return _("item %(number)d") % {"number": number}


def read_items(name: str) -> list[object]:
    """The items of a JSON file: a list of them, or one alone."""
    try:
        content = _read(name)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise CommandError(_("%(name)s: this file is larger than 50 MB.") % {"name": name})
    try:
        items = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CommandError(
            _("%(name)s: this is not JSON: %(error)s") % {"name": name, "error": error}
        ) from error
    return items if isinstance(items, list) else [items]


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)
