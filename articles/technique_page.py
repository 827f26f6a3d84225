"""What the page of a technique shows: how sure we are, then its facts under calm headings."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.pages import CONTENTS_MAX
from publishing.assembly import Numbering
from publishing.models import Revision
from publishing.page_blocks import page_blocks
from publishing.public import ShownRevision
from publishing.reading import PARTS_APART

COVERED_SHOWN = 12
# Headings with the answers under them (articles.answers) in reading order. An answer without a
# label of its own stands first, in plain sentences.
SECTIONS: tuple[tuple[str, Any, tuple[tuple[str, Any], ...]], ...] = (
    ("how", gettext_lazy("How it works"), (("how", ""),)),
    ("who", gettext_lazy("Who does it"), (("who", ""), ("where", gettext_lazy("Where")))),
    (
        "expect",
        gettext_lazy("What to expect"),
        (
            ("sessions", gettext_lazy("Sessions")),
            ("pain", gettext_lazy("Discomfort")),
            ("healing", gettext_lazy("Healing")),
            ("when", gettext_lazy("Time to result")),
        ),
    ),
    ("benefits", gettext_lazy("Benefits"), (("benefits", ""),)),
    (
        "risks",
        gettext_lazy("Risks"),
        (
            ("risks", ""),
            ("darker-skin", gettext_lazy("On darker skin")),
            ("eye", gettext_lazy("Near the eye")),
            ("pregnancy", gettext_lazy("In pregnancy")),
        ),
    ),
    ("not-for", gettext_lazy("Not for"), (("not-for", ""),)),
    ("cost", gettext_lazy("Cost"), (("cost", ""),)),
    ("unknowns", gettext_lazy("What we don’t know"), (("unknowns", ""),)),
)


class Section(NamedTuple):
    """A heading, what stands under it in sentences, and its labelled facts."""

    id: str
    title: str
    lead: SafeString | str
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
    for id_, title, wanted in SECTIONS:
        lead: SafeString | str = ""
        facts = []
        for answer, label in wanted:
            if answer not in answers:
                continue
            html = numbering.number(answers[answer])
            if label:
                facts.append((str(label), html))
            else:
                lead = html
        if lead or facts:
            yield Section(id_, str(title), lead, facts)


def _contents(sections: list[Section], *, covered: bool) -> list[tuple[str, str]]:
    """Where the contents list leads."""
    found = [("evidence", _("How sure are we?"))]
    found += [(each.id, each.title) for each in sections]
    if covered:
        found.append(("covered", _("Articles about this technique")))
    return found[:CONTENTS_MAX]
