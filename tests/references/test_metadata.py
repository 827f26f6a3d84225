"""What a page says of a source to reference managers."""

from urllib.parse import parse_qsl

import pytest
from django.test import Client

from references.metadata import Meta, citation_metas, coins
from tests.references.conftest import Save

ITEM = {
    "type": "article-journal",
    "title": "On <cysts> & more",
    "author": [{"family": "Ada", "given": "B."}, {"literal": "World Group"}],
    "container-title": "Journal of Tests",
    "issued": {"date-parts": [[2016, 4, 2]]},
    "volume": "3",
    "page": "10-19",
    "DOI": "10.5555/1",
}


def test_an_item_is_told_in_the_names_that_reference_managers_know() -> None:
    assert citation_metas(ITEM) == [
        Meta("citation_title", "On <cysts> & more"),
        Meta("citation_journal_title", "Journal of Tests"),
        Meta("citation_volume", "3"),
        Meta("citation_doi", "10.5555/1"),
        Meta("citation_author", "Ada, B."),
        Meta("citation_author", "World Group"),
        Meta("citation_publication_date", "2016/04/02"),
        Meta("citation_firstpage", "10"),
        Meta("citation_lastpage", "19"),
    ]
    assert citation_metas({"title": "T"}) == [Meta("citation_title", "T")]


def test_an_item_is_a_context_object_of_openurl() -> None:
    pairs = parse_qsl(coins(ITEM))
    assert pairs[0] == ("ctx_ver", "Z39.88-2004")
    assert dict(pairs)["rft.atitle"] == "On <cysts> & more"
    assert pairs[-2:] == [("rft.date", "2016-04-02"), ("rft_id", "info:doi/10.5555/1")]
    assert dict(parse_qsl(coins({"title": "T"})))["rft.atitle"] == "T"


@pytest.mark.django_db
def test_the_page_of_a_source_tells_both(client: Client, save: Save) -> None:
    save("a", **ITEM)
    html = client.get("/references/a/").content.decode()
    assert '<meta name="citation_title" content="On &lt;cysts&gt; &amp; more">' in html
    assert '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;' in html
