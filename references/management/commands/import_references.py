"""Bring the references of files into the library."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from references.citekeys import is_citekey
from references.importing import Imported, Outcome, citekey_base, free_citekey, import_records
from references.readers import FORMATS, MAX_BYTES, Read, Record, UnreadableFile, decode, detect

PROGRESS_EVERY = 500  # records
MAX_RECORDS = 100_000  # of all files together; they are held in memory to tell of progress


class Command(BaseCommand):
    """Say of each record what became of it; the exit code is 1 if one could not be read."""

    help = (
        "Read references from files (RIS, BibTeX, NBIB, PubMed XML, CSL-JSON, text) and store "
        "them. A file has at most 20 MB, all files together at most 100,000 references."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", help="files, or - for standard input")
        parser.add_argument("--format", choices=sorted(FORMATS), help="instead of guessing it")
        parser.add_argument("--dry-run", action="store_true", help="store nothing")
        parser.add_argument(
            "--json", action="store_true", help="print what was read as CSL-JSON; store nothing"
        )
        parser.add_argument("--user", help="the account that stores them; else the first superuser")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = self._records(options["files"], options["format"])
        records = list(islice(found, MAX_RECORDS + 1))
        if len(records) > MAX_RECORDS:
            message = _("These are over %(most)d records. Import them in several parts.")
            raise CommandError(message % {"most": MAX_RECORDS})
        if options["json"]:
            self._print_json(record for _name, record in records)
            unread = sum(not isinstance(record, Read) for _name, record in records)
        else:
            unread = self._store(records, options["user"], dry_run=options["dry_run"])
        if unread:
            raise CommandError(
                _("%(number)d records could not be read; the lines above say why.")
                % {"number": unread}
            )

    def _records(self, names: list[str], wanted: str | None) -> Iterator[tuple[str, Record]]:
        for name in names:
            try:
                text = decode(_read(name))
            except UnreadableFile as error:
                raise CommandError(f"{name}: {error}") from error
            except OSError as error:
                raise CommandError(f"{name}: {error.strerror}") from error
            read = FORMATS[wanted or detect(name, text)]
            # A name may have bytes that are no text, which could not be printed.
            printable = name.encode(errors="replace").decode()
            yield from ((printable, record) for record in read(text))

    def _print_json(self, records: Iterator[Record]) -> None:
        """A JSON list: an item a record, or line and reason of a record that was not read."""
        taken: set[str] = set()
        separator = "["
        for record in records:
            if isinstance(record, Read):
                made = free_citekey(citekey_base(record.item), taken)
                key = record.key if is_citekey(record.key) and record.key not in taken else made
                taken.add(key)
                shown: dict[str, Any] = {**record.item, "id": key}
            else:
                shown = {"line": record.line, "reason": record.reason, "text": record.text}
            self.stdout.write(separator + json.dumps(shown, ensure_ascii=False), ending="")
            separator = ",\n"
        self.stdout.write("[]" if separator == "[" else "]")

    def _store(self, records: list[tuple[str, Record]], user: str | None, *, dry_run: bool) -> int:
        outcomes: Counter[Outcome] = Counter()
        imported = import_records(
            (record for _name, record in records), by=_account(user), dry_run=dry_run
        )
        for (name, _record), result in zip(records, imported, strict=True):
            outcomes[result.outcome] += 1
            self._tell(name, result)
            if sum(outcomes.values()) % PROGRESS_EVERY == 0:
                self.stderr.write(f"{sum(outcomes.values())} / {len(records)}")
        summary = _("%(new)d new, %(same)d here already, %(differs)d differ, %(unread)d unread.")
        numbers = {outcome.value: outcomes[outcome] for outcome in Outcome}
        self.stdout.write(summary % numbers)
        if dry_run:
            self.stdout.write(_("Nothing was stored."))
        return outcomes[Outcome.UNREAD]

    def _tell(self, name: str, result: Imported) -> None:
        place = f"{name}:{result.record.line}"
        if result.outcome == Outcome.UNREAD:
            self.stderr.write(f"{place}: {result.reason}")
        elif result.outcome == Outcome.DIFFERS:
            differences = ", ".join(result.differences)
            message = _(
                "%(citekey)s is in the library with another %(names)s; nothing was changed."
            )
            self.stdout.write(
                f"{place}: {message % {'citekey': result.citekey, 'names': differences}}"
            )
        for note in getattr(result.record, "notes", ()):
            self.stdout.write(f"{place}: {note}")


def _account(username: str | None) -> User:
    """The account that stores the references. Raises CommandError if there is none."""
    users = User.objects.filter(is_active=True)
    found = (
        (users.filter(username=username) if username else users.filter(is_superuser=True))
        .order_by("pk")
        .first()
    )
    if found is None:
        raise CommandError(_("There is no such account. Name one with --user."))
    return found


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)
