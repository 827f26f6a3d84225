"""Makes the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from publishing.models import Revision, SearchEntry
from publishing.search import index


class Command(BaseCommand):
    help = "Make the index of readers' search anew from the live pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only if it is empty and pages are live"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not _is_missing():
            return
        self.stdout.write(_("entries: %(number)s") % {"number": index.rebuild()})


def _is_missing() -> bool:
    return not SearchEntry.objects.exists() and Revision.objects.live().exists()
