"""The public list of sources, and the page of each."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

CORRECTION = {"citation": "J Skin. 2021;7(5):867", "DOI": "10.1000/e", "ref": "erratum2021"}


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_shows_each_entry_by_first_author_with_a_link(client: Client, save: Save) -> None:
    save("b", title="Second", author=[{"family": "Berk"}])
    save("a", title="Third", author=[{"literal": "NHS"}])
    save("c", title="First & last", author=[{"family": "Avhad"}])
    html = text(client, "/references/")
    entries = ["Avhad. First &amp; last.", "Berk. Second.", "NHS. Third."]
    assert re.findall(r"<li> <p>(.*?)</p>", html) == entries
    links = ["/references/c/", "/references/b/", "/references/a/"]
    assert re.findall(r'href="(/references/[^"]+)"', html) == links


def test_an_empty_list_says_so(client: Client) -> None:
    assert "There are no references yet." in text(client, "/references/")


def test_a_long_list_comes_in_pages_of_fifty(client: Client, save: Save) -> None:
    for number in range(51):
        save(f"s{number:02}", title=f"Source {number:02}")
    first, second = text(client, "/references/"), text(client, "/references/?page=2")
    assert ("Source 49" in first, "Source 50" in first) == (True, False)
    assert ("Source 49" in second, "Source 50" in second) == (False, True)
    assert ('href="?page=2" rel="next"' in first, 'rel="prev"' in first) == (True, False)
    assert ('href="?page=1" rel="prev"' in second, 'rel="next"' in second) == (True, False)
    assert '<ol class="references" start="51">' in second


@pytest.mark.parametrize("page", ["0", "2", "-1", "1e9", "x", "", "1" * 5000, "%00", "%F0%9F"])
def test_there_are_no_other_pages(client: Client, save: Save, page: str) -> None:
    save("a")
    assert client.get(f"/references/?page={page}").status_code == 404


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
    assert "<aside" not in html


def test_a_source_that_no_page_cites_says_so(client: Client, save: Save) -> None:
    save("a")
    assert "No published page cites this source" in text(client, "/references/a/")


def test_a_correction_is_shown_with_its_own_entry_in_the_library(
    client: Client, save: Save
) -> None:
    save("erratum2021", title="Erratum to many")
    save("a", custom={"correction": CORRECTION})
    box = re.findall(r"<aside.*?</aside>", text(client, "/references/a/"))
    assert len(box) == 1
    assert "Published correction" in box[0]
    assert 'href="https://doi.org/10.1000/e" rel="external">J Skin. 2021;7(5):867</a>' in box[0]
    assert '<a href="/references/erratum2021/">Erratum to many</a>' in box[0]


def test_a_correction_that_is_not_in_the_library_stands_alone(client: Client, save: Save) -> None:
    save("a", custom={"correction": [CORRECTION, {"citation": "J Hair. 2022"}]})
    boxes = re.findall(r"<aside.*?</aside>", text(client, "/references/a/"))
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


@pytest.mark.parametrize("address", ["/references/", "/references/a/"])
def test_pages_can_only_be_read(client: Client, save: Save, address: str) -> None:
    save("a")
    assert client.head(address).status_code == 200
    for verb in (client.post, client.put, client.patch, client.delete, client.options):
        assert verb(address).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_sources(
    client: Client,
    save: Save,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for number in range(count):
        save(f"s{number}")
    with django_assert_num_queries(2):  # the count, the sources
        client.get("/references/")


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
    with django_assert_num_queries(3):  # the source, its corrections, the pages that cite it
        client.get("/references/a/")
