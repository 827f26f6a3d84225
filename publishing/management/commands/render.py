"""Prints the public HTML of a Markdown text."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from publishing.assembly import entries_named, environment_for, number_fragment
from publishing.markdown import MAX_CHARS, MarkdownTooLarge, RenderError, render

MAX_BYTES = 4 * MAX_CHARS  # no character takes more in UTF-8


class Command(BaseCommand):
    """Print the HTML; what has to be mended is named at the end, and the exit code is 1."""

    help = "Print the public HTML of a Markdown text, its citations numbered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file of Markdown, or - for standard input")

    def handle(self, *_args: Any, **options: Any) -> None:
        text = read_text(options["file"])
        try:
            fragment = render(text, environment_for(text))
            sources = entries_named(fragment.citekeys)
        except MarkdownTooLarge as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self.stdout.write(number_fragment(fragment, sources))
        if fragment.errors:
            raise CommandError("\n".join(map(_line, fragment.errors)))


def _line(error: RenderError) -> str:
    return _("line %(line)s: %(message)s") % {"line": error.line, "message": error.message}


def read_text(name: str) -> str:
    """The text of a file, or of standard input for "-". Raises CommandError."""
    try:
        content = _read(name)
    except OSError as error:
        message = _("%(name)s cannot be read: %(reason)s. Name a file, or - for standard input.")
        raise CommandError(message % {"name": name, "reason": error.strerror}) from error
    if len(content) > MAX_BYTES:
        message = _("%(name)s is larger than %(most)s bytes. Split it.")
        raise CommandError(message % {"name": name, "most": MAX_BYTES})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("%(name)s is not UTF-8 at byte %(place)s. Save it as UTF-8 and try again.")
        raise CommandError(message % {"name": name, "place": error.start}) from error


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)
