"""The public page of one source."""

import datetime
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from references.actions import add_aliases
from references.models import Reference
from references.study_types import StudyType, finding_of, study_type_of
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

NOTICE = re.compile(r'<aside class="callout callout-notice".*?</aside>')
CORRECTION = {"citation": "J Skin. 2021;7(5):867", "DOI": "10.1000/e", "ref": "erratum2021"}


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_page_of_a_source_shows_entry_and_identifiers(client: Client, save: Save) -> None:
    save(
        "patsatsi2020",
        title="Multiple <milia>",
        DOI="10.1000/A(1)",
        PMID="32637544",
        PMCID="PMC7330451",
        URL="https://skin.test/?a=1&b=2",
    )
    html = text(client, "/references/patsatsi2020/")
    assert '<h1 dir="auto">Multiple &lt;milia&gt;</h1>' in html
    assert (
        '<p class="reference-entry" dir="auto">Multiple &lt;milia&gt;. <a href="https://doi.org/'
        in html
    )
    assert re.findall(r"<dt>(.*?)</dt> <dd> (?:<a href=\"(.*?)\")?", html) == [
        ("Citekey", ""),
        ("DOI", "https://doi.org/10.1000/a(1)"),
        ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/32637544/"),
        ("PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7330451/"),
        ("Address", "https://skin.test/?a=1&amp;b=2"),
    ]
    assert "callout-notice" not in html


def data_of(html: str) -> dict[str, Any]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    (page,) = json.loads(script)["@graph"]
    assert page["@type"] == "WebPage"
    assert page["breadcrumb"]["itemListElement"][1]["name"] == "References"
    data: dict[str, Any] = page["mainEntity"]
    return data


def test_search_engines_are_told_what_it_is(client: Client, save: Save, settings: Any) -> None:
    settings.SITE_URL = "https://skin.test"
    save(
        "who2020",
        type="article-journal",
        title="Milia & </script><script>alert(1)</script>",
        author=[{"family": "Berk", "given": "Ada"}, {"literal": "WHO"}],
        issued={"date-parts": [[2020, 4]]},
        volume="7",
        page="1-2",
        DOI="10.1000/a",
        URL="https://journal.test/who",
        **{"container-title": "Skin"},
        custom={"notices": [{"type": "retraction", "citation": "Skin. 2021;8:1"}]},
    )
    html = text(client, "/references/who2020/")
    assert "<script>alert" not in html
    assert data_of(html) == {
        "@type": "ScholarlyArticle",
        "url": "https://journal.test/who",
        "headline": "Milia & </script><script>alert(1)</script>",
        "author": [
            {"@type": "Person", "name": "Ada Berk", "givenName": "Ada", "familyName": "Berk"},
            {"@type": "Organization", "name": "WHO"},
        ],
        "datePublished": "2020-04",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "7",
            "isPartOf": {"@type": "Periodical", "name": "Skin"},
        },
        "pagination": "1-2",
        "identifier": [{"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/a"}],
        "sameAs": ["https://doi.org/10.1000/a"],
        "creativeWorkStatus": "Retracted",
        "correction": [{"@type": "CorrectionComment", "text": "Skin. 2021;8:1"}],
    }


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({"type": "motion_picture"}, {"@type": "CreativeWork"}),
        (
            {"type": "chapter", "container-title": "Skin", "publisher": "P", "PMID": "12"},
            {
                "@type": "Chapter",
                "isPartOf": {"@type": "CreativeWork", "name": "Skin"},
                "publisher": {"@type": "Organization", "name": "P"},
                "sameAs": ["https://pubmed.ncbi.nlm.nih.gov/12/"],
            },
        ),
        (
            {"type": "article-journal", "container-title": "Skin"},
            {"isPartOf": {"@type": "Periodical", "name": "Skin"}},
        ),
    ],
)
def test_other_types_of_sources_are_told_as_what_they_are(
    client: Client, save: Save, item: dict[str, Any], told: dict[str, Any]
) -> None:
    save("a", **item)
    data = data_of(text(client, "/references/a/"))
    assert {name: data[name] for name in told} == told


def test_the_study_type_and_what_it_found_are_shown(client: Client, save: Save) -> None:
    save("a", custom={"study-type": "case-series", "finding": "Five of <ten> got better."})
    html = text(client, "/references/a/")
    assert "<dt>Study type</dt> <dd> Case series </dd>" in html
    assert '<h2>What it found</h2> <p dir="auto">Five of &lt;ten&gt; got better.</p>' in html


def test_what_nobody_said_is_not_shown(client: Client, save: Save) -> None:
    save("a", custom={"study-type": "magic", "finding": 3})
    html = text(client, "/references/a/")
    assert "Study type" not in html
    assert "What it found" not in html


@pytest.mark.parametrize(
    ("custom", "kind"),
    [
        ({"publication-types": ["Journal Article", "Case Reports"]}, StudyType.CASE_REPORT),
        ({"publication-types": ["Review", "Meta-Analysis"]}, StudyType.SYSTEMATIC_REVIEW),
        ({"publication-types": ["Review"], "study-type": "cohort"}, StudyType.COHORT),
        ({"publication-types": ["Journal Article"]}, None),
        ({"publication-types": "Review"}, None),
        ("text", None),
    ],
)
def test_the_study_type_is_an_editors_or_pubmeds(custom: Any, kind: StudyType | None) -> None:
    assert study_type_of({"custom": custom}) == kind
    assert finding_of({"custom": custom}) == ""


def test_when_services_were_last_asked_is_said(client: Client, save: Save) -> None:
    save("a", DOI="10.1000/a")
    assert "No service has been asked about this source yet." in text(client, "/references/a/")
    Reference.objects.update(checked_at=datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC))
    html = text(client, "/references/a/")
    assert "Crossref and PubMed were last asked on" in html
    assert "Not checked for corrections since 2 January 2026</span>" in html
    save("b")
    html = text(client, "/references/b/")
    assert "no service can be asked about it" in html
    assert "Not checked" not in html.partition("Corrections and retractions")[0]


def test_the_keys_of_other_programs_are_shown(client: Client, save: Save) -> None:
    save("a")
    add_aliases({"Müller:2016": "a"})
    assert "<dt>Also cited as</dt> <dd> <code>Müller:2016</code>" in text(client, "/references/a/")


def test_a_source_that_no_page_cites_says_so(client: Client, save: Save) -> None:
    save("a")
    assert "No published page cites this source" in text(client, "/references/a/")


def test_a_correction_is_shown_with_its_own_entry_in_the_library(
    client: Client, save: Save
) -> None:
    save("erratum2021", title="Erratum to many")
    save("a", custom={"correction": CORRECTION})
    box = NOTICE.findall(text(client, "/references/a/"))
    assert len(box) == 1
    assert "Published correction" in box[0]
    assert 'href="https://doi.org/10.1000/e" rel="external">J Skin. 2021;7(5):867</a>' in box[0]
    assert '<a href="/references/erratum2021/" dir="auto">Erratum to many</a>' in box[0]


def test_a_correction_that_is_not_in_the_library_stands_alone(client: Client, save: Save) -> None:
    save("a", custom={"correction": [CORRECTION, {"citation": "J Hair. 2022"}]})
    boxes = NOTICE.findall(text(client, "/references/a/"))
    assert ["J Skin. 2021" in boxes[0], "J Hair. 2022" in boxes[1]] == [True, True]
    assert not any("/references/" in box for box in boxes)
    assert "href" not in boxes[1]


def test_an_address_that_is_no_web_address_is_no_link(client: Client, save: Save) -> None:
    reference = save("a")
    type(reference).objects.update(csl={"title": "T", "URL": "javascript:alert(1)"})
    assert "javascript:alert(1)" not in re.findall(
        r'href="([^"]*)"', text(client, "/references/a/")
    )


@pytest.mark.parametrize("citekey", ["b", "A", "-", "a.b", "a%00", "%F0%9F", "a" * 5000, "a%0A"])
def test_an_unknown_source_is_not_found(client: Client, save: Save, citekey: str) -> None:
    save("a")
    assert client.get(f"/references/{citekey}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_source_costs_the_same_with_one_and_three_corrections(
    client: Client,
    save: Save,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for number in range(count):
        save(f"e{number}")
    save("a", custom={"correction": [{"ref": f"e{number}"} for number in range(count)]})
    # The source, what was found, its corrections, the pages that cite it.
    with django_assert_num_queries(4):
        client.get("/references/a/")


def test_a_source_can_only_be_read(client: Client, save: Save) -> None:
    save("a")
    assert client.head("/references/a/").status_code == 200
    for verb in (client.post, client.put, client.patch, client.delete, client.options):
        assert verb("/references/a/").status_code == 405
