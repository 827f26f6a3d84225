"""A reader's whole way through the demonstration's pages: with a mouse, without script, by keys."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

CONTENT = Path(__file__).parents[2] / "content"
MANY_TABS = 150
NARROW = 768  # pixels


@pytest.fixture
def world(transactional_db: None) -> None:
    """The demonstration site."""
    call_command("demo_accounts", stdout=io.StringIO())
    call_command("load_content", str(CONTENT), stdout=io.StringIO())


def by_pointer(place: Locator) -> None:
    place.click()


def by_keyboard(place: Locator) -> None:
    """Go on from place to place until the wanted one has the focus, and press it."""
    keyboard = place.page.keyboard
    for _tab in range(MANY_TABS):
        keyboard.press("Tab")
        if place.evaluate("element => element === document.activeElement"):
            return keyboard.press("Enter")
    raise AssertionError(f"{place} cannot be reached by keyboard")


@pytest.mark.parametrize(
    ("press", "script", "width"),
    [(by_pointer, True, 1280), (by_pointer, False, 390), (by_keyboard, True, 1280)],
    ids=["with a mouse", "on a phone without script", "by keyboard"],
)
def test_from_a_mistyped_search_to_the_source_of_a_claim_and_to_paper(
    world: None,
    open_page: Any,
    site: str,
    complaints: list[str],
    press: Callable[[Locator], None],
    script: bool,
    width: int,
) -> None:
    page: Page = open_page(width=width, script=script)
    page.goto(site)
    search = page.locator("main").get_by_role("searchbox")
    press(search)
    search.fill("mila extracton")
    search.press("Enter")
    expect(page.locator("main")).to_contain_text("These are the results for milia extraction.")

    press(page.get_by_role("link", name="Milia removal options compared"))
    page.wait_for_url("**/articles/milia-removal-options/")
    press(page.get_by_role("link", name="Compare these options on more questions"))
    page.wait_for_url("**/conditions/milia/compare/")
    if width < NARROW:
        press(page.locator("summary", has_text="Choose what to see"))
    press(page.get_by_role("link", name="Possible near the eye"))
    page.wait_for_url("**/compare/?eye=possible")

    press(page.get_by_role("link", name="Extraction by a professional (de-roofing)"))
    page.wait_for_url("**/techniques/professional-extraction/")
    to_a_source_and_back(page, press, script=script)
    paper = printed(page)
    for words in ("Extraction by a professional", "Not yet medically reviewed"):
        assert words in paper
    assert source_addresses(page) <= set(re.findall(r"https?://[^\s)]+", paper))
    assert complaints == []


def to_a_source_and_back(page: Page, press: Callable[[Locator], None], *, script: bool) -> None:
    """Follow a number to its source, beside the text first where a script shows it there."""
    press(page.locator(".cite a").first)
    if script:
        press(page.get_by_role("link", name="Go to it in the list of references"))
    page.wait_for_url(re.compile("#ref-"))
    source = page.locator("li:target")
    expect(source).to_be_in_viewport()
    press(source.locator("[role=doc-backlink]").first)
    page.wait_for_url(re.compile("#cite-"))
    expect(page.locator(":target")).to_be_in_viewport()


def printed(page: Page) -> str:
    """What a sheet of paper says."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in sheets))


def source_addresses(page: Page) -> set[str]:
    """Where the references lead."""
    links = page.locator(".references a[href^=http]")
    return {link.get_attribute("href") or "" for link in links.all()}
