"""The life of a source: looked up, cited, published, and retracted by those who know."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache

from milia_site.roles import EDITOR
from publishing import actions
from publishing.models import Page
from tests import factories
from tests.browser.test_writing import PASSWORD, log_in
from tests.fakes.services import Answer, FakeServices, running
from tests.worker import empty_queue, worker

DOI = "10.5555/one"
RECORD: dict[str, Any] = {
    "DOI": DOI,
    "type": "journal-article",
    "title": ["Tiny cysts of the cheek"],
    "author": [{"family": "Ada", "given": "Beth"}],
    "container-title": ["Journal of Tests"],
    "issued": {"date-parts": [[2016, 4]]},
}
RETRACTION = {
    "DOI": "10.5555/two",
    "type": "retraction",
    "source": "publisher",
    "updated": {"date-parts": [[2026, 11, 20]]},
}


def answer_of(**more: Any) -> Answer:
    return Answer(json.dumps({"message": RECORD | more}).encode())


@pytest.fixture
def crossref(settings: Any) -> Iterator[FakeServices]:
    """A Crossref on this machine, which knows one source and nothing against it."""
    cache.clear()
    with running() as fake:
        settings.CROSSREF_URL = fake.url
        fake.answer(f"/works/{DOI}", answer_of())
        yield fake
    cache.clear()


@pytest.fixture
def writer(transactional_db: None, open_page: Any, site: str) -> Any:
    """The browser of an editor."""
    empty_queue()
    factories.reference()
    user = User.objects.create_user("writer", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR))
    page = open_page()
    log_in(page, site, "writer")
    return page


def enter_source(writer: Any, site: str) -> None:
    """Paste the DOI, compare the form with the publication, save."""
    writer.goto(site + "/admin/references/reference/add/")
    writer.fill("#pasted", f"https://doi.org/{DOI}")
    writer.click("text=Fill in the form")
    writer.wait_for_selector("text=The form is filled in.")
    assert writer.input_value("#id_title") == "Tiny cysts of the cheek"
    assert writer.input_value("#id_citekey") == "ada2016"
    writer.fill("#id_finding", "They are tiny.")
    writer.click("input[name=_save]:visible")
    writer.wait_for_selector(".messagelist .success")


def write_and_submit(writer: Any, site: str) -> None:
    """An article that leans on the source."""
    writer.goto(site + "/admin/articles/article/add/")
    writer.fill("#id_title", "Tiny cysts")
    writer.fill("#id_key_points", "They are tiny [@ada2016].")
    writer.fill("#id_body", "They are tiny [@ada2016].")
    writer.click("input[name=_continue]")
    writer.click("text=Submit for review")
    writer.fill("#id_change_note", "First version.")
    writer.click(".submit-row input")
    writer.wait_for_selector("text=waits for review now")


def sign_and_publish() -> None:
    """Somebody else signs the text, and it goes live."""
    revision = Page.objects.get(slug="tiny-cysts").revisions.get()
    factories.sign_off(revision)
    actions.publish(by=factories.EditorFactory.create(), revision=revision)


def ask_services(writer: Any, site: str) -> None:
    """Have the services asked about every source of the list."""
    writer.goto(site + "/admin/references/reference/")
    writer.check("#action-toggle")
    writer.select_option("select[name=action]", "ask_services")
    writer.click("button[name=index]")
    writer.wait_for_selector("text=will be asked about in the background")


def wait_for_status(writer: Any, site: str, status: str) -> None:
    """Load the list of sources again until it shows the status."""
    for _attempt in range(60):
        writer.goto(site + "/admin/references/reference/")
        if writer.locator("td.field-status", has_text=status).count():
            return
        writer.wait_for_timeout(250)
    raise AssertionError(f"No source is {status}.")


def test_a_source_is_looked_up_cited_and_flagged_when_it_is_retracted(
    writer: Any, crossref: FakeServices, open_page: Any, site: str
) -> None:
    enter_source(writer, site)
    write_and_submit(writer, site)
    sign_and_publish()
    reader = open_page()
    reader.goto(site + "/articles/tiny-cysts/")
    entry = reader.locator("#ref-ada2016")
    assert "Ada B. Tiny cysts of the cheek." in entry.inner_text()
    assert "Not checked for corrections yet" in entry.inner_text()

    with worker(CROSSREF_URL=crossref.url):
        ask_services(writer, site)
        wait_for_status(writer, site, "No notice known")
        reader.reload()
        assert "Not checked" not in entry.inner_text()
        assert "Retracted" not in entry.inner_text()

        crossref.answer(f"/works/{DOI}", answer_of(**{"updated-by": [RETRACTION]}))
        ask_services(writer, site)
        wait_for_status(writer, site, "Retracted")
    reader.reload()
    flagged = "Retracted Ada B. Tiny cysts of the cheek [retracted in 10.5555/two]."
    assert entry.inner_text().startswith(flagged)

    reader.goto(site + "/references/ada2016/")
    assert reader.locator(".callout-notice h2").inner_text() == "Retraction"
    # The key point and the text.
    quotes = reader.locator(".cited-by blockquote").all_inner_texts()
    assert quotes == ["They are tiny.", "They are tiny."]
    writer.goto(site + "/admin/publishing/task/")
    assert "ada2016" in writer.locator("#result_list").inner_text()
