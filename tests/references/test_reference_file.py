"""One source as a file for reference managers."""

import json

import pytest
from django.test import Client

from tests.references.conftest import Save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("extension", "media_type", "words"),
    [
        ("bib", "application/x-bibtex", "@online{a,"),
        ("ris", "application/x-research-info-systems", "TY  - ELEC\nID  - a\n"),
        ("txt", "text/plain", "A page.\n"),
    ],
)
def test_a_source_is_answered_in_each_format(
    client: Client, save: Save, extension: str, media_type: str, words: str
) -> None:
    save("a", title="A page")
    answer = client.get(f"/references/a.{extension}")
    assert answer.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="a.{extension}"'
    assert answer.content.decode().startswith(words)


def test_csl_json_is_the_stored_item(client: Client, save: Save) -> None:
    reference = save("a", title="A page")
    assert json.loads(client.get("/references/a.json").content) == [reference.csl]


@pytest.mark.parametrize("address", ["/references/b.bib", "/references/a.exe"])
def test_there_is_nothing_else(client: Client, save: Save, address: str) -> None:
    save("a")
    assert client.get(address).status_code == 404


def test_a_file_can_only_be_read(client: Client, save: Save) -> None:
    save("a")
    assert client.head("/references/a.ris").status_code == 200
    assert client.post("/references/a.ris").status_code == 405
