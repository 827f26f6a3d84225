"""Content documents of articles, techniques, conditions, glossaries and plain pages."""

import datetime
from typing import Annotated, ClassVar, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints, model_validator

from publishing.content import (
    BareCitation,
    Citekey,
    Document,
    InlineMarkdown,
    Line,
    Markdown,
    MarkdownBlock,
    PageContent,
    Slug,
    Title,
)

MAX_ITEMS = 200
KeyPoint = Annotated[InlineMarkdown, StringConstraints(min_length=1)]
# A semicolon separates other forms in the glossary's form.
OtherForm = Annotated[Title, StringConstraints(pattern=r"^[^;]+$")]
MAX_OTHER_FORMS = 500  # characters, with the semicolons between them
FileName = Annotated[Line, StringConstraints(min_length=1, max_length=100)]


class SafetyLevel(TextChoices):
    """How soon a reader should act; after the NHS service manual's care cards."""

    NONE = "", _("No safety card")
    NON_URGENT = "non-urgent", _("Non-urgent advice")
    URGENT = "urgent", _("Urgent advice")
    EMERGENCY = "emergency", _("Immediate action required")


class Setting(TextChoices):
    """Where a technique is carried out."""

    HOME = "home", _("At home")
    CLINIC = "clinic", _("In a clinic")
    EITHER = "either", _("At home or in a clinic")


class CostBand(TextChoices):
    """A rough price band; an editorial judgement, not a quote."""

    LOW = "low", _("Low")
    LOW_TO_MEDIUM = "low-to-medium", _("Low to medium")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Suitability(TextChoices):
    """Whether a technique may be used near the eye, or in pregnancy."""

    SUITABLE = "suitable", _("Suitable")
    SPECIALIST = "specialist", _("Specialist only")
    ASK_FIRST = "ask-first", _("Ask a clinician first")
    AVOID = "avoid", _("Avoid")
    NO_DATA = "no-data", _("No good data")


class Certainty(TextChoices):
    """GRADE certainty of evidence (Balshem et al 2011), plus "none found"."""

    HIGH = "high", _("High certainty")
    MODERATE = "moderate", _("Moderate certainty")
    LOW = "low", _("Low certainty")
    VERY_LOW = "very-low", _("Very low certainty")
    NONE_FOUND = "none-found", _("No evidence found")


def lead_figure(slug: str | None) -> MarkdownBlock:
    """The lead picture as a block of its own, so that it is rendered like every figure."""
    text = f"![](image:{slug})" if slug else ""
    return MarkdownBlock(name="lead_figure", text=text, leads=True)


class Video(Document):
    """A self-hosted video: names of uploaded files, and the transcript."""

    file: FileName
    poster: Slug | None = None
    captions: FileName
    transcript: Annotated[Markdown, StringConstraints(min_length=1)]


class ArticleContent(PageContent):
    """An article, in reading order (standfirst, key points, safety, body, limits)."""

    kind: ClassVar[str] = "article"
    body_field: ClassVar[str] = "body"

    standfirst: Line = ""
    key_points: Annotated[tuple[KeyPoint, ...], Field(max_length=10)] = ()
    adults_only: bool = False
    safety_level: SafetyLevel = SafetyLevel.NONE
    safety_heading: Annotated[Line, StringConstraints(max_length=200)] = ""
    safety_notes: Markdown = ""
    lead_image: Slug | None = None
    body: Markdown = ""
    techniques: Annotated[tuple[Slug, ...], Field(max_length=MAX_ITEMS)] = ()
    video: Video | None = None
    limits: Markdown = ""
    searched_on: datetime.date | None = None

    @model_validator(mode="after")
    def _no_technique_twice(self) -> Self:
        if len(set(self.techniques)) != len(self.techniques):
            raise ValueError(_("A technique is listed twice."))
        return self

    @model_validator(mode="after")
    def _safety_card_is_whole(self) -> Self:
        if bool(self.safety_level) != bool(self.safety_notes):
            raise ValueError(_("A safety card needs its level and its text together."))
        return self

    @property
    def summary(self) -> str:
        return self.standfirst

    @property
    def includes(self) -> tuple[Slug, ...]:
        return self.techniques

    def markdown_blocks(self) -> tuple[MarkdownBlock, ...]:
        key_points = (
            MarkdownBlock(name=f"key_points.{number}", text=text, inline=True)
            for number, text in enumerate(self.key_points)
        )
        transcript = self.video.transcript if self.video else ""
        return (
            *key_points,
            MarkdownBlock(name="safety_notes", text=self.safety_notes, prefix="safety-"),
            lead_figure(self.lead_image),
            MarkdownBlock(name="body", text=self.body),
            MarkdownBlock(name="transcript", text=transcript, prefix="transcript-"),
            MarkdownBlock(name="limits", text=self.limits, prefix="limits-"),
        )


class Assessment(Document):
    """How sure the evidence lets us be about one technique for one condition."""

    condition: Slug
    certainty: Certainty
    basis: InlineMarkdown
    references: tuple[Citekey, ...] = ()
    sentence: Line

    @model_validator(mode="before")
    @classmethod
    def _sort_references(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("references"), list | tuple):
            return {**data, "references": tuple(sorted(set(data["references"])))}
        return data


# Facts of a technique that are Markdown, in the order in which every page shows them.
TECHNIQUE_TEXTS = (
    "how_it_works",
    "who_does_it",
    "sessions",
    "time_to_result",
    "downtime",
    "discomfort",
    "benefits",
    "common_risks",
    "serious_risks",
    "darker_skin",
    "near_eye_note",
    "pregnancy_note",
    "not_for",
    "unknowns",
)


class TechniqueContent(PageContent):
    """A treatment option, "do nothing" included, with its assessments."""

    kind: ClassVar[str] = "technique"
    body_field: ClassVar[str] = "how_it_works"

    verdict: Line = ""
    # 0 is doing nothing; options are shown by how invasive they are, never ranked.
    invasiveness: Annotated[int, Field(ge=0, le=1000)] = 0
    setting: Setting = Setting.CLINIC
    how_it_works: Markdown = ""
    who_does_it: Markdown = ""
    sessions: Markdown = ""
    time_to_result: Markdown = ""
    downtime: Markdown = ""
    discomfort: Markdown = ""
    benefits: Markdown = ""
    common_risks: Markdown = ""
    serious_risks: Markdown = ""
    darker_skin: Markdown = ""
    near_eye: Suitability = Suitability.NO_DATA
    near_eye_note: Markdown = ""
    pregnancy: Suitability = Suitability.NO_DATA
    pregnancy_note: Markdown = ""
    cost_band: CostBand = CostBand.MEDIUM
    not_for: Markdown = ""
    unknowns: Markdown = ""
    assessments: Annotated[tuple[Assessment, ...], Field(max_length=MAX_ITEMS)] = ()

    @model_validator(mode="after")
    def _one_assessment_per_condition(self) -> Self:
        conditions = [assessment.condition for assessment in self.assessments]
        if len(set(conditions)) != len(conditions):
            raise ValueError(_("A condition is assessed twice."))
        return self

    @property
    def summary(self) -> str:
        return self.verdict

    @property
    def position(self) -> int:
        return self.invasiveness

    def bare_citations(self) -> tuple[BareCitation, ...]:
        return tuple(BareCitation(each.sentence, each.references) for each in self.assessments)

    def markdown_blocks(self) -> tuple[MarkdownBlock, ...]:
        prefix = f"t-{self.slug}-"
        texts = (
            MarkdownBlock(name=name, text=getattr(self, name), prefix=prefix)
            for name in TECHNIQUE_TEXTS
        )
        bases = (
            MarkdownBlock(
                name=f"assessments.{number}", text=assessment.basis, inline=True, prefix=prefix
            )
            for number, assessment in enumerate(self.assessments)
        )
        return (*bases, *texts)


class ConditionContent(PageContent):
    """What is treated: its names and an overview."""

    kind: ClassVar[str] = "condition"
    body_field: ClassVar[str] = "body"

    also_called: Annotated[tuple[Title, ...], Field(max_length=MAX_ITEMS)] = ()
    overview: Line = ""
    lead_image: Slug | None = None
    body: Markdown = ""

    @property
    def summary(self) -> str:
        return self.overview

    @property
    def names(self) -> tuple[str, ...]:
        return self.also_called

    def markdown_blocks(self) -> tuple[MarkdownBlock, ...]:
        return (lead_figure(self.lead_image), MarkdownBlock(name="body", text=self.body))


class Term(Document):
    """One glossary entry; `also` are other forms that a text may use, such as a plural."""

    slug: Slug
    term: Title
    also: Annotated[tuple[OtherForm, ...], Field(max_length=20)] = ()
    definition: Annotated[InlineMarkdown, StringConstraints(min_length=1)]

    @model_validator(mode="after")
    def _other_forms_fit(self) -> Self:
        if len("; ".join(self.also)) > MAX_OTHER_FORMS:
            raise ValueError(_("The other forms of a term have 500 characters in all at most."))
        return self


class GlossaryContent(PageContent):
    """A list of terms and what they mean."""

    kind: ClassVar[str] = "glossary"
    body_field: ClassVar[str] = "introduction"

    introduction: Markdown = ""
    terms: Annotated[tuple[Term, ...], Field(max_length=2000)] = ()

    @model_validator(mode="after")
    def _no_term_twice(self) -> Self:
        slugs = [term.slug for term in self.terms]
        if len(set(slugs)) != len(slugs):
            raise ValueError(_("A term is listed twice."))
        return self

    @property
    def defines(self) -> tuple[Slug, ...]:
        return tuple(term.slug for term in self.terms)

    def markdown_blocks(self) -> tuple[MarkdownBlock, ...]:
        definitions = (
            MarkdownBlock(name=f"terms.{number}", text=term.definition, inline=True)
            for number, term in enumerate(self.terms)
        )
        return (MarkdownBlock(name="introduction", text=self.introduction), *definitions)


class PlainPageContent(PageContent):
    """A page such as "About us", the editorial policy or the privacy statement."""

    kind: ClassVar[str] = "page"
    body_field: ClassVar[str] = "body"

    lead: Annotated[Line, StringConstraints(max_length=300)] = ""
    body: Markdown = ""

    @property
    def summary(self) -> str:
        return self.lead

    def markdown_blocks(self) -> tuple[MarkdownBlock, ...]:
        return (MarkdownBlock(name="body", text=self.body),)
