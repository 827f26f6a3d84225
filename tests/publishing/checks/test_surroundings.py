"""What the database knows of everything that a document names."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import rendering
from publishing.checks import check
from publishing.checks.surroundings import look_around
from publishing.models import Image
from tests import factories

pytestmark = pytest.mark.django_db

LINKS = (
    "[a](/articles/live/) [b](/articles/draft/) [c](/articles/) [d](/references/berk2008/) "
    "[e](/references/nobody/) [f](/glossary/) [g](/admin/) [h](/nothing/at/all/) "
    "[i](/faq/q/) [j](/)"
)


def around(**fields: Any) -> Any:
    content = factories.article_content("this", **fields)
    return look_around(content, rendering.render_content(content))


def test_addresses_that_readers_can_open_are_told_from_those_they_cannot(editor: User) -> None:
    factories.published(factories.article_content("live"))
    factories.draft(factories.article_content("draft"))
    assert around(body=LINKS).addresses == {
        "/articles/live/",
        "/articles/",
        "/references/berk2008/",
        "/",
    }
    factories.published(factories.glossary_content())
    factories.published(factories.question_content("q"))
    assert around(body=LINKS).addresses >= {"/glossary/", "/faq/q/"}


def test_sources_pictures_and_included_pages_are_known(editor: User) -> None:
    factories.reference()
    Image.objects.create(
        slug="skin", file="skin.png", width=1, height=1, credit="Us", added_by=editor
    )
    factories.published(factories.technique_content())
    known = around(body="x [@berk2008] [@nobody]\n\n![](image:skin)", techniques=("do-nothing",))
    assert known.keys == {"berk2008"}
    assert known.statuses == {"berk2008": "unchecked"}
    assert known.references["berk2008"]["title"] == "Title of berk2008"
    assert known.images == {
        "skin": {"slug": "skin", "alt": "", "decorative": False, "credit": "Us", "licence": ""}
    }
    assert [page["slug"] for page in known.included] == ["do-nothing"]


def test_it_takes_as_many_queries_for_many_names_as_for_one(
    editor: User,
) -> None:
    factories.published(factories.glossary_content())
    factories.published(factories.technique_content())
    factories.published(factories.technique_content("needle"))
    counts = []
    for body, techniques in (
        (
            "x [@berk2008] [a](/articles/a/) [b](/references/a/)\n\n![](image:a)",
            ("do-nothing",),
        ),
        (LINKS + " x [@berk2008; @a; @b]\n\n![](image:a)\n![](image:b)", ("do-nothing", "needle")),
    ):
        content = factories.article_content("this", body=body, techniques=techniques)
        fragments = rendering.render_content(content)
        with CaptureQueriesContext(connection) as queries:
            check(content, fragments)
        counts.append(len(queries))
    assert counts == [6, 6]
