"""Write the library, or some of its references, in a format that other programs read."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from references.models import Reference
from references.writers import FORMATS


class Command(BaseCommand):
    """Print the references by citekey, or those that are named."""

    help = "Print references as CSL-JSON, BibTeX, RIS or AMA text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("citekeys", nargs="*", help="citekeys; without any, the whole library")
        parser.add_argument("--format", choices=sorted(FORMATS), default="csl")

    def handle(self, *_args: Any, **options: Any) -> None:
        rows = Reference.objects.order_by("citekey")
        if wanted := options["citekeys"]:
            rows = rows.filter(citekey__in=wanted)
            missing = sorted(set(wanted) - set(rows.values_list("citekey", flat=True)))
            if missing:
                raise CommandError(
                    _("There is no reference %(names)s.") % {"names": ", ".join(missing)}
                )
        items = rows.values_list("citekey", "csl").iterator(chunk_size=500)
        for piece in FORMATS[options["format"]].write(items):
            self.stdout.write(piece, ending="")
