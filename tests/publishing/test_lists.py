"""Lists have pages of one size, and no others."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from publishing.lists import PAGE_SIZE, PAGES_MAX, list_page
from publishing.models import Revision
from tests import factories

pytestmark = pytest.mark.django_db


def page(query: str = ""):  # type: ignore[no-untyped-def] # the test's own shorthand
    rows = Revision.objects.live().of_kind("page").order_by("slug")
    return list_page(RequestFactory().get(f"/{query}"), rows)


def test_a_list_is_cut_into_pages_that_know_their_neighbours() -> None:
    for number in range(PAGE_SIZE + 1):
        factories.published(factories.plain_page_content(f"p{number:03}"))
    first, second = page(), page("?page=2&what=ever")
    assert [row.slug for row in first.rows] == [f"p{number:03}" for number in range(PAGE_SIZE)]
    assert (first.number, first.next, first.has_next) == (1, 2, True)
    assert [row.slug for row in second.rows] == [f"p{PAGE_SIZE:03}"]
    assert (second.previous, second.has_next) == (1, False)


def test_an_empty_list_has_one_empty_page() -> None:
    assert page().rows == []


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "-1",
        "x",
        "",
        "٣",
        "1.0",
        "1e9",
        str(PAGES_MAX + 1),
        "9" * 5000,
        "0" * 9 + "1" * 20,
        "2",
    ],
)
def test_a_page_that_is_not_there_is_not_found(number: str) -> None:
    with pytest.raises(Http404):
        page(f"?page={number}")
