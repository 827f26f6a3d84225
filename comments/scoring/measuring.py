"""How often the scoring is right on labelled comments."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from comments.scoring import score
from comments.scoring.model import Submission

# What is measured beside spam: the signals that lead the moderator's eye.
MEDICAL: Final = (
    "self_harm",
    *("stop_medicine", "stop_medicine_asked"),
    *("popping", "popping_asked"),
    *("babies", "babies_asked"),
    *("dose", "dose_asked"),
    *("phone", "email", "postal"),
)
SPAM: Final = "spam"
_COLUMNS: Final = ("text", "name", "email", "label", "signals")
_LABELS: Final = ("spam", "ham")


class NotSamples(Exception):
    """The file does not hold labelled comments; the message says why, in words for a person."""


class Sample(NamedTuple):
    """A comment, and what the scoring should say of it."""

    submission: Submission
    expected: frozenset[str]  # of MEDICAL and SPAM


@dataclass
class Figures:
    """How often a signal spoke rightly, spoke wrongly, and was silent where it should speak."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def examples(self) -> int:
        """The comments on which the signal should speak."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """Of the times that it spoke, the part that was right; None if it never spoke."""
        spoken = self.right + self.wrong
        return self.right / spoken if spoken else None

    @property
    def recall(self) -> float | None:
        """Of the times that it should speak, the part in which it did; None without any."""
        return self.right / self.examples if self.examples else None


def samples(lines: Iterable[str]) -> Iterator[Sample]:
    """The labelled comments of a CSV file; raises NotSamples."""
    reader = csv.DictReader(lines, strict=True)
    try:
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            names = ", ".join(missing)
            raise NotSamples(_("the first line must name the columns %(names)s") % {"names": names})
        for row in reader:
            yield _sample(row, reader.line_num)
    except (csv.Error, UnicodeDecodeError) as error:
        raise NotSamples(_("this is no CSV file in UTF-8: %(error)s") % {"error": error}) from error


def _sample(row: Mapping[str, str | None], line: int) -> Sample:
    text, name, email, label, signals = (row[column] for column in _COLUMNS)
    if None in row or text is None or name is None or label is None or signals is None:
        raise NotSamples(_("line %(line)d has not as many fields as the first") % {"line": line})
    if label not in _LABELS:
        message = _("line %(line)d: the label must be spam or ham, not “%(label)s”")
        raise NotSamples(message % {"line": line, "label": label})
    codes = frozenset(signals.split())
    if unknown := sorted(codes.difference(MEDICAL)):
        message = _("line %(line)d: there is no signal %(names)s")
        raise NotSamples(message % {"line": line, "names": ", ".join(unknown)})
    expected = codes | {SPAM} if label == "spam" else codes
    return Sample(Submission(name=name, text=text, email=email or ""), expected)


def measure(given: Sequence[Sample]) -> dict[str, Figures]:
    """The figures of spam and of each medical signal that is expected or spoke."""
    figures = {code: Figures() for code in (SPAM, *MEDICAL)}
    for sample in given:
        said = _said(sample.submission)
        for code, figure in figures.items():
            figure.right += code in said and code in sample.expected
            figure.wrong += code in said and code not in sample.expected
            figure.missed += code not in said and code in sample.expected
    return {code: each for code, each in figures.items() if each.examples or each.wrong}


def _said(submission: Submission) -> frozenset[str]:
    verdict = score(submission)
    codes = frozenset(reason.code for reason in verdict.reasons)
    return codes | {SPAM} if verdict.is_spam else codes
