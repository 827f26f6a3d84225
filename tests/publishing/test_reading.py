"""Reading a public page in one statement, and what would stand around a draft."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Revision
from publishing.public import live_page
from publishing.reading import (
    HISTORY_SHOWN,
    PARTS_APART,
    RELATED_SHOWN,
    Linked,
    around_draft,
    page_document,
)
from tests import factories

pytestmark = pytest.mark.django_db


def joined(revision: Revision) -> dict[str, Any]:
    """What a page joins of another one: its parts but for those that stand apart."""
    assert revision.parts[PARTS_APART]
    return {name: part for name, part in revision.parts.items() if name != PARTS_APART}


def test_a_page_and_all_around_it_takes_one_query() -> None:
    freezing = factories.published(factories.technique_content("freezing"))
    do_nothing = factories.published(factories.technique_content("do-nothing"))
    article = factories.published(
        factories.article_content("removal", techniques=("do-nothing", "freezing"))
    )
    question = factories.published(
        factories.question_content("does-it-hurt", article="removal", order=1)
    )
    other = factories.published(factories.article_content("newborns"))
    with CaptureQueriesContext(connection) as queries:
        page = live_page("article", "removal")
        revision, around = page.revision, page.around
        shown = (revision.title, revision.parts, revision.published_at)
    assert len(queries) == 1
    assert revision == article
    assert shown == (article.title, article.parts, article.published_at)
    assert around.included == [joined(do_nothing), joined(freezing)]
    assert around.parts == [joined(question)]
    assert around.related == [Linked("article", "newborns", other.title, other.summary)]
    assert around.sources == {"berk2008": factories.reference().entry}
    assert around.first_published_at == article.published_at
    assert [(person["slug"], person["role"]) for person in around.people] == [
        ("editor", "author"),
        ("reviewer", "reviewer"),
    ]


def test_a_page_by_itself_has_nothing_around_it() -> None:
    revision = factories.published(factories.plain_page_content("about"))
    page = live_page("page", "about")
    assert page.revision == revision
    around = page.around
    assert around.condition is None
    assert (around.included, around.parts, around.related) == ([], [], [])
    assert around.sources == {}
    assert len(around.history) == 1


@pytest.mark.parametrize("make", [factories.draft, factories.submitted, factories.approved])
def test_what_is_not_live_is_not_read(make: Any) -> None:
    make(factories.article_content("removal"))
    assert page_document("article", "removal") is None


def test_parts_and_included_pages_that_are_not_live_are_left_out() -> None:
    factories.submitted(factories.technique_content("freezing"))
    factories.published(factories.article_content("removal", techniques=("freezing",)))
    factories.submitted(factories.question_content("does-it-hurt", article="removal"))
    factories.submitted(factories.article_content("newborns"))
    around = live_page("article", "removal").around
    assert (around.included, around.parts, around.related) == ([], [], [])


def test_the_history_is_short_newest_first_and_starts_with_the_first_publication() -> None:
    first = factories.published(factories.plain_page_content("about"))
    for number in range(2, HISTORY_SHOWN + 3):
        content = factories.plain_page_content("about", body=f"Version {number}.")
        factories.published(content, change_note=f"Change {number}.")
    factories.submitted(factories.plain_page_content("about", body="Not public yet."))
    around = live_page("page", "about").around
    assert [each["number"] for each in around.history] == [5, 4, 3]
    assert around.first_published_at == first.published_at


def test_few_related_pages_are_shown_the_newest_first() -> None:
    factories.published(factories.article_content("removal"))
    slugs = [f"other-{number}" for number in range(RELATED_SHOWN + 1)]
    for slug in slugs:
        factories.published(factories.article_content(slug))
    around = live_page("article", "removal").around
    assert [each.slug for each in around.related] == slugs[::-1][:RELATED_SHOWN]


def test_a_draft_has_around_it_what_its_page_would_have() -> None:
    factories.reference("unused")
    new = factories.reference("new")
    freezing = factories.published(factories.technique_content("freezing"))
    factories.submitted(factories.technique_content("burning"))
    factories.published(factories.article_content("removal"))
    content = factories.article_content("removal", techniques=("burning", "freezing"))
    page = factories.draft(content)
    question = factories.published(factories.question_content(article="removal"))
    around = around_draft(content, page.pk, ["new", "unknown"])
    assert around.included == [freezing.parts]
    assert around.parts == [question.parts]
    assert around.sources == {"new": new.entry, "berk2008": factories.reference().entry}
    assert (around.people, around.history, around.related) == ([], [], [])
    assert around.first_published_at is None
