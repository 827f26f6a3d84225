"""From a document to HTML, once; and again when the renderer has changed."""

from io import StringIO

import pytest
from django.core.management import call_command

from publishing import rendering
from publishing.models import Revision
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_term_is_explained_once_over_all_blocks() -> None:
    factories.published(factories.glossary_content())
    content = factories.article_content(
        key_points=("Keratin is tough.",), body="Keratin again.", limits="Keratin once more."
    )
    fragments = rendering.render_content(content)
    assert [name for name, item in fragments.items() if "term-button" in item.html] == [
        "key_points.0"
    ]


def test_a_glossary_does_not_explain_its_own_terms() -> None:
    factories.published(factories.glossary_content())
    content = factories.glossary_content(introduction="About keratin.")
    assert "term-button" not in rendering.render_content(content)["introduction"].html


def test_rerendering_reaches_old_revisions_and_keeps_heading_ids_and_signature() -> None:
    revision = factories.published(factories.article_content(body="## A heading {#kept}\n\nx"))
    sha256 = revision.sha256
    rendered = dict(revision.rendered)
    Revision.objects.filter(pk=revision.pk).update(
        rendered={**rendered, "body": {**rendered["body"], "html": "old"}}, renderer_version=0
    )
    out = StringIO()
    call_command("rerender", stdout=out)
    assert out.getvalue() == "rendered: 1\n"
    revision.refresh_from_db()
    assert revision.rendered == rendered
    assert revision.sha256 == sha256


def test_rerendering_leaves_what_is_new_alone_unless_asked() -> None:
    factories.published(factories.article_content())
    for options, number in (({}, 0), ({"all": True}, Revision.objects.count())):
        out = StringIO()
        call_command("rerender", stdout=out, **options)
        assert out.getvalue() == f"rendered: {number}\n"
