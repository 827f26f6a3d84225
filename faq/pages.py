"""What the public pages show of a question."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from faq.content import QuestionContent
from publishing.assembly import Numbering, marked, reference_items
from publishing.markdown import Fragment
from publishing.models import Revision
from publishing.public import ShownRevision, reading_minutes


def question_parts(content: QuestionContent, fragments: Mapping[str, Fragment]) -> dict[str, Any]:
    """The question with its answer, as an article shows it."""
    item = {"content": content, "answer": marked(fragments.get("answer"))}
    return {"item": render_to_string("faq/_item.html", item)}


def question_context(shown: ShownRevision) -> dict[str, Any]:
    """A question, its answer, and the article it belongs to."""
    numbering = Numbering(shown.around.references)
    part_of = shown.revision.part_of_id
    articles = Revision.objects.live().filter(page=part_of).for_list() if part_of else []
    return {
        "page": shown,
        "content": shown.content,
        "answer": numbering.html(shown.fragments.get("answer")),
        "references": reference_items(numbering.entries()),
        "articles": articles,
        "related": shown.around.related,
        "minutes": reading_minutes(shown.words),
    }
