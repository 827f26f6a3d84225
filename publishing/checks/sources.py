"""What the sources of a page are: retracted, old, or accounts of others' work."""

import datetime
from collections.abc import Iterator
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from publishing.checks.model import Draft, Finding, Level
from publishing.cited_keys import cited_keys, places_of_keys
from references.entries import Status
from references.study_types import StudyType, study_type_of

OLD_YEARS = 10
SECONDARY_STUDIES = {
    StudyType.GUIDELINE,
    StudyType.SYSTEMATIC_REVIEW,
    StudyType.REVIEW,
    StudyType.OPINION,
}
SECONDARY_TYPES = {
    "book",
    "chapter",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "webpage",
    "post-weblog",
    "article-magazine",
    "article-newspaper",
}


def retracted_sources(draft: Draft) -> Iterator[Finding]:
    """Sources that were retracted."""
    places = places_of_keys(draft.content)
    for citekey in cited_keys(draft.content):
        if draft.surroundings.statuses.get(citekey) == Status.RETRACTED:
            message = _(
                "The source “%(key)s” was retracted. Cite another one, or say why it stays."
            )
            yield Finding(
                code="retracted-source",
                level=Level.BLOCK,
                message=message % {"key": citekey},
                place=places.get(citekey, ""),
                quote=citekey,
            )


def old_sources(draft: Draft) -> Iterator[Finding]:
    """A page whose sources are old at the median."""
    years = [year for item in _items(draft) if (year := _year(item))]
    oldest = datetime.datetime.now(tz=datetime.UTC).year - OLD_YEARS
    if years and median(years) < oldest:
        message = _(
            "Half of the sources are from %(year)s or earlier. See whether newer ones say the same."
        )
        yield Finding(
            code="old-sources", level=Level.WARN, message=message % {"year": int(median(years))}
        )


def secondary_sources(draft: Draft) -> Iterator[Finding]:
    """A page that leans mostly on accounts of others' work."""
    items = _items(draft)
    secondary = [item for item in items if _is_secondary(item)]
    if len(secondary) * 2 > len(items):
        message = _(
            "%(number)s of %(all)s sources tell what others found. Cite the studies themselves "
            "where you can."
        )
        yield Finding(
            code="secondary-sources",
            level=Level.WARN,
            message=message % {"number": len(secondary), "all": len(items)},
        )


def _items(draft: Draft) -> list[Any]:
    references = draft.surroundings.references
    return [references[key] for key in cited_keys(draft.content) if key in references]


def _year(item: Any) -> int:
    parts = item.get("issued", {}).get("date-parts") or [[]]
    return int(parts[0][0]) if parts[0] else 0


def _is_secondary(item: Any) -> bool:
    study = study_type_of(item)
    return study in SECONDARY_STUDIES if study else item.get("type") in SECONDARY_TYPES
