"""A link within a page leads to what it names, however long the page is and however it is read."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories

ADDRESS = "/articles/removal/"
LONG = "A sentence that needs some room in its section. " * 30
BODY = "\n\n".join(
    ["## What they are", f"{LONG}[@berk2008]", "::: compare\n:::", "::: techniques\n:::"]
    + [f"## Part {number}\n\n{LONG}[@patsatsi2020]\n\n{LONG}" for number in range(1, 6)]
)
# How far below the top of the window the target stands; 0 where the page ends before.
DISTANCE = """id => {
    const { top } = document.getElementById(id).getBoundingClientRect();
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    return top > 0 && left < 2 ? 0 : top;
}"""
# Settled: the target keeps its place over some frames.
SETTLED = """id => new Promise((settle) => {
    const place = () => document.getElementById(id).getBoundingClientRect().top;
    let [last, kept] = [NaN, 0];
    const look = () => {
        kept = place() === last ? kept + 1 : 0;
        last = place();
        if (kept > 10) settle(true); else requestAnimationFrame(look);
    };
    look();
})"""
NEAR = 100  # pixels; a heading keeps some room above itself


@pytest.fixture
def world(transactional_db: None) -> None:
    """An article that is many windows long, with options that have much to say."""
    factories.reference("patsatsi2020")
    factories.published(factories.technique_content())
    slugs = [f"option-{number}" for number in range(1, 8)]
    for number, slug in enumerate(slugs, start=1):
        content = factories.technique_content(
            slug, invasiveness=number, how_it_works=f"{LONG}[@berk2008]", benefits=LONG
        )
        factories.waive_all(factories.draft(content))
        factories.published(content)
    article = factories.article_content(techniques=("do-nothing", *slugs), body=BODY)
    factories.waive_all(factories.draft(article))
    factories.published(article)
    factories.published(factories.question_content(article="removal", order=1))


def _missed(page: Page, targets: list[str]) -> dict[str, float]:
    """The targets to which a link of the page does not lead, with how far away it ends."""
    missed = {}
    for target in targets:
        link = page.locator(f'a[href="#{target}"]:visible').first
        if "biblioref" in (link.get_attribute("role") or ""):
            link.click()
            page.get_by_role("link", name="Go to it in the list of references").click()
        else:
            link.click()
        page.wait_for_url(f"**#{target}")
        page.evaluate(SETTLED, target)
        distance = page.evaluate(DISTANCE, target)
        if not -1 <= distance <= NEAR:
            missed[target] = distance
    return missed


def _targets(page: Page, links: str) -> list[str]:
    found: list[str] = page.locator(links).evaluate_all("all => all.map(one => one.hash.slice(1))")
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_links_within_an_article_lead_to_what_they_name(
    world: None, open_page: Any, site: str, width: int, motion: str
) -> None:
    page = open_page(width=width, motion=motion)
    page.goto(site + ADDRESS)
    if width < 1024:
        page.get_by_text("On this page", exact=True).click()
    entries = _targets(page, ".contents a")
    assert entries[-1] == "about-this-page"
    rows = _targets(page, ".comparison tbody a")
    back = _targets(page, ".reference-links a[role=doc-backlink]")
    sources = ["ref-berk2008", "ref-patsatsi2020"]
    assert len(rows) == 8
    assert _missed(page, [*entries, *rows, *sources, *back[::3], *reversed(entries)]) == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_a_source_of_the_comparison_leads_back_into_a_folded_answer(
    transactional_db: None, open_page: Any, site: str, width: int
) -> None:
    factories.reference("patsatsi2020")
    factories.published(factories.technique_content())
    for number in range(1, 8):
        text = f"{LONG}[@berk2008]\n\n{LONG}[@patsatsi2020]"
        content = factories.technique_content(
            f"option-{number}", invasiveness=number, how_it_works=text
        )
        factories.waive_all(factories.draft(content))
        factories.published(content)
    page = open_page(width=width, motion="no-preference")
    page.goto(f"{site}/conditions/milia/compare/")
    back = _targets(page, "#ref-patsatsi2020 a[role=doc-backlink]:visible")
    assert len(back) == 7
    if width > 1000:  # the table scrolls by itself
        page.locator(f'a[href="#{back[0]}"]').click()
        expect(page.locator(f"#{back[0]}")).to_be_in_viewport()
    else:
        assert _missed(page, [*back, *reversed(back)]) == {}


@pytest.mark.parametrize("target", ["h-part-4", "technique-option-7", "ref-patsatsi2020", "cite-7"])
def test_an_address_with_a_place_opens_there(
    world: None, open_page: Any, site: str, target: str
) -> None:
    page = open_page(width=360, motion="no-preference")
    page.goto(f"{site}{ADDRESS}#{target}")
    page.evaluate(SETTLED, target)
    assert -1 <= page.evaluate(DISTANCE, target) <= NEAR
