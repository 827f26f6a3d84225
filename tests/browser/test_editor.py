"""The text editor: citing by keyboard, adding a source, and the live preview."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_a_day import no_serious_finding
from tests.browser.test_writing import PASSWORD, log_in, people

__all__ = ["people"]  # a fixture

BIBTEX = "@article{zebra2019, title={Zebra cysts}, author={Doe, Jane}, journal={J}, year={2019}}"


def test_a_text_is_cited_previewed_and_saved_by_keyboard(
    people: None, open_page: Any, site: str, complaints: list[str]
) -> None:
    page = factories.draft(factories.article_content(body="Old words."))
    writer = open_page()
    log_in(writer, site, "writer")
    complaints.clear()  # the browser asks for an icon
    writer.goto(f"{site}/admin/articles/article/{page.pk}/change/")
    writer.focus("#id_body")
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" Fresh [@")
    writer.keyboard.type("2008")
    expect(writer.locator("[role=option]")).to_have_count(1)
    writer.keyboard.press("Enter")
    assert writer.input_value("#id_body") == "Old words. Fresh [@berk2008]"
    frame = writer.frame_locator("#editor-live iframe")
    expect(frame.locator("main")).to_contain_text("Fresh")
    writer.keyboard.press("Control+s")
    writer.wait_for_selector(".messagelist .success")
    assert writer.input_value("#id_body") == "Old words. Fresh [@berk2008]"
    assert complaints == []


def test_a_pasted_source_is_added_and_cited(people: None, open_page: Any, site: str) -> None:
    page = factories.draft(factories.article_content(body="Old words."))
    writer = open_page()
    log_in(writer, site, "writer")
    writer.goto(f"{site}/admin/articles/article/{page.pk}/change/")
    writer.focus("#id_body")
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" [@")
    writer.click("#editor-picker summary")
    writer.fill("#editor-pasted", BIBTEX)
    writer.click("[data-adding] button")
    expect(writer.locator("#id_body")).to_have_value("Old words. [@zebra2019]")


@pytest.fixture
def writing(people: None, open_page: Any, site: str) -> Any:
    """An editor at a draft with a dose that no source stands behind, on its third line."""
    body = "## Creams\n\nThey took 50 mg a day.\n\n" + "Words go on and on. " * 3
    page = factories.draft(factories.article_content(body=body))
    writer = open_page()
    log_in(writer, site, "writer")
    writer.goto(f"{site}/admin/articles/article/{page.pk}/change/")
    return writer


def selected(writer: Any) -> str:
    """What is selected in the text."""
    script = "area => area.value.slice(area.selectionStart, area.selectionEnd)"
    return str(writer.locator("#id_body").evaluate(script))


def test_a_finding_leads_to_its_line(writing: Any) -> None:
    finding = writing.locator("#editor-live li.finding-block button").first
    expect(finding).to_contain_text("Text, line 3: The dose “50 mg” has no source.")
    finding.focus()
    writing.keyboard.press("Enter")
    assert selected(writing) == "They took 50 mg a day."


def test_what_was_typed_is_offered_back_after_a_crash_and_forgotten_when_it_is_saved(
    writing: Any,
) -> None:
    address = writing.url
    writing.fill("#id_body", "Typed and not saved.")
    writing.fill("#id_title", "Typed too")
    writing.on("dialog", lambda dialog: dialog.accept())
    writing.goto("about:blank")
    writing.goto(address)
    expect(writing.locator("#editor-kept")).to_be_visible()
    writing.click("[data-restore]")
    assert writing.input_value("#id_body") == "Typed and not saved."
    assert writing.input_value("#id_title") == "Typed too"
    writing.click("input[name=_continue]")
    writing.wait_for_selector(".messagelist .success")
    writing.goto(address)
    expect(writing.locator("#editor-kept")).to_be_hidden()
    assert writing.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:'))") == []


def test_the_preview_keeps_its_place_while_somebody_writes(writing: Any) -> None:
    frame = writing.locator("#editor-live iframe")
    inside = writing.frame_locator("#editor-live iframe")
    expect(inside.locator("main")).to_contain_text("50 mg")
    frame.evaluate("frame => frame.contentWindow.scrollTo(0, 200)")
    writing.focus("#id_body")
    writing.keyboard.press("Control+End")
    for words in ("Zebra.", "Okapi."):
        writing.keyboard.type(words)
        expect(inside.locator("main")).to_contain_text(words)
    writing.wait_for_function("document.querySelector('iframe').contentWindow.scrollY === 200")


def test_marks_are_set_by_keys_and_buttons_and_taken_back_by_undo(writing: Any) -> None:
    area = writing.locator("#id_limits")
    writing.fill("#id_limits", "Few")
    area.evaluate("area => area.select()")
    writing.keyboard.press("Control+b")
    assert writing.input_value("#id_limits") == "**Few**"
    writing.keyboard.press("Control+z")
    assert writing.input_value("#id_limits") == "Few"
    bar = writing.locator("[role=toolbar][aria-controls=id_limits]")
    bar.get_by_role("button", name="Advice").click()
    assert "::: advice" in writing.input_value("#id_limits")


def test_nobody_is_caught_in_a_text_or_in_the_picker(writing: Any) -> None:
    writing.focus("#id_body")
    writing.keyboard.press("Tab")
    assert writing.evaluate("document.activeElement.id") != "id_body"
    assert "\t" not in writing.input_value("#id_body")
    writing.focus("#id_body")
    writing.keyboard.press("Control+k")
    expect(writing.locator("#editor-picker")).to_be_visible()
    writing.keyboard.press("Escape")
    expect(writing.locator("#editor-picker")).to_be_hidden()
    assert writing.evaluate("document.activeElement.id") == "id_body"


def test_axe_finds_nothing_serious_in_the_editor_and_its_picker(writing: Any) -> None:
    expect(writing.locator("#editor-live li").first).to_be_visible()
    no_serious_finding(writing)
    writing.focus("#id_body")
    writing.keyboard.press("Control+k")
    no_serious_finding(writing)


def test_without_script_the_form_is_plain_and_saves(
    people: None, open_page: Any, site: str
) -> None:
    page = factories.draft(factories.article_content())
    writer = open_page(script=False)
    writer.goto(site + "/admin/")
    writer.fill("#id_username", "writer")
    writer.fill("#id_password", PASSWORD)
    writer.click("input[type=submit]")
    writer.goto(f"{site}/admin/articles/article/{page.pk}/change/")
    assert not writer.locator("#editor-live").is_visible()
    writer.fill("#id_body", "Plain words.")
    writer.click("input[name=_continue]")
    assert writer.input_value("#id_body") == "Plain words."
