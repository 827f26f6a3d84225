"""What the public page of a question shows."""

from typing import Any

from publishing.assembly import Numbering, references_of
from publishing.models import Revision
from publishing.public import ShownRevision, reading_minutes, related_to, revision_ids


def question_context(shown: ShownRevision) -> dict[str, Any]:
    """A question, its answer, and the article it belongs to."""
    numbering = Numbering(references_of(revision_ids((shown,))))
    part_of = shown.revision.part_of_id
    articles = Revision.objects.live().filter(page=part_of).for_list() if part_of else []
    return {
        "page": shown,
        "content": shown.content,
        "answer": numbering.html(shown.fragments.get("answer")),
        "entries": numbering.entries(),
        "articles": articles,
        "related": related_to(shown),
        "minutes": reading_minutes(shown.words),
    }
