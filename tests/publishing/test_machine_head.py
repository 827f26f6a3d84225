"""What the head of a page tells machines is what its body shows readers."""

import datetime
import json
import re
from typing import Any

import pytest
from django.conf import settings

from publishing.machines.graph import graph
from publishing.models import Contributor, Revision
from publishing.public import ShownRevision, live_page
from references.entries import Status
from references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db


def html_of(client: Any, address: str) -> str:
    text: str = client.get(address).content.decode()
    return text


def nodes(html: str) -> dict[str, Any]:
    """The nodes of the page's one graph, by type."""
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {node["@type"]: node for node in json.loads(script)["@graph"]}


def test_the_graph_of_an_article_says_what_the_page_shows(client: Any) -> None:
    revision = factories.published(factories.article_content())
    html = html_of(client, "/articles/removal/")
    found = nodes(html)
    page, article = found["MedicalWebPage"], found["Article"]
    assert f'<h1 dir="auto">{article["headline"]}</h1>' in html
    assert f'<p class="standfirst" dir="auto">{article["description"]}</p>' in html
    assert [each["name"] for each in article.get("author", [])] == [
        person.name for person in live_page("article", "removal").byline
    ]
    assert [each["url"].rsplit("/", 2)[1] for each in article["citation"]] == re.findall(
        r'<li id="ref-([^"]+)"', html
    )
    assert article["about"]["name"] == "Milia"
    assert [step["name"] for step in page["breadcrumb"]["itemListElement"]] == [
        "Skin",
        "Milia",
        "Removal",
    ]
    assert revision.published_at is not None
    assert page["datePublished"] == revision.published_at.isoformat()
    assert "lastReviewed" not in article
    assert page["reviewedBy"]["name"] in html


def test_a_review_is_told_only_while_it_counts() -> None:
    revision = factories.published(factories.article_content())
    shown = live_page("article", "removal")
    assert {"lastReviewed", "reviewedBy"} <= set(graph(shown, [])[0])
    changed = live_page("article", "removal")
    changed.revision.sha256 = "0" * 64
    expired = live_page("article", "removal")
    for row in expired.around.people:
        if row["expires_at"]:
            row["expires_at"] -= datetime.timedelta(days=400)
    assert expired.review is not None
    Contributor.objects.filter(contributions__revision=revision).update(demo=True)
    demo = live_page("article", "removal")
    for other in (changed, expired, demo):
        assert not {"lastReviewed", "reviewedBy"} & set(graph(other, [])[0])


def test_a_retracted_source_says_so() -> None:
    factories.published(factories.article_content())
    Reference.objects.update(status=Status.RETRACTED)
    (citation,) = graph(live_page("article", "removal"), ["berk2008"])[1]["citation"]
    assert citation["creativeWorkStatus"] == "Retracted"


def test_a_title_cannot_end_the_graph(client: Any) -> None:
    factories.published(factories.plain_page_content(title="</script><b>&"))
    assert nodes(html_of(client, "/about/"))["WebPage"]["name"] == "</script><b>&"


def test_conditions_techniques_and_questions_say_what_they_are(client: Any) -> None:
    factories.published(factories.technique_content())
    factories.published(factories.question_content())
    technique = nodes(html_of(client, "/techniques/do-nothing/"))
    assert technique["TherapeuticProcedure"]["name"] == "Do nothing"
    condition = nodes(html_of(client, "/conditions/milia/"))
    assert condition["MedicalCondition"]["name"] == "Milia"
    assert set(nodes(html_of(client, "/faq/what-are-milia/"))) == {"MedicalWebPage"}


def test_an_article_names_its_documents_and_itself_for_reference_managers(client: Any) -> None:
    factories.published(factories.article_content())
    html = html_of(client, "/articles/removal/")
    assert 'type="text/markdown" href="/articles/removal.md"' in html
    assert 'type="application/json" href="/articles/removal.json"' in html
    assert '<meta property="og:title" content="Removal">' in html
    assert '<meta name="citation_title" content="Removal">' in html
    url = f"{settings.SITE_URL}/articles/removal/"
    assert f'<meta name="citation_public_url" content="{url}">' in html


def test_a_text_that_is_not_live_tells_machines_nothing() -> None:
    revision = factories.submitted(factories.article_content())
    assert revision.state != Revision.State.LIVE
    context = ShownRevision(revision).kind.context(ShownRevision(revision))
    assert context["machine_head"] == ""
