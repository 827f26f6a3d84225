"""An option as one line of a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.answers import Chip, chip
from articles.content import TechniqueContent
from articles.parts import technique_subject
from publishing.models import Revision


@dataclass(frozen=True)
class Glance:
    """A technique as one line of a list, with the certainty of its evidence."""

    title: str
    slug: str
    verdict: str
    setting: str
    chip: Chip | None
    subject: Mapping[str, str]


def glance(row: Revision, condition: str | None = None) -> Glance:
    """A technique for a list; without a condition, its first assessment."""
    content = TechniqueContent.from_data(row.content, stored=True)
    wanted = [item for item in content.assessments if item.condition == condition]
    found = next(iter(wanted or content.assessments), None)
    return Glance(
        title=row.title,
        slug=row.slug,
        verdict=content.verdict,
        setting=str(content.setting.label),
        chip=chip(found) if found else None,
        subject=technique_subject(content),
    )
