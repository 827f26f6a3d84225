"""Look for corrections and retractions of the sources in the library."""

import datetime
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from references.actions import record_check
from references.checking import check_all, due
from references.models import FoundNotice, Reference
from references.retraction_watch import NotTheList, notices_in


class Command(BaseCommand):
    """Store what is new and tell it; what is known is never taken back."""

    help = "Ask Crossref and PubMed about the sources, or match Retraction Watch's list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "citekeys", nargs="*", help="the sources; without any, all that are due"
        )
        parser.add_argument(
            "--days", type=int, default=7, help="a source is due so many days after its last check"
        )
        parser.add_argument(
            "--retraction-watch",
            metavar="FILE",
            help="match the CSV file that Retraction Watch publishes; asks nobody",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if name := options["retraction_watch"]:
            self._match(name)
        else:
            named = options["citekeys"]
            known = set(
                Reference.objects.filter(citekey__in=named).values_list("citekey", flat=True)
            )
            if missing := sorted(set(named) - known):
                message = _("There is no reference %(names)s.")
                raise CommandError(message % {"names": ", ".join(missing)})
            before = datetime.timedelta(days=0 if named else options["days"])
            self._ask(due(before=before, citekeys=named))

    def _ask(self, citekeys: list[str]) -> None:
        asked = new = silent = 0
        for result in check_all(citekeys):
            asked += 1
            new += self._tell(result.citekey, result.new)
            for service, error in result.unanswered.items():
                self.stderr.write(f"{result.citekey}: {service}: {error}")
            silent += bool(result.unanswered)
            self.stderr.write(f"{asked} / {len(citekeys)}")
        message = _("%(asked)d sources asked about; %(new)d notices are new.")
        self.stdout.write(message % {"asked": asked, "new": new})
        if silent:
            left = len(citekeys) - asked + silent
            message = _("%(left)d sources remain unchecked. Run the command again later.")
            raise CommandError(message % {"left": left})

    def _match(self, name: str) -> None:
        try:
            with Path(name).open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                found = notices_in(lines)
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}") from error
        except NotTheList as error:
            raise CommandError(f"{name}: {error}") from error
        new = 0
        for citekey, notices in sorted(found.items()):
            new += self._tell(citekey, record_check(citekey=citekey, found=notices, complete=False))
        message = _("%(sources)d sources are in the list; %(new)d notices are new.")
        self.stdout.write(message % {"sources": len(found), "new": new})

    def _tell(self, citekey: str, notices: Iterable[FoundNotice]) -> int:
        number = 0
        for notice in notices:
            self.stdout.write(f"{citekey}: {notice}")
            number += 1
        return number
