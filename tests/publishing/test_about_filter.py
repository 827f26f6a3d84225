"""Every public list of pages can be narrowed to a condition, by a plain link."""

import re
from typing import Any

import pytest

from publishing import about_filter
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = {
    "/articles/": factories.article_content,
    "/techniques/": factories.technique_content,
    "/faq/": factories.question_content,
}
UNKNOWN = ("nothing", "%00", "%ff", "a%20b", "<script>", "x" * 5000, "٣", "draft-only", "")


@pytest.fixture(params=LISTS)
def address(request: Any) -> str:
    """A list with a page about each of two conditions, and one about none."""
    make = LISTS[request.param]
    factories.published(make("of-milia"))
    factories.published(make("of-acne", condition="acne"))
    content = make("of-none", condition=None)
    factories.waive_all(factories.draft(content))
    factories.published(content)
    found: str = request.param
    return found


def shown(client: Any, address: str) -> list[str]:
    """The pages of the list."""
    text = client.get(address).content.decode()
    return sorted(set(re.findall(r'/(of-\w+)/"', text[text.index("<main") :])))


def links(client: Any, address: str) -> list[tuple[str, bool]]:
    """The choices, each with whether it is the present one."""
    text = client.get(address).content.decode()
    nav = text[text.index('<nav class="list-filter"') :].partition("</nav>")[0]
    return [
        (url, bool(now))
        for url, now in re.findall(r'<a href="([^"]*)"( aria-current="true")?', nav)
    ]


def test_a_list_is_narrowed_by_its_links(client: Any, address: str) -> None:
    assert shown(client, address) == ["of-acne", "of-milia", "of-none"]
    choices = [("./", True), ("?condition=acne", False), ("?condition=milia", False)]
    assert links(client, address) == choices
    assert shown(client, f"{address}?condition=milia") == ["of-milia"]
    chosen = [("./", False), ("?condition=acne", False), ("?condition=milia", True)]
    assert links(client, f"{address}?condition=milia") == chosen


def test_an_unknown_condition_leaves_nothing_out_and_is_said(client: Any, address: str) -> None:
    factories.draft(factories.condition_content("draft-only"))
    for slug in UNKNOWN:
        wanted = f"{address}?condition={slug}"
        assert shown(client, wanted) == ["of-acne", "of-milia", "of-none"], slug
        said = "is not one of ours" in client.get(wanted).content.decode()
        assert said is bool(slug), slug


def test_a_condition_with_nothing_of_the_kind_says_so_and_leads_on(
    client: Any, address: str
) -> None:
    factories.published(factories.condition_content("warts", title="Warts & all"))
    assert ("?condition=warts", False) not in links(client, address)
    text = client.get(f"{address}?condition=warts").content.decode()
    assert "Nothing of this kind is published about “Warts &amp; all” yet." in text
    assert 'href="/conditions/warts/"' in text
    assert ("?condition=warts", True) in links(client, f"{address}?condition=warts")


def test_without_conditions_there_is_nothing_to_choose(client: Any) -> None:
    for each in LISTS:
        text = client.get(each).content.decode()
        assert "list-filter" not in text
        assert "Nothing is published yet." in text


def test_of_many_conditions_the_chosen_one_is_always_there(
    client: Any, address: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(about_filter, "CONDITIONS_MAX", 1)
    assert links(client, address) == [("./", True), ("?condition=acne", False)]
    wanted = f"{address}?condition=milia"
    assert links(client, wanted) == [("./", False), ("?condition=milia", True)]
    assert shown(client, wanted) == ["of-milia"]


def test_the_pages_of_a_narrowed_list_stay_narrowed(client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("publishing.lists.PAGE_SIZE", 1)
    for slug in ("first", "second", "third"):
        factories.published(factories.article_content(slug))
    text = client.get("/articles/?condition=milia&page=2").content.decode()
    assert 'href="?condition=milia&amp;page=1" rel="prev"' in text
    assert 'href="?condition=milia&amp;page=3" rel="next"' in text
    assert client.get("/articles/?condition=milia&page=4").status_code == 404
