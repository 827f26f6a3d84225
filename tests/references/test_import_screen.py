"""The screen that brings references into the library, as an editor uses it."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from references import import_views
from references.models import Reference
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/references/reference/import/"
RIS = """TY  - JOUR
AU  - Ada, B
TI  - One
PY  - 2020
DO  - 10.5555/1
ER  -

TY  - JOUR
AU  - Dam, C
ER  -
"""


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def post(desk: Any, **values: Any) -> str:
    answer = desk.post(ADDRESS, values)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_list_of_references_leads_to_the_screen(desk: Client) -> None:
    assert ADDRESS in desk.get("/admin/references/reference/").content.decode()
    assert "Show what would happen" in desk.get(ADDRESS).content.decode()


def test_who_may_not_change_references_may_not_import_any(django_user_model: Any) -> None:
    client = Client()
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"text": RIS, "format": "ris", "store": "1"}).status_code == 403
    assert not Reference.objects.exists()


def test_a_file_is_shown_record_by_record_before_anything_is_stored(desk: Client) -> None:
    html = post(desk, file=SimpleUploadedFile("list.ris", RIS.encode()))
    assert "New:" in html
    assert "<code>ada2020</code>" in html
    assert "Not read:" in html
    assert not Reference.objects.exists()


def test_what_was_shown_is_stored(desk: Client) -> None:
    answer = desk.post(ADDRESS, {"text": RIS, "format": "ris", "store": "1"}, follow=True)
    text = answer.content.decode()
    assert "Stored: ada2020." in text
    assert "1 could not be read and are not stored." in text
    assert Reference.objects.get().citekey in str(LogEntry.objects.get())
    again = desk.post(ADDRESS, {"text": RIS, "format": "ris", "store": "1"}, follow=True)
    assert "Nothing was stored" in again.content.decode()
    assert Reference.objects.get().citekey == "ada2020"
    assert "Here already:" in post(desk, text=RIS)


def test_of_what_differs_only_what_is_ticked_is_taken_over(desk: Client, save: Save) -> None:
    save("mine", title="Mine", DOI="10.5555/1")
    html = post(desk, text=RIS)
    assert "Here with other values" in html
    assert "<strong>title</strong>: Mine → One" in html
    values = {"text": RIS, "format": "ris", "store": "1", "take-0": ["title", "nonsense"]}
    answer = desk.post(ADDRESS, values, follow=True)
    assert "Changed: mine." in answer.content.decode()
    assert LogEntry.objects.get().get_change_message() == "By an import: title"
    stored = Reference.objects.get()
    assert (stored.title, stored.csl["type"], stored.version) == ("One", "webpage", 2)


def test_a_value_that_another_source_has_is_refused_and_the_rest_stored(
    desk: Client, save: Save
) -> None:
    save("mine", title="Mine", DOI="10.5555/1")
    save("other", title="Other", PMID="99")
    text = RIS.replace("ER  -\n", "AN  - PMID: 99\nER  -\n", 1)
    values = {"text": text, "format": "ris", "store": "1", "take-0": ["PMID"]}
    answer = desk.post(ADDRESS, values, follow=True).content.decode()
    assert "Not changed: mine. The reference “other” has the PMID 99 already." in answer
    assert "Nothing was stored" in answer
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Choose a file, or paste references"),
        ({"file": SimpleUploadedFile("a.ris", b"a\0b")}, "This is not a text file"),
        ({"text": "x" * 2_000_001}, "over 2 MB"),
        ({"text": "One. J Test. 2020;1:2.\n" * 3}, "over 2 references"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    desk: Client, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any], message: str
) -> None:
    monkeypatch.setattr(import_views, "MAX_RECORDS", 2)
    html = post(desk, **values)
    assert message in html
    assert values.get("text", "")[:20] in html
    assert not Reference.objects.exists()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([{"family": "Ada", "given": "B."}, {"literal": "World Group"}], "Ada, B.; World Group"),
        ({"date-parts": [[2016, 4, 2]]}, "2016-4-2"),
        ({"literal": "spring"}, "{'literal': 'spring'}"),
        ("3", "3"),
        (None, "–"),
    ],
)
def test_a_difference_is_told_in_words(value: Any, words: str) -> None:
    assert import_views.in_words(value) == words
