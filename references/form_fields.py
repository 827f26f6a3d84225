"""How names, dates and other variables look in a form, and how they are read from there."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_USED_TYPES = {
    "article-journal": gettext_lazy("Journal article"),
    "webpage": gettext_lazy("Web page"),
    "chapter": gettext_lazy("Chapter of a book"),
    "book": gettext_lazy("Book"),
    "report": gettext_lazy("Report or guideline"),
    "article": gettext_lazy("Preprint"),
    "paper-conference": gettext_lazy("Conference paper"),
    "thesis": gettext_lazy("Thesis"),
    "dataset": gettext_lazy("Data set"),
    "motion_picture": gettext_lazy("Video"),
    "document": gettext_lazy("Drug label or other document"),
    "legislation": gettext_lazy("Law"),
}


def names_from_lines(text: str) -> list[dict[str, str]]:
    """CSL names from lines "Family, Given", "Family, Given, Suffix", "Group" or "{Group, Inc}"."""
    names = (_name(line.strip()) for line in text.splitlines() if line.strip())
    return [name for name in names if name]


def _name(line: str) -> dict[str, str]:
    if line.startswith("{"):
        line = line[1:].removesuffix("}").strip()
        return {"literal": line} if line else {}
    if "," not in line:
        return {"literal": line}
    parts = [part.strip() for part in line.split(",", 2)]
    name = dict(zip(("family", "given", "suffix"), parts, strict=False))
    return {part: words for part, words in name.items() if words}


def names_to_lines(names: Sequence[Mapping[str, Any]]) -> str:
    """The lines for CSL names; a name with more parts than lines can hold comes back different."""
    return "\n".join(_line(name) for name in names)


def _line(name: Mapping[str, Any]) -> str:
    if literal := name.get("literal"):
        return f"{{{literal}}}" if "," in literal or literal.startswith("{") else str(literal)
    parts = [str(name.get(part) or "") for part in ("family", "given", "suffix")]
    return ", ".join(parts if parts[2] else parts[:2])


def numbers_to_date(*numbers: int | None) -> dict[str, list[list[int]]]:
    """A CSL date of year, month and day as far as they are known; nothing without a year."""
    known: list[int] = []
    for number in numbers:
        if number is None:
            break
        known.append(number)
    return {"date-parts": [known]} if known else {}


def date_to_numbers(date: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Year, month and day of a CSL date that has nothing else, such as a season or an end."""
    if not date or set(date) != {"date-parts"} or len(date["date-parts"]) != 1:
        return ()
    return tuple(date["date-parts"][0])


def json_object(text: str) -> dict[str, Any]:
    """The JSON object in the text; empty text is an empty object.

    Raises:
        ValidationError: the text is something else; it says where the fault is.
    """
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValidationError(
            _("This is not JSON: line %(line)d, column %(column)d.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except RecursionError as error:
        raise ValidationError(_("This JSON is nested too deeply.")) from error
    except ValueError as error:
        raise ValidationError(_("This JSON has a number that is too long.")) from error
    if not isinstance(value, dict):
        raise ValidationError(_("This must be a JSON object: {…}."))
    return value
