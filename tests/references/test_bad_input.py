"""Hostile and broken files, at each entrance: a named error, nothing half stored or lost."""

import io
import json
import os
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from references import import_views
from references.management.commands import import_references
from references.models import Reference
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db
SCREEN = "/admin/references/reference/import/"
Entrance = Callable[[bytes], str]


def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes([0, 0, 0, 13]) + b"IHDR" + bytes(17)


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("list.ris", "TY  - JOUR\nTI  - T\nER  - ")
    return stream.getvalue()


def bytes_at_random() -> bytes:
    """Without zero bytes, by which most binary files are known."""
    chosen = random.Random(1)
    return bytes(chosen.randrange(1, 256) for _number in range(5_000))


@pytest.fixture(params=["file", "standard input", "screen"])
def entrance(request: Any, editor: User, tmp_path: Path, monkeypatch: Any, capsys: Any) -> Entrance:
    """Import a file's bytes in each of the three ways; gives what the person is told."""

    def command(content: bytes) -> str:
        name = "-"
        if request.param == "file":
            name = str(tmp_path / "list")
            Path(name).write_bytes(content)
        else:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        try:
            call_command("import_references", name)
        except CommandError as error:
            return "".join([*capsys.readouterr(), str(error)])
        return "".join(capsys.readouterr())

    def screen(content: bytes) -> str:
        desk: Any = Client()
        desk.force_login(editor)
        told = shown(desk, file=SimpleUploadedFile("list", content))
        desk.post(SCREEN, {"file": SimpleUploadedFile("list", content), "store": "1"})
        return told

    return screen if request.param == "screen" else command


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda: b"x" * 50_000_000, "The file is larger than 20 MB."),
        (png, "This is not a text file."),
        (archive, "This is not a text file."),
        (bytes_at_random, "This is not a text file."),
        (lambda: b"\x1f\x8b\x08\x08" + bytes_at_random(), "This is not a text file."),
    ],
    ids=["50 MB", "PNG", "zip", "random", "gzip"],
)
def test_a_file_that_is_none_of_ours_is_refused_by_name(
    entrance: Entrance, save: Save, content: Callable[[], bytes], told: str
) -> None:
    save("mine", DOI="10.5555/1")
    assert told in entrance(content())
    assert [each.citekey for each in Reference.objects.all()] == ["mine"]


STRINGS = "".join(f"@string{{s{n} = s{n + 1} # s{n + 1}}}\n" for n in range(60))
BOMBS = {
    "strings that double": f"{STRINGS}@string{{s60 = {{x}}}}\n@book{{k, title = s0}}",
    "braces that open in a field": "@book{k, title = " + "{" * 1_000_000,
    "braces in a field": "@book{k, title = {" + "{}" * 500_000 + "}}",
    "braces in each other in a field": "@book{k, title = " + "{" * 500_000 + "}" * 500_000 + "}",
    "braces that open at top level": "@book{k, title={T}}\n" + "{" * 1_000_000,
    "braces at top level": "@book{k, title={T}}\n" + "{}" * 500_000,
    "entities": '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><PubmedArticleSet/>',
    "an entity from elsewhere": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>',
    "a grammar from elsewhere": '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd" []><a/>',
    "elements in each other": "<PubmedArticleSet>" + "<a>" * 100_000,
    "a long line of RIS": "TY  - JOUR\nTI  - " + "x" * 1_900_000,
    "a long line of NBIB": "PMID- 1\nTI  - " + "x" * 1_900_000,
    "lists in each other": '[{"title": ' + "[" * 100_000 + "]" * 100_000 + "}]",
    "objects in each other": '[{"title": ' + '{"a":' * 100_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_told_with_its_line_and_nothing_is_stored(
    entrance: Entrance, save: Save, text: str
) -> None:
    save("mine", DOI="10.5555/1")
    told = entrance(text.encode())
    assert re.search(r":\d+: .+could not be read|<td>\d+</td>.+Not read:", told, re.DOTALL)
    assert [each.citekey for each in Reference.objects.all()] == ["mine"]


def test_the_screen_shows_why_a_bomb_is_unread(desk: Client) -> None:
    html = shown(desk, text=BOMBS["strings that double"])
    assert "A value with its strings is longer than 10,000 characters." in html


def test_of_a_file_with_one_bad_record_the_others_are_stored(entrance: Entrance) -> None:
    items = [
        {"type": "book", "title": "One"},
        {"type": ["book"], "title": "Two"},
        {"type": "book", "title": 3, "author": 7, "issued": {"date-parts": [[10**400]]}},
        {"type": "book", "title": "\ud800Four\0", "volume": None, "DOI": "10.5555/../'x"},
    ]
    entrance(json.dumps(items).encode())
    stored = dict(Reference.objects.values_list("title", "doi"))
    assert stored == {"One": "", "3": "", "Four": "10.5555/../'x"}


def ris(title: str, **tags: str) -> str:
    lines = "".join(f"{tag}  - {value}\n" for tag, value in tags.items())
    return f"TY  - JOUR\nTI  - {title}\n{lines}ER  -\n"


def test_rows_for_one_doi_in_a_file_are_one_source(entrance: Entrance) -> None:
    rows = (
        ris("First", DO="10.5555/ABC")
        + ris("Second", DO="10.5555/abc")
        + ris("Third", AN="PMID: 77")
        + ris("Fourth", DO="https://doi.org/10.5555/aBc", AN="PMID: 77")
    )
    for _time in range(2):
        entrance(rows.encode())
        stored = Reference.objects.order_by("pk").values_list("title", "doi", "pmid")
        assert list(stored) == [("First", "10.5555/abc", ""), ("Third", "", "77")]


def test_rows_for_one_doi_in_two_files_are_one_source(editor: User, tmp_path: Path) -> None:
    names = []
    for number, doi in enumerate(["10.5555/ABC", "10.5555/abc"]):
        file = tmp_path / f"{number}.ris"
        file.write_text(ris(f"Title {number}", DO=doi))
        names.append(str(file))
    call_command("import_references", *names)
    assert Reference.objects.get().title == "Title 0"


def test_a_file_whose_name_is_no_text_is_imported(
    editor: User, tmp_path: Path, capfdbinary: Any
) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9.ris")
    file.write_text(ris("Good", XX="what is this"))
    call_command("import_references", str(file))
    assert Reference.objects.get().title == "Good"
    assert b"caf?.ris:1: The tag XX is not known" in capfdbinary.readouterr().out


def test_a_second_file_that_cannot_be_read_leaves_the_first_unstored(
    editor: User, tmp_path: Path
) -> None:
    (tmp_path / "good.ris").write_text(ris("Good"))
    (tmp_path / "bad.png").write_bytes(png())
    with pytest.raises(CommandError, match=r"bad\.png: This is not a text file"):
        call_command("import_references", str(tmp_path / "good.ris"), str(tmp_path / "bad.png"))
    assert not Reference.objects.exists()


def test_too_many_records_are_refused_before_any_is_stored(
    editor: User, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(import_references, "MAX_RECORDS", 2)
    file = tmp_path / "list.ris"
    file.write_text(ris("One") + ris("Two"))
    call_command("import_references", str(file), dry_run=True)
    with pytest.raises(CommandError, match="over 2 records"):
        call_command("import_references", str(file), str(file))
    assert not Reference.objects.exists()


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def shown(desk: Any, **values: Any) -> str:
    """What the screen answers, before anything is stored."""
    answer = desk.post(SCREEN, values)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_screen_says_how_much_it_takes(desk: Client) -> None:
    assert "At most 2 MB and 1,000 references." in desk.get(SCREEN).content.decode()
    message = f"At most {import_views.MAX_SIZE // 10**6} MB and {import_views.MAX_RECORDS:,} "
    assert message in desk.get(SCREEN).content.decode()


@pytest.mark.parametrize("unit", ["é", "粟", "\n.", "x"])
def test_what_the_first_screen_takes_the_second_takes_too(
    desk: Client, settings: Any, unit: str
) -> None:
    """A browser sends two bytes for each line end, and all that the file held as a field."""
    line = ris("Milia")
    size = import_views.MAX_SIZE - 1_000
    text = line + unit * (size // len(unit.replace("\n", "\r\n").encode()))
    assert "Milia" in shown(desk, file=SimpleUploadedFile("list.ris", text.encode()))
    sent = {"text": text.replace("\n", "\r\n"), "format": "ris", "store": "1"}
    assert desk.post(SCREEN, sent).status_code == 302
    assert Reference.objects.get().title == "Milia"
    over = text + unit * 1_000
    assert "over 2 MB" in shown(desk, file=SimpleUploadedFile("list.ris", over.encode()))


def test_more_boxes_than_a_form_can_have_are_not_shown(
    desk: Client, save: Save, monkeypatch: Any
) -> None:
    monkeypatch.setattr(import_views, "MAX_CHOICES", 1)
    save("mine", title="Mine", DOI="10.5555/1")
    html = shown(desk, text=ris("Other", DO="10.5555/1", PY="2020"))
    assert "in over 1 values" in html
    assert "take-0" not in html


def test_a_fault_while_storing_stores_nothing_of_the_screen(
    desk: Client, save: Save, monkeypatch: Any
) -> None:
    def broken(**_arguments: Any) -> None:
        raise RuntimeError("down")

    save("mine", title="Mine", DOI="10.5555/1")
    monkeypatch.setattr(import_views, "save_reference", broken)
    text = ris("New") + ris("Other", DO="10.5555/1")
    sent = {"text": text, "format": "ris", "store": "1", "take-1": ["title"]}
    with pytest.raises(RuntimeError, match="down"):
        desk.post(SCREEN, sent)
    assert [each.title for each in Reference.objects.all()] == ["Mine"]
