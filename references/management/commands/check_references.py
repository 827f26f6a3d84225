"""Look for corrections and retractions of the sources in the library."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from references.actions import record_check
from references.retraction_watch import NotTheList, notices_in


class Command(BaseCommand):
    """Store what is new and tell it; what is known is never taken back."""

    help = "Match the library against the list of Retraction Watch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retraction-watch",
            required=True,
            metavar="FILE",
            help="the CSV file that Retraction Watch publishes",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        name = options["retraction_watch"]
        try:
            with Path(name).open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                found = notices_in(lines)
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}") from error
        except NotTheList as error:
            raise CommandError(f"{name}: {error}") from error
        new = 0
        for citekey, notices in sorted(found.items()):
            for notice in record_check(citekey=citekey, found=notices, complete=False):
                new += 1
                self.stdout.write(f"{citekey}: {notice}")
        message = _("%(sources)d sources are in the list; %(new)d notices are new.")
        self.stdout.write(message % {"sources": len(found), "new": new})
