"""What public pages join of articles and techniques, made once, when a revision is made.

Citations stand in it as the markers of `publishing.assembly`, so that a page can number them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.html import format_html

from articles.answers import answers_of, basis, chip, comparison_parts, folds, opening_chip, row
from articles.content import (
    ArticleContent,
    Assessment,
    ConditionContent,
    GlossaryContent,
    TechniqueContent,
)
from publishing.assembly import marked
from publishing.kinds import Findable
from publishing.machines.graph import SUBJECT
from publishing.markdown import Fragment
from publishing.prose import text_of
from publishing.reading import PARTS_APART
from publishing.rendering import image_infos
from references.addresses import address

Fragments = Mapping[str, Fragment]
# Where a page puts what may change without a new revision of the text around it.
COMPARE = "<!--compare-->"
TECHNIQUES = "<!--techniques-->"
CHIP = "<!--chip-->"
EVIDENCE = "<!--evidence-->"
FACTS = "<!--facts-->"


def article_parts(content: ArticleContent, fragments: Fragments) -> dict[str, Any]:
    """What stands before, in and after the body; the headings and sections to list."""
    key_points = [
        marked(fragments.get(f"key_points.{number}")) for number in range(len(content.key_points))
    ]
    start = {
        "content": content,
        "key_points": key_points,
        "safety_notes": marked(fragments.get("safety_notes")),
    }
    limits = marked(fragments.get("limits"))
    end = {
        "content": content,
        "video": _video(content),
        "transcript": marked(fragments.get("transcript")),
        "limits": limits,
    }
    body = fragments.get("body")
    html = marked(fragments.get("lead_figure")) + marked(body)
    return {
        "start": render_to_string("articles/_start.html", start),
        "body": html if TECHNIQUES in html else html + TECHNIQUES,
        "end": render_to_string("articles/_end.html", end),
        "contents": [
            format_html('<li><a href="#{}">{}</a></li>', heading.id, heading.text)
            for heading in (body.headings if body else ())
            if heading.level == 2
        ],
        "has_limits": bool(limits),
        "condition": content.condition or "",
    }


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


def technique_parts(content: TechniqueContent, fragments: Fragments) -> dict[str, Any]:
    """The section of an article, its facts and the row; chips and evidence by condition.

    What only the page that compares needs stands apart, so that articles do not read it.
    """
    answers = dict(answers_of(content, fragments))
    facts = {"how": answers.get("how", ""), "folds": folds(answers)}
    return {
        "section": render_to_string("articles/_technique_section.html", {"content": content}),
        "facts": render_to_string("articles/_facts.html", facts),
        "row": row(content),
        "chips": {each.condition: opening_chip(each) for each in content.assessments},
        "evidence": {
            each.condition: _evidence(each, fragments.get(f"assessments.{number}"))
            for number, each in enumerate(content.assessments)
        },
        SUBJECT: technique_subject(content),
        PARTS_APART: comparison_parts(content, fragments, answers),
    }


def technique_subject(content: TechniqueContent) -> dict[str, str]:
    """What machines are told that a technique is: doing nothing is no procedure."""
    return {
        "@type": "TherapeuticProcedure" if content.invasiveness else "MedicalEntity",
        "name": content.title,
        "url": address("articles:technique_detail", content.slug),
    }


def condition_parts(content: ConditionContent, _fragments: Fragments) -> dict[str, Any]:
    """What machines are told of a condition: its name and its other names."""
    subject: dict[str, Any] = {"@type": "MedicalCondition", "name": content.title}
    if content.also_called:
        subject["alternateName"] = list(content.also_called)
    return {SUBJECT: subject}


def _evidence(assessment: Assessment, fragment: Fragment | None) -> str:
    """An assessment with its basis, and the references that the basis does not cite itself."""
    context = {"chip": chip(assessment), **basis(assessment, fragment)}
    return render_to_string("articles/_evidence.html", context)


def findable_terms(content: GlossaryContent, fragments: Fragments) -> Iterable[Findable]:
    """The terms of a glossary, each at its place."""
    for number, term in enumerate(content.terms):
        yield Findable(
            kind="term",
            anchor=f"term-{term.slug}",
            title=term.term,
            names=term.also,
            summary=text_of(fragments.get(f"terms.{number}")),
            body="",
        )
