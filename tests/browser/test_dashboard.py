"""The first page of the desk and its lists: for keyboards and screen readers, at every width."""

import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.utils import timezone

from comments.models import Comment
from milia_site.roles import SITE_ADMIN
from publishing.models import Page, Task
from tests import factories
from tests.browser.test_writing import PASSWORD, log_in

LISTS = {
    "dashboard": "/admin/",
    "articles": "/admin/articles/article/",
    "pages": "/admin/publishing/page/",
    "queue": "/admin/publishing/revision/",
    "tasks": "/admin/publishing/task/",
    "log": "/admin/publishing/event/",
}
SERIOUS = {"serious", "critical"}


@pytest.fixture
def visitor(transactional_db: None) -> None:
    """A site admin, and something in each panel and list."""
    user = User.objects.create_user("visitor", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=SITE_ADMIN))
    page = factories.published(factories.article_content("live")).page
    today = timezone.localdate()
    Page.objects.filter(pk=page.pk).update(review_due_on=today - datetime.timedelta(days=12))
    factories.submitted(factories.article_content("waits"))
    factories.approved(factories.article_content("approved"))
    Task.objects.create(page=page, kind="reader-report", detail="A number is wrong.")
    Comment.objects.create(page=page, name="Ada", text="Thanks.")


def serious_faults(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in SERIOUS]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(
    visitor: None, open_page: Any, site: str, complaints: list[str], width: int, scheme: str
) -> None:
    page = open_page(width=width, scheme=scheme)
    log_in(page, site, "visitor")
    complaints.clear()  # the desk has no favicon
    faults = {}
    for name, address in LISTS.items():
        page.goto(site + address)
        faults[name] = serious_faults(page)
    assert faults == {name: [] for name in LISTS}
    page.goto(site + LISTS["dashboard"])
    wide = page.evaluate("document.querySelector('.desk-panels').scrollWidth")
    assert wide <= width
    assert complaints == []


def test_a_count_leads_to_its_list_by_the_keyboard_alone(
    visitor: None, open_page: Any, site: str
) -> None:
    page = open_page()
    log_in(page, site, "visitor")
    link = page.locator(".desk-counts a", has_text="you may sign it")
    assert link.locator("strong").inner_text() == "1"
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/publishing/revision/?queue=submitted&mine=to-sign")
    assert page.locator("#result_list tbody tr").count() == 1
    assert page.locator("#result_list").inner_text().count("Waits (1)") == 1


def test_the_chart_has_a_name_and_a_table_of_its_numbers(
    visitor: None, open_page: Any, site: str
) -> None:
    page = open_page()
    log_in(page, site, "visitor")
    chart = page.get_by_role("img", name="Reviews due")
    assert chart.locator("rect").count() == 13
    page.locator(".desk-panel-reviews summary").click()
    page.locator(".desk-panel-reviews tbody a").first.click()
    page.wait_for_url("**/admin/publishing/page/?review=overdue")
    assert page.locator("#result_list tbody tr").count() == 1
    assert "12 days overdue" in page.locator("#result_list").inner_text()


def test_many_pages_get_another_owner_in_two_steps(
    visitor: None, open_page: Any, site: str, complaints: list[str]
) -> None:
    page = open_page()
    log_in(page, site, "visitor")
    complaints.clear()
    page.goto(site + LISTS["articles"])
    page.check("#action-toggle")
    page.select_option("select[name=action]", "change_owner")
    page.click("button[name=index]")
    assert complaints == []
    assert serious_faults(page) == []
    complaints.clear()  # what axe does with styles is no concern of ours
    page.select_option("#id_owner", label="visitor")
    page.click("input[name=apply]")
    page.wait_for_selector("text=3 pages belong to visitor now.")
    assert set(Page.objects.filter(kind="article").values_list("owner__username", flat=True)) == {
        "visitor"
    }
    assert complaints == []
