"""What a reader does with the options: compare, choose, open the reasons, on any screen."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import factories

ADDRESS = "/conditions/milia/compare/"
# A head that sticks is where it was, although what it belongs to was scrolled.
PLACES = """region => {
    const head = region.querySelector("thead th:last-child");
    const question = region.querySelector("tbody tr:last-child th");
    const before = [head.getBoundingClientRect().top, question.getBoundingClientRect().left];
    region.scrollTop = 400;
    region.scrollLeft = 200;
    const after = [head.getBoundingClientRect().top, question.getBoundingClientRect().left];
    const top = region.getBoundingClientRect().top + region.clientTop;
    const left = region.getBoundingClientRect().left + region.clientLeft;
    return {scrolled: [region.scrollTop, region.scrollLeft], before, after, top, left};
}"""


@pytest.fixture
def world(transactional_db: None) -> None:
    """Options enough to scroll in both directions."""
    many = "A sentence that needs some room in its cell. " * 5
    factories.published(factories.technique_content(near_eye="suitable"))
    for number in range(1, 8):
        content = factories.technique_content(
            f"option-{number}",
            invasiveness=number,
            how_it_works=f"{many}[@berk2008]",
            benefits=many,
            near_eye="specialist" if number == 2 else "avoid",
        )
        factories.waive_all(factories.draft(content))
        factories.published(content)


def test_the_questions_and_the_options_stay_in_sight(
    world: None, open_page: Any, site: str, complaints: list[str]
) -> None:
    page = open_page()
    page.goto(site + ADDRESS)
    found = page.locator(".compare-wide").evaluate(PLACES)
    assert found["scrolled"] == [400, 200]
    assert found["before"][0] > found["top"]  # under the caption
    assert found["after"][0] == pytest.approx(found["top"], abs=1)
    assert found["after"][1] == pytest.approx(found["left"], abs=1)
    assert complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_a_choice_is_made_by_a_link_and_stands_in_the_address(
    world: None, open_page: Any, site: str, script: bool
) -> None:
    page = open_page(script=script)
    page.goto(site + ADDRESS)
    heads = page.locator(".compare-wide thead th")
    assert heads.count() == 9
    page.get_by_role("link", name="Possible near the eye").click()
    page.wait_for_url("**/compare/?eye=possible")
    assert heads.all_inner_texts() == ["Question", "Do nothing", "Option 2"]
    page.get_by_role("link", name="Show all options").click()
    page.wait_for_url("**/compare/?")
    assert heads.count() == 9


def test_the_reasons_open_by_keyboard_and_a_number_leads_to_its_source(
    world: None, open_page: Any, site: str
) -> None:
    page = open_page(script=False)
    page.goto(site + ADDRESS)
    reasons = page.locator(".compare-wide details").first
    assert not reasons.locator("p").first.is_visible()
    reasons.locator("summary").press("Enter")
    assert reasons.locator("p").first.is_visible()
    reasons.locator(".cite a").click()
    page.wait_for_url("**#ref-berk2008")


def test_a_narrow_screen_has_a_card_for_each_option_and_its_sources_lead_back_there(
    world: None, open_page: Any, site: str
) -> None:
    page = open_page(width=360, script=False)
    page.goto(site + ADDRESS)
    assert not page.locator(".compare-wide").is_visible()
    assert page.locator(".compare-cards > li:visible").count() == 8
    assert not page.get_by_role("link", name="At home").is_visible()
    page.get_by_text("Choose what to see").click()
    assert page.get_by_role("link", name="At home").is_visible()
    back = page.locator("#ref-berk2008 a[role=doc-backlink]:visible")
    back.first.press("Enter")
    page.wait_for_url("**#card-cite-*")
    expect(page.locator(":target")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_accessibility_fault_and_does_not_scroll_sideways(
    world: None, open_page: Any, site: str, width: int, scheme: str
) -> None:
    page = open_page(width=width, scheme=scheme)
    page.goto(site + ADDRESS + "?eye=possible&colour=red")
    page.locator(".chip-opens:visible summary").first.click()
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator("main a:visible, main summary:visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 24 && !one.closest('p, dd'))"
        ".map(one => one.outerHTML)"
    )
    assert small == []


def test_paper_has_the_cards(world: None, open_page: Any, site: str) -> None:
    page = open_page()
    page.goto(site + ADDRESS)
    page.emulate_media(media="print")
    assert not page.locator(".compare-wide").is_visible()
    assert page.locator(".compare-cards > li:visible").count() == 8
