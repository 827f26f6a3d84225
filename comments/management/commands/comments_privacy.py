"""Exports or erases everything that is kept of one e-mail address."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from comments import actions


class Command(BaseCommand):
    help = "Print everything of who commented with an e-mail address, or erase it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("export", "erase"))
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        email: str = options["email"].strip()
        found = actions.export_address(email)
        if not found["email"]:
            raise CommandError(
                _("Nothing is kept of %(email)s. Is SECRET_KEY the one that the site runs with?")
                % {"email": email}
            )
        if options["act"] == "export":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        number = actions.erase_address(email)
        self.stdout.write(_("erased: %(number)s") % {"number": number})
