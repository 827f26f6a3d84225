"""What the page of a technique shows: how sure we are, then its facts under calm headings."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.answers import CERTAINTY, LABELS
from publishing.assembly import Numbering
from publishing.models import Revision
from publishing.page_blocks import page_blocks
from publishing.public import ShownRevision
from publishing.reading import PARTS_APART

COVERED_SHOWN = 12
# Headings with the answers under them (articles.answers) in reading order: first the one that says
# what the heading promises, in plain sentences, then those with a label of their own.
SECTIONS: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
    ("how", LABELS["how"], "how", ()),
    ("who", LABELS["who"], "who", ("where",)),
    ("expect", gettext_lazy("What to expect"), "", ("sessions", "pain", "healing", "when")),
    ("benefits", LABELS["benefits"], "benefits", ()),
    ("risks", LABELS["risks"], "risks", ("darker-skin", "eye", "pregnancy")),
    ("not-for", LABELS["not-for"], "not-for", ()),
    ("cost", LABELS["cost"], "cost", ()),
    ("unknowns", LABELS["unknowns"], "unknowns", ()),
)


class Section(NamedTuple):
    """A heading, what stands under it in sentences, and its labelled facts."""

    id: str
    title: str
    lead: SafeString
    facts: list[tuple[str, SafeString]]


class Evidence(NamedTuple):
    """How sure we are of the technique for one condition; no title where that is not public."""

    condition: str
    html: SafeString


def technique_context(shown: ShownRevision) -> dict[str, Any]:
    """A technique with every assessment, its facts, and where it is covered; two queries."""
    parts, condition = shown.parts, shown.condition
    numbering = Numbering(shown.around.sources)
    evidence = list(_evidence(shown, numbering))
    answers: Mapping[str, str] = (parts.get(PARTS_APART) or {}).get("answers", {})
    sections = list(_sections(answers, numbering))
    covered = Revision.objects.live().filter(inclusions__page=shown.revision.page_id)
    covered_in = list(covered.order_by("title", "id").for_list()[:COVERED_SHOWN])
    return {
        "sureness": LABELS[CERTAINTY],
        "evidence": evidence,
        "sections": sections,
        "facts": "" if sections else numbering.number(parts["facts"]),
        "covered_in": covered_in,
        "compare_url": condition and reverse("articles:compare", args=[condition.slug]),
        "contents": _contents(sections, covered=bool(covered_in)),
        **page_blocks(shown, numbering),
    }


def _evidence(shown: ShownRevision, numbering: Numbering) -> Iterator[Evidence]:
    """Each assessment, that for the technique's own condition first."""
    assessed: Mapping[str, str] = shown.parts["evidence"]
    own = shown.condition.slug if shown.condition else ""
    conditions = Revision.objects.live().filter(kind="condition", slug__in=list(assessed))
    titles = dict(conditions.values_list("slug", "title"))
    for slug in sorted(assessed, key=lambda each: (each != own, titles.get(each, ""), each)):
        yield Evidence(titles.get(slug, ""), numbering.number(assessed[slug]))


def _sections(answers: Mapping[str, str], numbering: Numbering) -> Iterator[Section]:
    """The headings that have something under them, citations numbered in reading order."""
    for id_, title, first, labelled in SECTIONS:
        lead = numbering.number(answers.get(first, ""))
        facts = [
            (str(LABELS[answer]), numbering.number(answers[answer]))
            for answer in labelled
            if answer in answers
        ]
        if lead or facts:
            yield Section(id_, str(title), lead, facts)


def _contents(sections: list[Section], *, covered: bool) -> list[tuple[str, str]]:
    """Where the contents list leads."""
    found = [("evidence", str(LABELS[CERTAINTY]))]
    found += [(each.id, each.title) for each in sections]
    if covered:
        found.append(("covered", _("Articles about this technique")))
    return found
