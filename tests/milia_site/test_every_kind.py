"""What the pages of every kind share: the way to them, who stands behind them, one direction."""

from typing import Any

import pytest

from publishing.content import Credit
from publishing.models import Contributor
from tests import factories, menu

WAYS = {
    "/articles/": ["Articles"],
    "/articles/removal/": ["Milia", "Removal"],
    "/articles/removal/history/": ["Milia", "Removal", "History"],
    "/voice/article/removal/report/": ["Milia", "Removal", "Something wrong?"],
    "/voice/article/removal/thanks/": ["Milia", "Removal", "Your answer"],
    "/techniques/": ["Techniques"],
    "/techniques/do-nothing/": ["Techniques", "Do nothing"],
    "/conditions/": ["Conditions"],
    "/conditions/milia/": ["Conditions", "Milia"],
    "/conditions/milia/compare/": ["Milia", "Compare options"],
    "/faq/": ["Questions and answers"],
    "/faq/what-are-milia/": ["Questions and answers", "What are milia?"],
    "/glossary/": ["Glossary"],
    "/references/": ["References"],
    "/references/berk2008/": ["References", "Title of berk2008"],
    "/contributors/": ["Contributors"],
    "/contributors/jo/": ["Contributors", "Jo <Doe>"],
    "/about/": ["About"],
}
SIGNED = (
    "/articles/removal/",
    "/techniques/do-nothing/",
    "/conditions/milia/",
    "/faq/what-are-milia/",
    "/glossary/",
)


@pytest.fixture
def world(db: None) -> None:
    """One live page of every kind."""
    Contributor.objects.create(slug="jo", name="Jo <Doe>")
    credit = (Credit(contributor="jo"),)
    for content in (
        factories.article_content(contributors=credit),
        factories.technique_content(),
        factories.question_content(),
        factories.glossary_content(),
        factories.plain_page_content(),
    ):
        factories.published(content)


@pytest.mark.parametrize("address", WAYS)
def test_every_page_shows_the_way_to_it_and_each_step_leads_somewhere(
    client: Any, world: None, address: str
) -> None:
    steps = menu.way(client, address)
    assert [title for title, _url in steps] == ["Skin", *WAYS[address]]
    *before, (_title, here) = steps
    assert here == ""
    assert [client.get(url).status_code for _title, url in before] == [200] * len(before)


@pytest.mark.parametrize("address", SIGNED)
def test_every_kind_that_is_signed_says_who_reviewed_it(
    client: Any, world: None, address: str
) -> None:
    text = client.get(address).content.decode()
    assert text.count('<div class="trust">') == 1
    assert "Medically reviewed by" in text


@pytest.mark.parametrize(
    "address", [each for each in WAYS if each.rpartition("/")[0].count("/") > 1]
)
def test_a_title_that_people_typed_has_its_own_direction(
    client: Any, world: None, address: str
) -> None:
    text = client.get(address).content.decode()
    assert '<li aria-current="page"><bdi>' in text
    assert ('<h1 dir="auto">' in text) is not address.endswith("/thanks/")
