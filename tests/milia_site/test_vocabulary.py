"""Everything that our pages tell machines is in the vocabulary of schema.org."""

from typing import Any

import pytest

from articles.content import Assessment, Certainty, Term
from publishing.content import Credit
from publishing.models import Contributor
from references.entries import Status
from references.models import Reference
from tests import factories, schema_org

pytestmark = pytest.mark.django_db

# Every public page, with the types of the nodes at the top of what it tells.
PAGES = {
    "/": ["WebPage"],
    "/articles/": ["CollectionPage"],
    "/conditions/": ["CollectionPage"],
    "/contributors/": ["CollectionPage"],
    "/articles/removal/": ["MedicalWebPage", "Article"],
    "/techniques/": ["CollectionPage"],
    "/techniques/do-nothing/": ["MedicalWebPage", "MedicalEntity"],
    "/techniques/needle/": ["MedicalWebPage", "TherapeuticProcedure"],
    "/conditions/milia/": ["MedicalWebPage", "MedicalCondition"],
    "/conditions/milia/compare/": ["MedicalWebPage"],
    "/faq/": ["CollectionPage"],
    "/faq/what-are-milia/": ["MedicalWebPage", "Question"],
    "/glossary/": ["WebPage", "DefinedTermSet"],
    "/about/": ["WebPage"],
    "/references/": ["CollectionPage"],
    "/references/berk2008/": ["WebPage"],
    "/references/book1999/": ["WebPage"],
    "/references/chapter2001/": ["WebPage"],
    "/references/page2020/": ["WebPage"],
    "/references/news2020/": ["WebPage"],
    "/references/thing2020/": ["WebPage"],
    "/contributors/jo/": ["ProfilePage"],
    "/contributors/placeholder/": ["WebPage"],
}
TELLS_NOTHING = ("/search/", "/articles/removal/history/", "/voice/article/removal/report/")


@pytest.fixture
def world(db: None) -> None:
    """A page of each kind that says all that it can, and a source of each sort."""
    Contributor.objects.create(slug="jo", name="Jo Writer", credentials="MSc")
    Contributor.objects.create(slug="placeholder", name="Somebody", demo=True)
    sources()
    factories.published(factories.condition_content(also_called=("Milk spots",)))
    assessed = Assessment(
        condition="milia", certainty=Certainty.LOW, basis="One study [@book1999].", sentence="Few."
    )
    for slug, invasiveness in (("do-nothing", 0), ("needle", 10)):
        factories.published(
            factories.technique_content(slug, invasiveness=invasiveness, assessments=(assessed,))
        )
    cited = "[@berk2008; @book1999; @chapter2001; @page2020; @news2020; @thing2020]"
    factories.published(
        factories.article_content(
            techniques=("do-nothing", "needle"),
            body=f"## What they are\n\nTiny cysts {cited}.",
            contributors=(Credit(contributor="jo"), Credit(contributor="placeholder")),
        )
    )
    factories.published(factories.question_content(article="removal", order=1))
    cyst = Term(slug="cyst", term="Cyst", also=("cysts",), definition="A closed pocket.")
    factories.published(factories.glossary_content(terms=(cyst,)))
    factories.published(factories.plain_page_content(lead="Who writes here."))
    Reference.objects.update(status=Status.RETRACTED)


def sources() -> None:
    factories.reference(
        volume="59", issue="6", page="1050-1063", DOI="10.1016/j.jaad.2008.07.034", ISSN="0190-9622"
    )
    for citekey, kind in (
        ("book1999", "book"),
        ("chapter2001", "chapter"),
        ("page2020", "webpage"),
        ("news2020", "article-newspaper"),
        ("thing2020", "song"),
    ):
        factories.reference(citekey, type=kind, page="1-9", publisher="A publisher", ISSN="1")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("address", list(PAGES))
def test_a_page_uses_only_what_schema_org_defines(client: Any, address: str) -> None:
    html = client.get(address).content.decode()
    (document,) = schema_org.documents(html)
    assert [node["@type"] for node in schema_org.nodes(html)] == PAGES[address]
    assert schema_org.faults(document) == []


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("address", TELLS_NOTHING)
def test_what_is_no_page_of_its_own_tells_no_graph(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert schema_org.documents(answer.content.decode()) == []


def article(**more: Any) -> dict[str, Any]:
    node = {"@type": "Article", "headline": "Removal", "author": {"@type": "Person", "name": "Jo"}}
    return {"@context": "https://schema.org", "@graph": [node | more]}


def test_the_check_lets_pass_what_is_defined() -> None:
    assert schema_org.faults(article()) == []
    assert schema_org.faults(article(dateModified="2026-01-02T03:04:05+00:00")) == []
    page = {"@type": "WebPage", "@id": "https://a.example/", "lastReviewed": "2026-01-02"}
    document = article(mainEntityOfPage={"@id": "https://a.example/"})
    document["@graph"].append(page)
    assert schema_org.faults(document) == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"madeUp": "x"}, "Article.madeUp: Article has no such property"),
        ({"lastReviewed": "2026-01-02"}, "Article.lastReviewed: Article has no such property"),
        (
            {"datePublished": "yesterday"},
            "Article.datePublished: 'yesterday' is none of ['Date', 'DateTime']",
        ),
        ({"author": "Jo"}, "Article.author: 'Jo' is none of ['Organization', 'Person']"),
        (
            {"author": {"@type": "Book", "name": "x"}},
            "Article.author: Book is none of ['Organization', 'Person']",
        ),
        (
            {"author": {"@type": "Person", "headline": "x"}},
            "Article.author.headline: Person has no such property",
        ),
        ({"author": {"@type": "Doctor"}}, "Article.author: no type Doctor"),
        (
            {"mainEntityOfPage": {"@id": "https://nowhere.example/"}},
            "Article.mainEntityOfPage: {'@id': 'https://nowhere.example/'} is none of"
            " ['CreativeWork', 'URL']",
        ),
        ({"url": "/articles/"}, "Article.url: '/articles/' is none of ['URL']"),
        ({"headline": ""}, "Article.headline: '' is none of ['Text']"),
        ({"version": True}, "Article.version: True is none of ['Number', 'Text']"),
    ],
)
def test_the_check_finds_what_is_not(more: dict[str, Any], fault: str) -> None:
    assert fault in schema_org.faults(article(**more))


def test_a_document_names_its_vocabulary() -> None:
    assert schema_org.faults({"@type": "Person", "name": "Jo"}) == ["@context"]
    document = {"@context": "https://schema.org", "@type": "Nobody"}
    assert schema_org.faults(document) == ["Nobody: no type Nobody"]
