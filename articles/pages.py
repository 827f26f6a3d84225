"""What the public pages of this app show: blocks in reading order, from live revisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.core.files.storage import default_storage
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from articles.content import (
    ArticleContent,
    Assessment,
    Certainty,
    ConditionContent,
    GlossaryContent,
    PlainPageContent,
    TechniqueContent,
)
from articles.models import Technique
from publishing.assembly import Numbering, split_slots
from publishing.models import Revision
from publishing.public import ShownRevision, parts_of, reading_minutes
from publishing.rendering import image_infos

CONTENTS_MAX = 10
BARS = {
    Certainty.HIGH: 4,
    Certainty.MODERATE: 3,
    Certainty.LOW: 2,
    Certainty.VERY_LOW: 1,
    Certainty.NONE_FOUND: 0,
}
# The facts of a technique in reading order, under the headings of its section.
FACTS_BEFORE_COST = (
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
)


@dataclass(frozen=True)
class Chip:
    """The certainty of the evidence in words, in bars, and why."""

    label: str
    bars: int
    sentence: str
    basis: SafeString
    citation: SafeString


@dataclass(frozen=True)
class Fact:
    """One labelled fact of a technique."""

    name: str
    label: str
    html: SafeString | str


@dataclass(frozen=True)
class Option:
    """One technique as a row of the comparison and as a section of its own."""

    anchor: str
    title: str
    url: str
    content: TechniqueContent
    chip: Chip | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Segment:
    """A stretch of the body: HTML, or the place of the comparison or the technique sections."""

    name: str
    html: SafeString


@dataclass(frozen=True)
class ContentsLine:
    """One line of the list "On this page"."""

    id: str
    text: str


def article_context(shown: ShownRevision) -> dict[str, Any]:
    """Everything that the article template shows, citations numbered in reading order."""
    content = cast(ArticleContent, shown.content)
    techniques, questions = parts_of(shown)
    numbering = Numbering(shown.around.references)
    fragments = shown.fragments
    key_points = [
        numbering.html(fragments.get(f"key_points.{number}"))
        for number in range(len(content.key_points))
    ]
    safety_notes = numbering.html(fragments.get("safety_notes"))
    lead_figure = numbering.html(fragments.get("lead_figure"))
    segments, options = _body(shown, techniques, numbering)
    answers = [(item, numbering.html(item.fragments.get("answer"))) for item in questions]
    transcript = numbering.html(fragments.get("transcript"))
    limits = numbering.html(fragments.get("limits"))
    words = sum(item.words for item in (shown, *techniques, *questions))
    return {
        "page": shown,
        "content": content,
        "key_points": key_points,
        "safety_notes": safety_notes,
        "lead_figure": lead_figure,
        "segments": segments,
        "options": options,
        "questions": answers,
        "video": _video(content),
        "transcript": transcript,
        "limits": limits,
        "entries": numbering.entries(),
        "contents": _contents(shown, bool(questions), bool(limits)),
        "minutes": reading_minutes(words),
        "related": shown.around.related,
    }


def _body(
    shown: ShownRevision, techniques: list[ShownRevision], numbering: Numbering
) -> tuple[list[Segment], list[Option]]:
    """The body in its stretches, and the options, numbered in the order in which they stand."""
    fragment = shown.fragments.get("body", {"html": "", "clusters": []})
    slots = split_slots(fragment["html"])
    if techniques and not any(name == "techniques" for name, _html in slots):
        slots.append(("techniques", ""))
    segments: list[Segment] = []
    options: list[Option] = []
    for name, html in slots:
        if name == "techniques":
            options = [option(item, shown.content.condition, numbering) for item in techniques]
        part = {"html": html, "clusters": fragment["clusters"]}
        segments.append(Segment(name=name, html=numbering.html(part)))
    return segments, options


def option(shown: ShownRevision, condition: str | None, numbering: Numbering) -> Option:
    """A technique with the assessment for this condition and its facts."""
    content = cast(TechniqueContent, shown.content)
    return Option(
        anchor=f"technique-{shown.revision.slug}",
        title=shown.title,
        url=shown.url,
        content=content,
        chip=_chip(shown, content, condition, numbering),
        facts=tuple(_facts(shown.fragments, content, numbering)),
    )


def _chip(
    shown: ShownRevision, content: TechniqueContent, condition: str | None, numbering: Numbering
) -> Chip | None:
    """The assessment for a condition; the only one there is serves when none is asked for."""
    for number, assessment in enumerate(content.assessments):
        if assessment.condition == condition or len(content.assessments) == 1:
            return _full_chip(shown, number, assessment, numbering)
    return None


def _full_chip(
    shown: ShownRevision, number: int, assessment: Assessment, numbering: Numbering
) -> Chip:
    """An assessment with its basis, and the references that the basis does not cite itself."""
    fragment = shown.fragments.get(f"assessments.{number}")
    clusters = fragment["clusters"] if fragment else []
    cited = {item["key"] for cluster in clusters for item in cluster}
    basis = numbering.html(fragment)
    return chip(
        assessment, basis, numbering.cite(key for key in assessment.references if key not in cited)
    )


def chip(assessment: Assessment, basis: SafeString, citation: SafeString) -> Chip:
    """An assessment as it is shown: words and bars, never colour alone."""
    return Chip(
        label=str(assessment.certainty.label),
        bars=BARS[assessment.certainty],
        sentence=assessment.sentence,
        basis=basis,
        citation=citation,
    )


def _facts(
    fragments: Mapping[str, Any], content: TechniqueContent, numbering: Numbering
) -> Iterable[Fact]:
    """The facts that are known, in reading order; the cost band before what is not known."""
    language = get_language()
    for name in FACTS_BEFORE_COST:
        if name in fragments:
            yield Fact(name, _label(name, language), numbering.html(fragments[name]))
    yield Fact("cost_band", _label("cost_band", language), str(content.cost_band.label))
    if "unknowns" in fragments:
        label = _label("unknowns", language)
        yield Fact("unknowns", label, numbering.html(fragments["unknowns"]))


LABELS = {
    "near_eye_note": _lazy("Near the eye"),
    "pregnancy_note": _lazy("In pregnancy"),
}


@cache
def _label(name: str, language: str) -> str:  # noqa: ARG001 - the label differs by language
    """A fact's label: the name of its field in the form, capitalised."""
    if name in LABELS:
        return str(LABELS[name])
    return capfirst(str(getattr(Technique._meta.get_field(name), "verbose_name", name)))


def _video(content: ArticleContent) -> dict[str, Any] | None:
    """Addresses of the video's files."""
    video = content.video
    if video is None:
        return None
    posters = image_infos({video.poster} if video.poster else set())
    poster = posters.get(video.poster or "")
    return {
        "url": default_storage.url(video.file),
        "captions": default_storage.url(video.captions),
        "poster": poster.url if poster else "",
    }


def _contents(shown: ShownRevision, questions: bool, limits: bool) -> list[ContentsLine]:
    """The second-level headings of the body and what follows it, at most ten."""
    headings = shown.fragments.get("body", {}).get("headings", [])
    tail = []
    if questions:
        tail.append(ContentsLine("questions", _("Questions and answers")))
    if limits:
        tail.append(ContentsLine("limits", _("How sure are we?")))
    tail.append(ContentsLine("references", _("References")))
    lines = [ContentsLine(item["id"], item["text"]) for item in headings if item["level"] == 2]
    return lines[: CONTENTS_MAX - len(tail)] + tail


def technique_context(shown: ShownRevision) -> dict[str, Any]:
    """A technique with its facts, every assessment, and where it is covered."""
    content = cast(TechniqueContent, shown.content)
    numbering = Numbering(shown.around.references)
    chips = [
        _full_chip(shown, number, assessment, numbering)
        for number, assessment in enumerate(content.assessments)
    ]
    return {
        "page": shown,
        "content": content,
        "chips": chips,
        "facts": list(_facts(shown.fragments, content, numbering)),
        "entries": numbering.entries(),
        "minutes": reading_minutes(shown.words),
        "covered_in": Revision.objects.live()
        .filter(inclusions__page=shown.revision.page_id)
        .order_by("title", "id")
        .for_list(),
    }


def condition_context(shown: ShownRevision) -> dict[str, Any]:
    """A condition: its overview, options at a glance, articles and questions."""
    content = cast(ConditionContent, shown.content)
    numbering = Numbering(shown.around.references)
    about = list(
        Revision.objects.live()
        .filter(condition=shown.revision.page_id)
        .order_by("kind", "position", "title", "id")
        .only("id", "page_id", "kind", "slug", "title", "summary", "content")
    )
    slug = shown.revision.slug
    return {
        "page": shown,
        "content": content,
        "lead_figure": numbering.html(shown.fragments.get("lead_figure")),
        "body": numbering.html(shown.fragments.get("body")),
        "options": [glance(row, slug) for row in about if row.kind == "technique"],
        "articles": [row for row in about if row.kind == "article"],
        "questions": [row for row in about if row.kind == "question"],
        "entries": numbering.entries(),
        "minutes": reading_minutes(shown.words),
    }


@dataclass(frozen=True)
class Glance:
    """A technique as one line of a list, with the certainty of its evidence."""

    title: str
    slug: str
    verdict: str
    setting: str
    chip: Chip | None


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
        chip=chip(found, SafeString(""), SafeString("")) if found else None,
    )


def glossary_context(shown: ShownRevision) -> dict[str, Any]:
    """The glossary's introduction and terms, in alphabetical order."""
    content = cast(GlossaryContent, shown.content)
    numbering = Numbering(shown.around.references)
    introduction = numbering.html(shown.fragments.get("introduction"))
    terms = sorted(enumerate(content.terms), key=lambda item: item[1].term.casefold())
    return {
        "page": shown,
        "content": content,
        "introduction": introduction,
        "terms": [
            (term, numbering.html(shown.fragments.get(f"terms.{number}"))) for number, term in terms
        ],
        "entries": numbering.entries(),
    }


def plain_page_context(shown: ShownRevision) -> dict[str, Any]:
    """A plain page and its sources, if it has any."""
    content = cast(PlainPageContent, shown.content)
    numbering = Numbering(shown.around.references)
    return {
        "page": shown,
        "content": content,
        "body": numbering.html(shown.fragments.get("body")),
        "entries": numbering.entries(),
    }
