"""What the public page of a question shows."""

from typing import Any

from publishing.assembly import Numbering
from publishing.models import Revision
from publishing.public import ShownRevision, reading_minutes


def question_context(shown: ShownRevision) -> dict[str, Any]:
    """A question, its answer, and the article it belongs to."""
    numbering = Numbering(shown.around.references)
    part_of = shown.revision.part_of_id
    articles = Revision.objects.live().filter(page=part_of).for_list() if part_of else []
    return {
        "page": shown,
        "content": shown.content,
        "answer": numbering.html(shown.fragments.get("answer")),
        "entries": numbering.entries(),
        "articles": articles,
        "related": shown.around.related,
        "minutes": reading_minutes(shown.words),
    }
