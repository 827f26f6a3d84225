"""The public list of sources."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from references.actions import record_check
from references.notices import Notice, NoticeType
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db


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
    assert re.findall(r'</p> <p dir="auto">(.*?)</p>', html) == entries
    titles = re.findall(r'<p class="source-title" dir="auto"><a [^>]*>(.*?)</a></p>', html)
    assert titles == ["First &amp; last", "Second", "Third"]
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


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_thirty_sources(
    client: Client,
    save: Save,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for number in range(count):
        save(f"s{number}")
    with django_assert_num_queries(4):  # the conditions, the count, the sources, who cites them
        client.get("/references/")


def test_the_list_can_only_be_read(client: Client, save: Save) -> None:
    save("a")
    assert client.head("/references/").status_code == 200
    for verb in (client.post, client.put, client.patch, client.delete, client.options):
        assert verb("/references/").status_code == 405


@pytest.fixture
def library(save: Save) -> None:
    issued = {"date-parts": [[2016]]}
    save("kurokawa2016", title="Milia en plaque", type="article-journal", issued=issued)
    save("nhs2020", title="Milia", author=[{"literal": "NHS"}], DOI="10.5555/AbC")
    record_check(
        citekey="nhs2020",
        found=[Notice(NoticeType.RETRACTION, "J. 2024", service="crossref")],
        complete=True,
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=milia", ["kurokawa2016", "nhs2020"]),
        ("q=PLAQUE+en", ["kurokawa2016"]),
        ("q=nhs", ["nhs2020"]),
        ("q=10.5555/abc", ["nhs2020"]),
        ("q=nothing", []),
        ("type=article-journal", ["kurokawa2016"]),
        ("status=retracted", ["nhs2020"]),
        ("status=unchecked&q=milia", ["kurokawa2016"]),
        ("year=2016", ["kurokawa2016"]),
        ("year=soon&status=fine&type=%00&q=%00", ["kurokawa2016", "nhs2020"]),
        ("q=" + "x" * 500, ["kurokawa2016", "nhs2020"]),
        ("year=99999999999999999999", ["kurokawa2016", "nhs2020"]),
    ],
)
def test_sources_are_found_by_words_type_status_and_year(
    client: Client, library: None, query: str, found: list[str]
) -> None:
    html = text(client, f"/references/?{query}")
    assert sorted(re.findall(r'href="/references/([^"]+)/"', html)) == found
    assert ("No reference fits all of this" in html) is (not found)


def test_what_makes_no_sense_in_the_address_is_said(client: Client, library: None) -> None:
    said = "What the address says here makes no sense, so it was left out:"
    assert f"{said} Status, Year" in text(client, "/references/?year=soon&status=fine&q=milia")
    assert said not in text(client, "/references/?year=2016")


def test_that_nothing_was_checked_lately_is_said_once(client: Client, save: Save) -> None:
    once = "None of the sources on this page was checked for corrections or retractions lately."
    pill = "Not checked for corrections yet"
    save("a", DOI="10.5555/a")
    save("c")  # about which nobody can be asked
    html = text(client, "/references/")
    assert (once in html, html.count(pill)) == (False, 1)
    save("b", DOI="10.5555/b")
    html = text(client, "/references/")
    assert (once in html, html.count(pill)) == (True, 0)
    record_check(citekey="a", found=[], complete=True)
    html = text(client, "/references/")
    assert (once in html, html.count(pill)) == (False, 1)


def test_each_page_of_the_whole_list_is_known_under_its_own_address(
    client: Client, save: Save, settings: Any
) -> None:
    for number in range(51):
        save(f"s{number:02}", title=f"Source {number:02}")
    for query, known in (("", ""), ("?page=2", "?page=2"), ("?q=source&page=2", "")):
        link = f'<link rel="canonical" href="{settings.SITE_URL}/references/{known}">'
        assert link in text(client, f"/references/{query}")


def test_the_pages_of_a_search_keep_what_was_asked_for(client: Client, save: Save) -> None:
    for number in range(51):
        save(f"s{number:02}", title=f"Source {number:02}")
    assert 'href="?q=source&amp;page=2" rel="next"' in text(client, "/references/?q=source")
