"""Says how often the scoring of comments is right on labelled ones."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from comments.scoring.measuring import SPAM, Figures, NotSamples, measure, samples


class Command(BaseCommand):
    help = (
        "Print precision and recall of the scoring, for spam and for each medical signal, on the"
        " labelled comments of a CSV file (text, name, email, label, signals)."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                given = list(samples(lines))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        except NotSamples as error:
            raise CommandError(f"{path}: {error}") from None
        if not given:
            raise CommandError(_("%(path)s: there are no comments in it.") % {"path": path})
        spam = sum(SPAM in sample.expected for sample in given)
        message = _("%(number)d comments, %(spam)d of them spam")
        self.stdout.write(message % {"number": len(given), "spam": spam})
        self.stdout.write(_row("", _("precision"), _("recall"), _("examples"), _("false")))
        for code, figures in measure(given).items():
            self.stdout.write(_figures_row(code, figures))


def _figures_row(code: str, figures: Figures) -> str:
    shares = (_percent(figures.precision), _percent(figures.recall))
    return _row(code, *shares, str(figures.examples), str(figures.wrong))


def _row(code: str, *cells: str) -> str:
    return f"{code:<22}" + "".join(f"{cell:>12}" for cell in cells)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
