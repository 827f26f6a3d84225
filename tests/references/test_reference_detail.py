"""The public page of one source."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

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
    assert "<h1>Multiple &lt;milia&gt;</h1>" in html
    assert '<p class="reference-entry">Multiple &lt;milia&gt;. <a href="https://doi.org/' in html
    assert re.findall(r"<dt>(.*?)</dt> <dd> (?:<a href=\"(.*?)\")?", html) == [
        ("Citekey", ""),
        ("DOI", "https://doi.org/10.1000/a(1)"),
        ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/32637544/"),
        ("PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7330451/"),
        ("Address", "https://skin.test/?a=1&amp;b=2"),
    ]
    assert "callout-notice" not in html


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
    assert '<a href="/references/erratum2021/">Erratum to many</a>' in box[0]


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
    with django_assert_num_queries(
        4
    ):  # the source, what was found, its corrections, the pages that cite it
        client.get("/references/a/")


def test_a_source_can_only_be_read(client: Client, save: Save) -> None:
    save("a")
    assert client.head("/references/a/").status_code == 200
    for verb in (client.post, client.put, client.patch, client.delete, client.options):
        assert verb("/references/a/").status_code == 405
