"""What the public pages show of a question."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.text import Truncator

from faq.content import QuestionContent
from publishing.assembly import Numbering, marked
from publishing.machines.graph import SUBJECT
from publishing.markdown import Fragment
from publishing.models import Revision
from publishing.page_blocks import page_blocks
from publishing.prose import text_of
from publishing.public import ShownRevision
from publishing.reading import PARTS_APART

EXTRACT_CHARS = 200


class Listed(NamedTuple):
    """A question in a list, with the short answer or how the long one begins."""

    revision: Revision
    extract: str


class Group(NamedTuple):
    """Questions about one condition; no title for those that are about none."""

    title: str
    questions: list[Listed]


def grouped(rows: Iterable[Revision]) -> Iterator[Group]:
    """Questions that follow each other by condition (annotated as `condition_title`)."""
    for title, found in groupby(rows, key=_condition_title):
        yield Group(title, [Listed(row, row.summary or _begins(row)) for row in found])


def _condition_title(row: Revision) -> str:
    return row.condition_title or ""  # type: ignore[attr-defined] # annotated by the view


def _begins(row: Revision) -> str:
    """How the answer begins."""
    answer = row.rendered.get("answer")
    text = text_of(Fragment.from_json(answer) if answer else None)
    return Truncator(" ".join(text.split())).chars(EXTRACT_CHARS)


def question_parts(content: QuestionContent, fragments: Mapping[str, Fragment]) -> dict[str, Any]:
    """The question with its answer, as an article shows it and as machines are told of it."""
    item = {"content": content, "answer": marked(fragments.get("answer"))}
    answer = {"@type": "Answer", "text": text_of(fragments.get("answer"))}
    subject = {"@type": "Question", "name": content.title, "acceptedAnswer": answer}
    return {"item": render_to_string("faq/_item.html", item), PARTS_APART: {SUBJECT: subject}}


def question_context(shown: ShownRevision) -> dict[str, Any]:
    """A question, its answer, and the article it belongs to."""
    numbering = Numbering(shown.around.sources)
    answer = numbering.html(shown.fragments.get("answer"))
    part_of = shown.revision.part_of_id
    articles = Revision.objects.live().filter(page=part_of).for_list() if part_of else []
    return {
        **page_blocks(shown, numbering),
        "content": shown.content,
        "answer": answer,
        "articles": articles,
    }
