"""What the public pages of this app show: blocks in reading order, from live revisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from articles.answers import BRIEF, Chip, chip
from articles.content import (
    ConditionContent,
    GlossaryContent,
    PlainPageContent,
    TechniqueContent,
)
from articles.parts import CHIP, COMPARE, EVIDENCE, FACTS, TECHNIQUES, technique_subject
from publishing.assembly import Numbering
from publishing.frames import fill
from publishing.machines.graph import SUBJECT
from publishing.models import Revision
from publishing.page_blocks import page_blocks, standing
from publishing.public import ShownRevision, url_of
from publishing.reading import Linked
from references.addresses import address

CONTENTS_MAX = 10


def article_context(shown: ShownRevision) -> dict[str, Any]:
    """Everything that the article template shows, citations numbered in reading order."""
    parts, summary = shown.parts, shown.revision.summary
    numbering = Numbering(shown.around.sources)
    context = {
        "title": shown.title,
        "summary": summary,
        "condition": shown.condition and _crumb(shown.condition),
        "start": numbering.number(parts["start"]),
        "contents": _contents(shown),
        "prose": numbering.number(_prose(shown)),
    }
    # An older renderer has made nothing for machines.
    told = [each[SUBJECT] for each in shown.around.included if SUBJECT in each]
    files = numbering.numbers and fill("articles/_reference_files.html", {"url": shown.url})
    return context | {"reference_files": files or ""} | page_blocks(shown, numbering, told)


def _crumb(condition: Linked) -> SafeString:
    """The condition's place in the way to the page."""
    values = {"url": url_of(condition), "title": condition.title}
    return fill("articles/_crumb.html", values)


def _prose(shown: ShownRevision) -> str:
    """The body with the options in it, the questions, and what ends the article."""
    parts, options = shown.parts, shown.around.included
    condition = parts["condition"]
    comparison = sections = questions = ""
    if options:
        rows = "".join([_row(each, condition) for each in options])
        comparison = _comparison(rows, shown.condition)
        sections = "".join([_section(each, condition) for each in options])
    if shown.around.parts:
        items = [each["item"] for each in shown.around.parts]
        items[0] = items[0].replace("<details", "<details open", 1)
        questions = fill("articles/_questions.html", {"items": SafeString("".join(items))})
    body = parts["body"].replace(COMPARE, comparison).replace(TECHNIQUES, sections)
    return f"{body}{questions}{parts['end']}"


def _comparison(rows: str, condition: Linked | None) -> SafeString:
    """The table of the options, and the way to the page that compares them in full."""
    values = {
        "headings": _headings(),
        "rows": SafeString(rows),
        "compare_url": condition and address("articles:compare", condition.slug),
    }
    return fill("articles/_comparison.html", values)


@cache
def _headings() -> SafeString:
    """The questions over the table, in the language of the site."""
    with override(settings.LANGUAGE_CODE):
        return render_to_string("articles/_comparison_headings.html", {"questions": BRIEF})


def _row(parts: Mapping[str, Any], condition: str) -> str:
    """A technique's row of the comparison, with the certainty of its evidence."""
    chip = parts["chips"].get(condition) or fill("articles/_not_assessed.html", {})
    html: str = parts["row"]
    return html.replace(CHIP, chip)


def _section(parts: Mapping[str, Any], condition: str) -> str:
    """A technique's section of an article, with the evidence for the article's condition."""
    html: str = parts["section"]
    return html.replace(EVIDENCE, parts["evidence"].get(condition, "")).replace(
        FACTS, parts["facts"]
    )


def _contents(shown: ShownRevision) -> SafeString:
    """Links to the second-level headings of the body and what follows it, at most ten."""
    parts, questions = shown.parts, bool(shown.around.parts)
    tail = 1 + questions + parts["has_limits"]
    values = {
        "headings": SafeString("".join(parts["contents"][: CONTENTS_MAX - tail])),
        "questions": questions,
        "limits": parts["has_limits"],
    }
    return fill("articles/_contents.html", values)


def technique_context(shown: ShownRevision) -> dict[str, Any]:
    """A technique with its facts, every assessment, and where it is covered."""
    parts = shown.parts
    numbering = Numbering(shown.around.sources)
    evidence = numbering.number("".join(parts["evidence"].values()))
    facts = numbering.number(parts["facts"])
    return {
        **page_blocks(shown, numbering),
        "evidence": evidence,
        "facts": facts,
        "covered_in": Revision.objects.live()
        .filter(inclusions__page=shown.revision.page_id)
        .order_by("title", "id")
        .for_list(),
    }


def condition_context(shown: ShownRevision) -> dict[str, Any]:
    """A condition: its overview, options at a glance, articles and questions."""
    content = cast(ConditionContent, shown.content)
    numbering = Numbering(shown.around.sources)
    about = list(
        Revision.objects.live()
        .filter(condition=shown.revision.page_id)
        .order_by("kind", "position", "title", "id")
        .only("id", "page_id", "kind", "slug", "title", "summary", "content")
    )
    slug = shown.revision.slug
    options = [glance(row, slug) for row in about if row.kind == "technique"]
    lead_figure = numbering.html(shown.fragments.get("lead_figure"))
    body = numbering.html(shown.fragments.get("body"))
    return {
        **page_blocks(shown, numbering, [each.subject for each in options]),
        "content": content,
        "lead_figure": lead_figure,
        "body": body,
        "options": options,
        "articles": [row for row in about if row.kind == "article"],
        "questions": [row for row in about if row.kind == "question"],
    }


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


def glossary_context(shown: ShownRevision) -> dict[str, Any]:
    """The glossary's introduction and terms, in alphabetical order."""
    content = cast(GlossaryContent, shown.content)
    numbering = Numbering(shown.around.sources)
    introduction = numbering.html(shown.fragments.get("introduction"))
    terms = sorted(enumerate(content.terms), key=lambda item: item[1].term.casefold())
    definitions = [
        (term, numbering.html(shown.fragments.get(f"terms.{number}"))) for number, term in terms
    ]
    return {
        **page_blocks(shown, numbering),
        "introduction": introduction,
        "terms": definitions,
    }


def plain_page_context(shown: ShownRevision) -> dict[str, Any]:
    """A plain page and its sources, if it has any."""
    content = cast(PlainPageContent, shown.content)
    numbering = Numbering(shown.around.sources)
    body = numbering.html(shown.fragments.get("body"))
    blocks = page_blocks(shown, numbering)
    return {**blocks, "content": content, "body": body, "standing": standing(shown)}
