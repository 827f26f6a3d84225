"""What the head of a page tells machines is what its body shows readers."""

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings

from articles.content import Assessment, Certainty, Term
from publishing.content import Credit
from publishing.machines.graph import graph
from publishing.models import Contributor, Image, Page, Revision, SignOff
from publishing.public import ShownRevision, live_page
from references.entries import Status
from references.models import Reference
from tests import factories, schema_org

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
CRUMBS = re.compile(r'<nav class="breadcrumb".*?</nav>', re.DOTALL)
CRUMB = re.compile(r'<li(?: aria-current="page")?[^>]*>(?:<a href="([^"]*)"[^>]*>|<bdi>)?([^<]*)')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
PART_OF = {"@type": "WebSite", "name": settings.SITE_NAME, "url": f"{SITE}/"}
MILIA = {
    "@type": "MedicalCondition",
    "@id": f"{SITE}/conditions/milia/#subject",
    "name": "Milia",
    "url": f"{SITE}/conditions/milia/",
}
BERK = {
    "@type": "ScholarlyArticle",
    "name": "Title of berk2008",
    "url": f"{SITE}/references/berk2008/",
    "sameAs": "https://doi.org/10.1016/j.jaad.2008.07.034",
}
JO = {"@type": "Person", "name": "Jo Writer", "url": f"{SITE}/contributors/jo/"}
ANNE = {"@type": "Person", "name": "Anne Reviewer", "url": f"{SITE}/contributors/anne/"}


@pytest.fixture
def people(db: None) -> None:
    """A writer who can be credited, and the reviewer's public name."""
    Contributor.objects.create(slug="jo", name="Jo Writer", credentials="MSc")
    reviewer = factories.ReviewerFactory.create()
    Contributor.objects.filter(user=reviewer).update(slug="anne", name="Anne Reviewer")
    factories.reference(DOI="10.1016/j.jaad.2008.07.034")


def html_of(client: Any, address: str) -> str:
    text: str = client.get(address).content.decode()
    return text


def steps(*ways: tuple[str, str]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": {"@id": SITE + url}}
        for place, (name, url) in enumerate(ways, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def dates(first: Revision, last: Revision) -> dict[str, str]:
    """The page's dates, and those of its review."""
    assert first.published_at is not None
    assert last.published_at is not None
    review = SignOff.objects.get(contribution__revision=last)
    return {
        "datePublished": first.published_at.isoformat(),
        "dateModified": last.published_at.isoformat(),
        "lastReviewed": review.signed_at.date().isoformat(),
    }


def needle() -> Any:
    assessed = Assessment(
        condition="milia", certainty=Certainty.LOW, basis="One [@berk2008].", sentence="Few."
    )
    return factories.technique_content("needle", invasiveness=10, assessments=(assessed,))


def page_node(kind: str, url: str, name: str, description: str, **more: Any) -> dict[str, Any]:
    return {
        "@type": kind,
        "@id": SITE + url,
        "url": SITE + url,
        "name": name,
        "description": description,
        "inLanguage": "en-gb",
        "isPartOf": PART_OF,
        **more,
    }


STANDFIRST = "Milia are harmless and may be left alone."
ARTICLE_NODE = {
    "@type": "Article",
    "@id": f"{SITE}/articles/removal/#article",
    "mainEntityOfPage": {"@id": f"{SITE}/articles/removal/"},
    "headline": "Removal",
    "description": STANDFIRST,
    "author": [JO],
    "about": MILIA,
    "mentions": [
        {
            "@type": kind,
            "@id": f"{SITE}/techniques/{slug}/#subject",
            "name": name,
            "url": f"{SITE}/techniques/{slug}/",
        }
        for kind, slug, name in (
            ("MedicalEntity", "do-nothing", "Do nothing"),
            ("TherapeuticProcedure", "needle", "Needle"),
        )
    ],
    "citation": [BERK],
}


def changed(content: Any, limits: str, kind: Revision.ChangeKind) -> Revision:
    """Publish the text with other words about the limits of the evidence."""
    other = content.model_copy(update={"limits": limits})
    return factories.published(other, change_kind=kind, change_note="Other words.")


@pytest.mark.usefixtures("people")
def test_the_graph_of_an_article_is_exactly_what_the_page_shows(client: Any) -> None:
    factories.published(factories.technique_content())
    factories.published(needle())
    content = factories.article_content(
        contributors=(Credit(contributor="jo"),), techniques=("do-nothing", "needle")
    )
    first = factories.published(content)
    new_study = changed(content, "Few good studies.", Revision.ChangeKind.EVIDENCE)
    reworded = changed(content, "Few sound studies.", Revision.ChangeKind.WORDING)
    said = dates(first, new_study)
    del said["lastReviewed"]
    reviewed = dates(first, reworded)["lastReviewed"]
    way = steps(("Skin", "/"), ("Milia", "/conditions/milia/"), ("Removal", "/articles/removal/"))
    page = page_node("MedicalWebPage", "/articles/removal/", "Removal", STANDFIRST)
    page |= {"breadcrumb": way, "mainEntity": {"@id": ARTICLE_NODE["@id"]}, **said}
    page |= {"lastReviewed": reviewed, "reviewedBy": ANNE}
    html = html_of(client, "/articles/removal/")
    assert schema_org.nodes(html) == [page, ARTICLE_NODE | said]
    for shown in ("Jo Writer", "Anne Reviewer", '<h1 dir="auto">Removal</h1>', STANDFIRST):
        assert shown in html.partition("<body>")[2]


@pytest.mark.usefixtures("people")
def test_the_graph_of_a_technique_is_exactly_what_the_page_shows(client: Any) -> None:
    content = needle().model_copy(update={"contributors": (Credit(contributor="jo"),)})
    live = factories.published(content)
    url = f"{SITE}/techniques/needle/"
    assert schema_org.nodes(html_of(client, "/techniques/needle/")) == [
        page_node(
            "MedicalWebPage",
            "/techniques/needle/",
            "Needle",
            "A sound choice.",
            breadcrumb=steps(
                ("Skin", "/"), ("Techniques", "/techniques/"), ("Needle", "/techniques/needle/")
            ),
            reviewedBy=ANNE,
            mainEntity={"@id": f"{url}#subject"},
            about=MILIA,
            citation=[BERK],
            **dates(live, live),
        ),
        {"@type": "TherapeuticProcedure", "@id": f"{url}#subject", "name": "Needle", "url": url},
    ]


@pytest.mark.usefixtures("people")
def test_the_graph_of_a_condition_is_exactly_what_the_page_shows(client: Any) -> None:
    live = factories.published(factories.condition_content(also_called=("Milk spots",)))
    factories.published(factories.technique_content())
    url = f"{SITE}/techniques/do-nothing/"
    assert schema_org.nodes(html_of(client, "/conditions/milia/")) == [
        page_node(
            "MedicalWebPage",
            "/conditions/milia/",
            "Milia",
            "Small bumps.",
            breadcrumb=steps(
                ("Skin", "/"), ("Conditions", "/conditions/"), ("Milia", "/conditions/milia/")
            ),
            reviewedBy=ANNE,
            mainEntity={"@id": MILIA["@id"]},
            mentions=[
                {
                    "@type": "MedicalEntity",
                    "@id": f"{url}#subject",
                    "name": "Do nothing",
                    "url": url,
                }
            ],
            citation=[BERK],
            **dates(live, live),
        ),
        MILIA | {"alternateName": ["Milk spots"]},
    ]


@pytest.mark.usefixtures("people")
def test_the_graph_of_a_question_is_exactly_what_the_page_shows(client: Any) -> None:
    live = factories.published(factories.question_content())
    url = "/faq/what-are-milia/"
    assert schema_org.nodes(html_of(client, url)) == [
        page_node(
            "MedicalWebPage",
            url,
            "What are milia?",
            "Tiny cysts.",
            breadcrumb=steps(
                ("Skin", "/"), ("Questions and answers", "/faq/"), ("What are milia?", url)
            ),
            reviewedBy=ANNE,
            mainEntity={"@id": f"{SITE}{url}#subject"},
            about=MILIA,
            citation=[BERK],
            **dates(live, live),
        ),
        {
            "@type": "Question",
            "@id": f"{SITE}{url}#subject",
            "name": "What are milia?",
            "acceptedAnswer": {"@type": "Answer", "text": "Tiny cysts of keratin."},
            "url": f"{SITE}{url}",
        },
    ]


@pytest.mark.usefixtures("people")
def test_the_graph_of_a_plain_page_is_exactly_what_the_page_shows(client: Any) -> None:
    live = factories.published(factories.plain_page_content(lead="Who writes here."))
    way = steps(("Skin", "/"), ("About", "/about/"))
    page = page_node("WebPage", "/about/", "About", "Who writes here.", breadcrumb=way)
    (found,) = schema_org.nodes(html_of(client, "/about/"))
    assert found == page | {"reviewedBy": ANNE, **dates(live, live)}


@pytest.mark.usefixtures("people")
def test_the_graph_of_the_glossary_has_the_terms_that_it_explains(client: Any) -> None:
    terms = (
        Term(slug="cyst", term="Cyst", also=("cysts",), definition="A **closed** pocket."),
        Term(slug="pore", term="Pore", definition="An opening."),
    )
    factories.published(factories.glossary_content(terms=terms))
    url = f"{SITE}/glossary/"
    page, glossary = schema_org.nodes(html_of(client, "/glossary/"))
    assert page["mainEntity"] == {"@id": f"{url}#subject"}
    assert glossary == {
        "@type": "DefinedTermSet",
        "@id": f"{url}#subject",
        "name": "Glossary",
        "url": url,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": "Cyst",
                "description": "A closed pocket.",
                "alternateName": ["cysts"],
            },
            {"@type": "DefinedTerm", "name": "Pore", "description": "An opening."},
        ],
    }


@pytest.mark.usefixtures("people")
def test_the_graph_of_a_comparison_names_its_options_and_sources(client: Any) -> None:
    factories.published(factories.technique_content())
    factories.published(needle())
    (page,) = schema_org.nodes(html_of(client, "/conditions/milia/compare/"))
    assert page["about"] == MILIA
    assert page["mentions"] == ARTICLE_NODE["mentions"]
    assert page["citation"] == [BERK]


@pytest.mark.usefixtures("people")
def test_a_comparison_without_options_names_none(client: Any) -> None:
    factories.published(factories.condition_content())
    (page,) = schema_org.nodes(html_of(client, "/conditions/milia/compare/"))
    assert not {"mentions", "citation"} & set(page)


@pytest.mark.usefixtures("people")
def test_a_contributor_is_told_of_as_a_person_and_a_placeholder_as_nobody(client: Any) -> None:
    factories.published(factories.article_content(contributors=(Credit(contributor="jo"),)))
    (page,) = schema_org.nodes(html_of(client, "/contributors/jo/"))
    assert page["mainEntity"] == JO | {"description": "MSc"}
    Contributor.objects.filter(slug="jo").update(demo=True)
    (page,) = schema_org.nodes(html_of(client, "/contributors/jo/"))
    assert "mainEntity" not in page


@pytest.mark.usefixtures("people")
def test_the_picture_that_an_article_leads_with_is_told(client: Any, editor: Any) -> None:
    free = {"credit": "Somebody", "licence": "CC BY 4.0"}
    Image.objects.create(
        slug="skin", file="s.svg", width=90, height=60, alt="A", added_by=editor, **free
    )
    factories.published(factories.article_content(lead_image="skin"))
    _page, article = schema_org.nodes(html_of(client, "/articles/removal/"))
    assert article["image"] == {
        "@type": "ImageObject",
        "url": f"{SITE}/media/s.svg",
        "width": 90,
        "height": 60,
    }


def test_each_page_of_a_list_is_known_under_its_own_address(client: Any) -> None:
    for number in range(31):
        factories.published(factories.question_content(f"q-{number}"))
    known = {
        query: CANONICAL.findall(html_of(client, f"/faq/{query}"))
        for query in ("", "?page=1", "?condition=milia", "?page=2", "?condition=milia&page=2")
    }
    assert known == {
        "": [f"{SITE}/faq/"],
        "?page=1": [f"{SITE}/faq/"],
        "?condition=milia": [f"{SITE}/faq/"],
        "?page=2": [f"{SITE}/faq/?page=2"],
        "?condition=milia&page=2": [f"{SITE}/faq/?condition=milia&amp;page=2"],
    }


@pytest.mark.usefixtures("people")
def test_the_way_told_is_the_way_shown(client: Any) -> None:
    factories.published(factories.technique_content())
    factories.published(factories.article_content())
    factories.published(factories.article_content("alone", condition=None))
    factories.published(factories.question_content())
    factories.published(factories.glossary_content())
    factories.published(factories.plain_page_content())
    addresses = ["/articles/removal/", "/articles/alone/", "/techniques/do-nothing/", "/about/"]
    addresses += ["/conditions/milia/", "/conditions/milia/compare/", "/faq/what-are-milia/"]
    addresses += ["/articles/", "/techniques/", "/faq/", "/references/", "/", "/contributors/anne/"]
    addresses += ["/references/berk2008/", "/conditions/", "/contributors/"]
    lengths = []
    for address in [*addresses, "/glossary/"]:
        html = html_of(client, address)
        nav = CRUMBS.search(html)
        shown = CRUMB.findall(nav[0]) if nav else []
        told = schema_org.nodes(html)[0].get("breadcrumb", {}).get("itemListElement", [])
        assert [(step["item"]["@id"].removeprefix(SITE), step["name"]) for step in told] == [
            (url or address, unescape(name)) for url, name in shown
        ]
        lengths.append(len(shown))
    assert max(lengths) == 3


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


def test_a_review_is_not_told_while_the_page_says_that_it_is_overdue(client: Any) -> None:
    live = factories.published(factories.article_content())
    day = datetime.date(2020, 1, 1)
    Page.objects.filter(pk=live.page_id).update(review_due_on=day)
    html = html_of(client, "/articles/removal/")
    assert "Review overdue since" in html
    assert not {"lastReviewed", "reviewedBy"} & set(schema_org.nodes(html)[0])


def test_a_placeholder_for_demonstration_is_no_author(client: Any) -> None:
    Contributor.objects.create(slug="placeholder", name="Somebody", demo=True)
    credits_ = (Credit(contributor="placeholder"),)
    factories.published(factories.article_content(contributors=credits_))
    html = html_of(client, "/articles/removal/")
    assert "Somebody" in html.partition("<body>")[2]
    assert "Somebody" not in html.partition("<body>")[0]


def test_a_retracted_source_says_so() -> None:
    factories.published(factories.article_content())
    Reference.objects.update(status=Status.RETRACTED)
    (citation,) = graph(live_page("article", "removal"), ["berk2008"])[1]["citation"]
    assert citation["creativeWorkStatus"] == "Retracted"


def test_a_title_cannot_end_the_graph(client: Any) -> None:
    factories.published(factories.plain_page_content(title='</script><b>&"'))
    html = html_of(client, "/about/")
    assert schema_org.nodes(html)[0]["name"] == '</script><b>&"'
    title = "&lt;/script&gt;&lt;b&gt;&amp;&quot;"
    assert f'<meta property="og:title" content="{title}">' in html


def test_pages_that_an_older_renderer_made_are_told_of_without_their_techniques(
    client: Any,
) -> None:
    factories.published(factories.technique_content())
    factories.published(factories.article_content(techniques=("do-nothing",)))
    for revision in Revision.objects.filter(kind__in=("technique", "condition")):
        revision.parts.pop("subject")
        revision.save(update_fields=["parts"])
    assert "mentions" not in schema_org.nodes(html_of(client, "/articles/removal/"))[1]
    (page,) = schema_org.nodes(html_of(client, "/techniques/do-nothing/"))
    assert "mainEntity" not in page


def test_an_article_names_its_documents_and_itself_for_reference_managers(client: Any) -> None:
    factories.published(factories.article_content())
    html = html_of(client, "/articles/removal/")
    assert 'type="text/markdown" href="/articles/removal.md"' in html
    assert 'type="application/json" href="/articles/removal.json"' in html
    assert '<meta name="citation_title" content="Removal">' in html
    assert f'<meta name="citation_public_url" content="{SITE}/articles/removal/">' in html


def test_a_text_that_is_not_live_tells_machines_nothing() -> None:
    revision = factories.submitted(factories.article_content())
    assert revision.state != Revision.State.LIVE
    context = ShownRevision(revision).kind.context(ShownRevision(revision))
    assert context["machine_head"] == ""
    assert "card_url" not in context
