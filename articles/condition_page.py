"""What the page of a condition shows: the overview, and the ways on to all that is about it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.content import ConditionContent
from articles.glances import glance
from publishing.assembly import Numbering
from publishing.models import Revision
from publishing.models.revision import RevisionQuerySet
from publishing.page_blocks import page_blocks
from publishing.public import ShownRevision

OPTIONS_SHOWN = 12
ARTICLES_SHOWN = 6
QUESTIONS_SHOWN = 8
OTHERS_SHOWN = 4


def condition_context(shown: ShownRevision) -> dict[str, Any]:
    """A condition: its overview, options at a glance, articles and questions; four queries."""
    content = cast(ConditionContent, shown.content)
    numbering = Numbering(shown.around.sources)
    slug, page_id = shown.revision.slug, shown.revision.page_id
    about = Revision.objects.live().filter(condition=page_id)
    options = about.of_kind("technique").order_by("position", "title", "id")
    articles = about.of_kind("article").order_by("-published_at", "id").for_list()
    questions = about.of_kind("question").by_place().for_list()
    lead_figure = numbering.html(shown.fragments.get("lead_figure"))
    body = numbering.html(shown.fragments.get("body"))
    lists = {
        "options": _some(options.only("id", "slug", "title", "content"), OPTIONS_SHOWN),
        "articles": _some(articles, ARTICLES_SHOWN),
        "questions": _some(questions, QUESTIONS_SHOWN),
    }
    glances = [glance(row, slug) for row in lists["options"][0]]
    return {
        **page_blocks(shown, numbering, [each.subject for each in glances]),
        "content": content,
        "lead_figure": lead_figure,
        "body": body,
        "compare_url": reverse("articles:compare", args=[slug]),
        **{name: rows for name, (rows, _more) in lists.items()},
        "options": glances,
        "more": {name: more for name, (_rows, more) in lists.items()},
        "contents": list(
            _contents(shown.fragments.get("body"), [name for name in lists if lists[name][0]])
        ),
        "others": _others(page_id),
    }


def _some(rows: RevisionQuerySet, most: int) -> tuple[list[Revision], bool]:
    """The first rows, and whether there are more."""
    found = list(rows[: most + 1])
    return found[:most], len(found) > most


def _others(page_id: int) -> list[Revision]:
    conditions = Revision.objects.live().of_kind("condition").exclude(page=page_id)
    return list(conditions.order_by("title", "id").for_list()[:OTHERS_SHOWN])


def _contents(body: Mapping[str, Any] | None, lists: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Where the contents list leads: the headings of the overview, then the lists there are."""
    names = {"options": _("Options at a glance"), "articles": _("Articles")}
    names["questions"] = _("Questions")
    tail = [(each, names[each]) for each in lists]
    for heading in body["headings"] if body else ():
        if heading["level"] == 2:
            yield heading["id"], heading["text"]
    yield from tail
