"""A preview that is shared without an account, and what a page tells readers of its past."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User

from milia_site.roles import EDITOR
from publishing import actions
from publishing.models import PreviewLink
from tests import factories

PASSWORD = "a-long-pass-phrase-1"


@pytest.fixture
def writer(transactional_db: None, open_page: Any, site: str, complaints: list[str]) -> Any:
    """The browser of an editor, who is logged in."""
    user = User.objects.create_user("writer", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR))
    page = open_page()
    page.goto(site + "/admin/")
    page.fill("#id_username", "writer")
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_selector("text=What would you like to work on?")
    complaints.clear()  # the desk has no favicon
    return page


def fits(page: Any) -> bool:
    """Whether nothing sticks out of the window at its side."""
    fitting: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return fitting


def barriers(page: Any, within: str = "html") -> list[str]:
    """What keeps somebody from using a page."""
    looked = Axe().run(page, context=within).response
    assert looked["passes"]
    return [f"{fault['id']}: {fault['nodes'][0]['target']}" for fault in looked["violations"]]


@pytest.mark.parametrize("width", [360, 1280])
def test_somebody_without_an_account_reads_remarks_and_is_shut_out_again(
    writer: Any, open_page: Any, site: str, complaints: list[str], width: int, settings: Any
) -> None:
    settings.SITE_URL = site
    revision = factories.submitted(factories.article_content(body="## Zebra\n\nUnseen."))
    writer.goto(f"{site}/admin/publishing/revision/{revision.pk}/change/")
    writer.click("text=Share a preview")
    writer.fill("#id_recipient", "Ann Example")
    writer.click("input[value='Make a link']")
    address = writer.locator("input.desk-link").input_value()

    guest = open_page(width)
    guest.goto(address)
    assert guest.locator("h1").inner_text() == "Preview of “Removal”"
    assert fits(guest)
    guest.click("text=Read the page")
    assert guest.locator("h1").inner_text() == "Removal"
    assert guest.locator("h2:has-text('Zebra')").is_visible()
    guest.go_back()
    guest.select_option("#id_place", label="Text")
    guest.fill("#id_text", "A doubt about stripes.")
    guest.click("text=Send the remark")
    assert guest.locator(".remarks li").inner_text().split("\n")[0] == "Text"
    assert guest.context.cookies() == []

    writer.reload()
    assert "A doubt about stripes." in writer.locator(".desk-remarks").inner_text()
    assert PreviewLink.objects.get().times_opened == 1
    writer.click("text=Revoke the link for Ann Example")
    assert writer.locator("input.desk-link").count() == 0
    assert complaints == []
    for path in ("", "page/"):
        answer = guest.goto(address + path)
        assert answer.status == 404


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_comes_from_a_correction_to_the_history(
    transactional_db: None, open_page: Any, site: str, complaints: list[str], width: int
) -> None:
    factories.published(factories.article_content())
    change: dict[str, Any] = {"change_kind": "correction", "change_note": "A number was wrong."}
    factories.published(factories.article_content(body="Two."), **change)
    factories.published(factories.article_content(body="Three."), change_kind="layout")
    page = open_page(width)
    page.goto(site + "/articles/removal/")
    notice = page.locator("aside:has-text('Corrected on')")
    assert "A number was wrong." in notice.inner_text()
    assert fits(page)
    notice.locator("a").click()
    page.wait_for_url(site + "/articles/removal/history/")
    assert fits(page)
    folded = page.locator("details p:has-text('First version.')")
    assert not folded.is_visible()
    page.click("main summary")
    assert folded.is_visible()
    page.click("text=Back to the page")
    page.wait_for_url(site + "/articles/removal/")
    assert complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_bars_anybody_from_sharing_or_from_the_history(
    writer: Any, open_page: Any, site: str, width: int, editor: User
) -> None:
    content = factories.article_content()
    factories.published(content, change_kind="correction", change_note="A number was wrong.")
    revision = factories.published(factories.article_content(body="Two."), change_kind="layout")
    link = actions.share(by=editor, revision=revision, recipient="Ann Example", days=7)
    actions.remark(link=link, text="A doubt.")
    page = open_page(width)
    found = {}
    for path in (
        "/articles/removal/",
        "/articles/removal/history/",
        f"/preview/{actions.token_of(link)}/",
    ):
        page.goto(site + path)
        found[path] = barriers(page)
    writer.set_viewport_size({"width": width, "height": 800})
    desk = f"/admin/revisions/{revision.pk}/share/"
    writer.goto(site + desk)
    found[desk] = barriers(writer, "#content-main")
    assert found == {path: [] for path in found}
    assert fits(writer)
