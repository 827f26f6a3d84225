"""The text editor: citing by keyboard, adding a source, and the live preview."""

from typing import Any

from playwright.sync_api import expect

from tests import factories
from tests.browser.test_writing import log_in, people

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
