"""What the public pages of this app show: blocks in reading order, from live revisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.content import (
    ConditionContent,
    GlossaryContent,
    PlainPageContent,
    TechniqueContent,
)
from articles.parts import COMPARE, EVIDENCE, FACTS, TECHNIQUES, Chip, chip
from publishing.assembly import Numbering, reference_items
from publishing.frames import fill
from publishing.models import Revision
from publishing.public import ShownRevision, reading_minutes, url_of

CONTENTS_MAX = 10


def article_context(shown: ShownRevision) -> dict[str, Any]:
    """Everything that the article template shows, citations numbered in reading order."""
    parts, around = shown.parts, shown.around
    numbering = Numbering(around.references)
    start = numbering.number(parts["start"])
    prose = numbering.number(_prose(shown))
    words = sum(each["words"] for each in (parts, *around.included, *around.parts))
    references = reference_items(numbering.entries())
    summary = shown.revision.summary
    about = {"page": shown, "minutes": reading_minutes(words)}
    return {
        "title": shown.title,
        "summary": summary,
        "standfirst": summary and format_html('<p class="standfirst">{}</p>', summary),
        "condition": _link(shown.condition),
        "trust": render_to_string("publishing/_trust.html", about),
        "start": start,
        "contents": _contents(parts, questions=bool(around.parts)),
        "prose": prose,
        "references": references
        and fill("publishing/_references.html", {"references": references}),
        "about": render_to_string("publishing/_about_page.html", about),
        "related": render_to_string("publishing/_related.html", {"related": around.related}),
    }


def _link(revision: Revision | None) -> SafeString | str:
    """The condition's place in the way to the page; nothing while it is not public."""
    if revision is None:
        return ""
    return format_html('<li><a href="{}">{}</a></li>', url_of(revision), revision.title)


def _prose(shown: ShownRevision) -> str:
    """The body with the options in it, the questions, and what ends the article."""
    parts, around = shown.parts, shown.around
    options = around.included
    condition = parts["condition"]
    rows = "".join(each["rows"].get(condition) or each["rows"][""] for each in options)
    comparison = fill("articles/_comparison.html", {"rows": SafeString(rows)})
    sections = "".join(
        _section(each, each["evidence"].get(condition) or each["evidence"][""]) for each in options
    )
    body = parts["body"].replace(COMPARE, comparison if options else "")
    items = [SafeString(each["item"]) for each in around.parts]
    questions = render_to_string("articles/_questions.html", {"items": items}) if items else ""
    return "".join([body.replace(TECHNIQUES, sections), questions, parts["end"]])


def _section(parts: Mapping[str, Any], evidence: str) -> str:
    """A technique's section of an article, with the evidence for the article's condition."""
    html: str = parts["section"]
    return html.replace(EVIDENCE, evidence).replace(FACTS, parts["facts"])


def _contents(parts: Mapping[str, Any], *, questions: bool) -> SafeString:
    """Links to the second-level headings of the body and what follows it, at most ten."""
    tail = []
    if questions:
        tail.append(("questions", _("Questions and answers")))
    if parts["has_limits"]:
        tail.append(("limits", _("How sure are we?")))
    tail.append(("references", _("References")))
    headings = [(heading["id"], heading["text"]) for heading in parts["headings"]]
    lines = [*headings[: CONTENTS_MAX - len(tail)], *tail]
    html = (f'<li><a href="#{escape(id_)}">{escape(text)}</a></li>' for id_, text in lines)
    return SafeString("".join(html))  # built from escaped parts


def technique_context(shown: ShownRevision) -> dict[str, Any]:
    """A technique with its facts, every assessment, and where it is covered."""
    parts = shown.parts
    numbering = Numbering(shown.around.references)
    evidence = numbering.number(
        "".join(html for condition, html in parts["evidence"].items() if condition)
    )
    return {
        "page": shown,
        "evidence": evidence,
        "facts": numbering.number(parts["facts"]),
        "references": reference_items(numbering.entries()),
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
        "references": reference_items(numbering.entries()),
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
        chip=chip(found) if found else None,
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
        "references": reference_items(numbering.entries()),
    }


def plain_page_context(shown: ShownRevision) -> dict[str, Any]:
    """A plain page and its sources, if it has any."""
    content = cast(PlainPageContent, shown.content)
    numbering = Numbering(shown.around.references)
    return {
        "page": shown,
        "content": content,
        "body": numbering.html(shown.fragments.get("body")),
        "references": reference_items(numbering.entries()),
    }
