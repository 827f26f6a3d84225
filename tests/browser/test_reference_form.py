"""An editor enters a source: pasted, corrected with the entry in view, and saved."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache

from milia_site.roles import EDITOR
from references.models import Reference
from tests.browser.test_writing import PASSWORD, log_in
from tests.fakes.services import Answer, running

ADD = "/admin/references/reference/add/"
LINE = "Ada B, Bee C. Tiny cysts of the\ncheek. J Test. 2016;3(1):10-19. doi:10.5555/one"


@pytest.fixture
def writer(transactional_db: None, open_page: Any, site: str, complaints: list[str]) -> Any:
    """The browser of an editor, at the form of a new source."""
    user = User.objects.create_user("writer", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR))
    page = open_page()
    log_in(page, site, "writer")
    page.goto(site + ADD)
    complaints.clear()  # the desk has no favicon
    return page


def wait_for_entry(page: Any, text: str) -> None:
    page.locator("#entry-preview", has_text=text).wait_for()


def test_the_entry_follows_what_is_typed(writer: Any, complaints: list[str]) -> None:
    writer.fill("#id_title", "Tiny <cysts>")
    wait_for_entry(writer, "Tiny <cysts>.")
    writer.fill("#id_authors", "Ada, Beth\nBee, C.")
    wait_for_entry(writer, "Ada B, Bee C. Tiny <cysts>.")
    writer.fill("#id_container", "J Test")
    writer.locator("#entry-preview i", has_text="J Test").wait_for()
    writer.fill("#id_year", "20")
    wait_for_entry(writer, "Year: Ensure this value is greater than or equal to 1000.")
    writer.fill("#id_year", "2016")
    writer.fill("#id_volume", "3")
    wait_for_entry(writer, "J Test. 2016;3.")
    assert not Reference.objects.exists()
    assert complaints == []


def test_a_pasted_line_fills_the_form_and_the_enter_key_saves_it(
    writer: Any, complaints: list[str]
) -> None:
    writer.fill("#pasted", LINE)
    writer.click("text=Fill in the form")
    writer.wait_for_selector("text=The form is filled in.")
    assert writer.input_value("#id_title") == "Tiny cysts of the cheek"
    assert writer.input_value("#id_authors") == "Ada, B\nBee, C"
    assert writer.input_value("#pasted") == LINE
    wait_for_entry(writer, "Ada B, Bee C. Tiny cysts of the cheek. J Test. 2016;3(1):10-19.")
    writer.press("#id_volume", "Enter")
    writer.wait_for_selector(".messagelist .success")
    assert Reference.objects.get().citekey == "ada2016"
    assert complaints == []


def test_a_list_is_taken_along_to_the_import(writer: Any) -> None:
    writer.fill("#pasted", f"{LINE}\n\nDee E. Another one. J Test. 2017;4(1):1-2.")
    writer.click("text=Fill in the form")
    writer.click("text=Go to the import with them")
    writer.wait_for_selector("text=What would become of each reference")
    assert writer.locator("#content-main tbody tr").count() == 2


@pytest.fixture
def crossref(settings: Any) -> Iterator[None]:
    """A Crossref on this machine, which knows one source."""
    message = {"DOI": "10.5555/one", "type": "journal-article", "title": ["Tiny cysts"]}
    cache.clear()
    with running() as fake:
        settings.CROSSREF_URL = fake.url
        fake.answer("/works/10.5555/one", Answer(json.dumps({"message": message}).encode()))
        yield
    cache.clear()


def test_a_doi_fills_the_form_without_any_script(
    writer: Any, crossref: None, open_page: Any, site: str
) -> None:
    plain = open_page(script=False)
    log_in(plain, site, "writer")
    plain.goto(site + ADD)
    plain.fill("#pasted", "https://doi.org/10.5555/one")
    plain.click("text=Fill in the form")
    assert plain.input_value("#id_title") == "Tiny cysts"
    assert plain.locator("#entry-preview").inner_text().startswith("Tiny cysts. ")
