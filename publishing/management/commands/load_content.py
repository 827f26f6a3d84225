"""Loads a folder of content files into the site."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from publishing.loading import LoadFailed, load_folder
from publishing.models import Page


class Command(BaseCommand):
    help = "Load references, contributors, pictures and pages from a folder, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--author", default="editor", help="account that writes (editor)")
        parser.add_argument("--reviewer", default="reviewer", help="account that signs (reviewer)")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if the site has pages already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Page.objects.exists():
            return
        try:
            report = load_folder(
                options["folder"],
                author=_account(options["author"]),
                reviewer=_account(options["reviewer"]),
            )
        except LoadFailed as failed:
            raise CommandError(_("Nothing was loaded.\n%(faults)s") % {"faults": failed}) from None
        for sort, number in report.stored.items():
            self.stdout.write(f"{sort}: {number}")
        self.stdout.write(_("unchanged: %(number)s") % {"number": report.unchanged})
        if report.waiting:
            self.stdout.write(_("waiting for review: %(number)s") % {"number": report.waiting})


def _account(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(
            _("There is no account “%(name)s”. Make one, or name another.") % {"name": name}
        )
    return user
