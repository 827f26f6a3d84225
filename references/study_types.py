"""What sort of study a source is: said by an editor, or by PubMed's publication types."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StudyType(TextChoices):
    """Designs as health libraries name them, from syntheses down to single patients."""

    GUIDELINE = "guideline", _("Guideline")
    SYSTEMATIC_REVIEW = "systematic-review", _("Systematic review")
    RANDOMIZED_TRIAL = "randomized-trial", _("Randomised trial")
    TRIAL = "trial", _("Trial without randomisation")
    COHORT = "cohort", _("Cohort study")
    CASE_CONTROL = "case-control", _("Case-control study")
    CROSS_SECTIONAL = "cross-sectional", _("Cross-sectional study")
    CASE_SERIES = "case-series", _("Case series")
    CASE_REPORT = "case-report", _("Case report")
    REVIEW = "review", _("Narrative review")
    LABORATORY = "laboratory", _("Laboratory or animal study")
    OPINION = "opinion", _("Expert opinion")


# The MeSH publication types that say it, the most exact first; others are too broad to tell.
# Source: https://www.nlm.nih.gov/mesh/pubtypes.html
OF_PUBLICATION_TYPES = {
    "Practice Guideline": StudyType.GUIDELINE,
    "Guideline": StudyType.GUIDELINE,
    "Meta-Analysis": StudyType.SYSTEMATIC_REVIEW,
    "Systematic Review": StudyType.SYSTEMATIC_REVIEW,
    "Randomized Controlled Trial": StudyType.RANDOMIZED_TRIAL,
    "Controlled Clinical Trial": StudyType.TRIAL,
    "Clinical Trial": StudyType.TRIAL,
    "Case Reports": StudyType.CASE_REPORT,
    "Review": StudyType.REVIEW,
}


def study_type_of(item: Mapping[str, Any]) -> StudyType | None:
    """The study type of an item: its `custom.study-type`, else what PubMed's types say."""
    custom = item.get("custom")
    if not isinstance(custom, Mapping):
        return None
    stated = custom.get("study-type")
    if stated in StudyType.values:
        return StudyType(stated)
    types = custom.get("publication-types")
    named = types if isinstance(types, list) else []
    return next((kind for name, kind in OF_PUBLICATION_TYPES.items() if name in named), None)


def finding_of(item: Mapping[str, Any]) -> str:
    """What the source found in one plain line, as an editor put it: `custom.finding`."""
    custom = item.get("custom")
    finding = custom.get("finding") if isinstance(custom, Mapping) else ""
    return finding if isinstance(finding, str) else ""
