"""What the script adds for readers: sources beside the text, a list that follows, links to copy."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from publishing.models import Task
from tests import factories

BODY = "\n\n".join(
    f"## Part {number}\n\n" + "Tiny cysts are harmless [@berk2008; @patsatsi2020].\n\n" * 8
    for number in range(1, 6)
)
ADDRESS = "/articles/removal/"
# Where a number stands: how far after the text before it, and what is pressed 11 pixels around it.
NUMBERS = """all => all.map((link) => {
    const box = link.getBoundingClientRect();
    const before = document.createRange();
    before.selectNodeContents(link.previousSibling ?? link.parentElement.previousSibling);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const pressed = [-11, 11].map((far) => document.elementFromPoint(x, y + far) === link);
    return [Math.round(box.left - [...before.getClientRects()].at(-1).right), ...pressed];
})"""


@pytest.fixture
def article(transactional_db: None) -> None:
    factories.reference("patsatsi2020")
    factories.published(factories.article_content(body=BODY))
    factories.published(factories.question_content(article="removal", order=1))
    factories.published(factories.question_content("second", article="removal", order=2))


@pytest.fixture
def page(article: None, open_page: Any, site: str) -> Page:
    opened: Page = open_page()
    opened.goto(site + ADDRESS)
    return opened


def test_a_citation_shows_its_source_by_keyboard_and_gives_the_focus_back(
    page: Page, complaints: list[str]
) -> None:
    link = page.locator(".prose .cite a").first
    link.focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog", name="Reference 1")
    expect(shown).to_contain_text("Title of berk2008")
    assert "#" not in page.url
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    shown.get_by_role("link", name="Go to it in the list of references").click()
    page.wait_for_url("**#ref-berk2008")
    expect(shown).to_be_hidden()
    assert complaints == []


def test_each_number_of_a_cluster_shows_its_own_source(page: Page) -> None:
    page.locator(".prose .cite a").nth(1).click()
    expect(page.get_by_role("dialog", name="Reference 2")).to_contain_text("Title of patsatsi2020")


def test_numbers_stand_close_to_the_text_and_are_large_enough_to_press(page: Page) -> None:
    links = page.locator(".prose > p:nth-of-type(2) .cite a")
    links.first.scroll_into_view_if_needed()
    assert links.evaluate_all(NUMBERS) == [[0, True, True], [0, True, True]]


def test_a_word_is_explained_beside_it(page: Page, site: str) -> None:
    factories.published(factories.glossary_content())
    factories.published(factories.question_content("third"))
    page.goto(site + "/faq/third/")
    word = page.locator(".term-button").first
    word.click()
    shown = page.locator(".term-definition:popover-open")
    expect(shown).to_be_visible()
    at, box = word.bounding_box(), shown.bounding_box()
    assert at
    assert box
    assert 0 <= box["y"] - (at["y"] + at["height"]) <= 8
    assert box["x"] <= at["x"] <= box["x"] + box["width"]


@pytest.mark.parametrize(("width", "open_"), [(360, False), (1280, True)])
def test_the_contents_are_open_for_everybody_where_they_are_shown(
    article: None, open_page: Any, site: str, width: int, open_: bool
) -> None:
    page = open_page(width=width)
    page.goto(site + ADDRESS)
    fold = page.locator(".contents details")
    expect(fold).to_have_js_property("open", open_)
    fold.locator("summary").click()
    expect(fold).to_have_js_property("open", not open_)
    expect(fold.get_by_role("link", name="Part 2")).to_be_visible(visible=not open_)


def test_escape_and_a_press_beside_it_close_the_menu(
    article: None, open_page: Any, site: str
) -> None:
    page = open_page(width=360)
    page.goto(site + ADDRESS)
    menu = page.locator(".site-menu")
    menu.locator("summary").click()
    expect(menu).to_have_js_property("open", True)
    page.keyboard.press("Escape")
    expect(menu).to_have_js_property("open", False)
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.mouse.click(180, 700)
    expect(menu).to_have_js_property("open", False)


def test_without_script_a_citation_is_a_link(article: None, open_page: Any, site: str) -> None:
    page = open_page(script=False)
    page.goto(site + ADDRESS)
    page.locator(".prose .cite a").first.click()
    page.wait_for_url("**#ref-berk2008")


def test_the_contents_mark_where_the_reader_is(page: Page) -> None:
    marked = page.locator(".contents a[aria-current]")
    page.locator("#references").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(marked).to_have_count(1)
    expect(marked).to_have_text("About this page")
    page.evaluate("document.querySelector('.prose h2:nth-of-type(2)').scrollIntoView()")
    expect(marked).to_have_text("Part 2")


def test_the_address_of_a_heading_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link to “Part 2”").click()
    expect(page.get_by_role("status")).to_have_text("The link was copied.")
    page.wait_for_url("**#h-part-2")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url


def test_print_opens_every_fold_and_closes_it_again(page: Page) -> None:
    folds = page.locator("main details:not([open])")
    before = folds.count()
    assert before >= 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folds.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folds.count() == before
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_says_that_a_page_helped_and_what_is_wrong_with_it(
    article: None, open_page: Any, site: str, script: bool
) -> None:
    page = open_page(width=360, script=script)
    page.goto(site + ADDRESS)
    page.get_by_role("button", name="Yes").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    page.get_by_role("link", name="Back to “Removal”").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Something wrong? Tell us").click()
    page.get_by_label("What is wrong?").fill("Part 2 repeats itself.")
    page.get_by_label("Where").select_option("Part 2")
    if script:
        assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Send the report").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    task = Task.objects.get()
    assert task.detail == "In “Part 2”: Part 2 repeats itself."
