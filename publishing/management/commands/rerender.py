"""Makes stored HTML anew, so that a fix reaches old pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from publishing import renewals
from publishing.markdown import RENDERER_VERSION
from publishing.models import Revision
from publishing.rendering import rerender
from references.actions import renew_entries


class Command(BaseCommand):
    help = "Make stored HTML anew with the present renderer; by default that of an older one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="all of it, whatever its age")

    def handle(self, *args: Any, **options: Any) -> None:
        revisions = Revision.objects.order_by("pk")
        if not options["all"]:
            revisions = revisions.filter(renderer_version__lt=RENDERER_VERSION)
        number = 0
        for revision in revisions.iterator(chunk_size=100):
            rerender(revision)
            number += 1
        renew_entries()
        number += renewals.renew(options["all"])
        self.stdout.write(_("rendered: %(number)s") % {"number": number})
