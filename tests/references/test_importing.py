"""Records of files become sources: new ones are stored, known ones found, none changed."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from references import importing
from references.actions import add_references, save_reference
from references.citekeys import is_citekey
from references.importing import (
    Imported,
    Outcome,
    citekey_base,
    differing,
    free_citekey,
    import_records,
    taken_over,
)
from references.models import Reference
from references.readers import Read, Record, Unread
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

ADA = {"family": "Müller-Lüdenscheidt", "given": "Ada"}


def made(line: int = 1, key: str = "", **variables: Any) -> Read:
    item = {"type": "article-journal", "title": "On cysts", **variables}
    return Read(line, item, key)


def run(*records: Record, by: User, dry_run: bool = False) -> list[Imported]:
    return list(import_records(records, by=by, dry_run=dry_run))


@pytest.mark.parametrize(
    ("variables", "citekey"),
    [
        ({"author": [ADA], "issued": {"date-parts": [[2016, 4]]}}, "mullerludenscheidt2016"),
        ({"author": [{"literal": "World Health Organization"}]}, "worldnd"),
        ({"editor": [{"family": "de Wet", "given": "B"}]}, "dewetnd"),
        ({"title": "…a Study of 3"}, "and"),
        ({"title": "汉字", "issued": {"date-parts": [[1999]]}}, "source1999"),
    ],
)
def test_a_citekey_is_made_of_author_and_year(variables: dict[str, Any], citekey: str) -> None:
    assert citekey_base(made(**variables).item) == citekey


@given(st.text(), st.text())
def test_a_made_citekey_always_has_the_right_form(family: str, title: str) -> None:
    item = {"title": title, "author": [{"family": family}]}
    assert is_citekey(free_citekey(citekey_base(item), ()))


def test_a_taken_citekey_gets_a_letter() -> None:
    taken = {"a2016", *(f"a2016{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")}
    assert free_citekey("a2016", {"a2016"}) == "a2016a"
    assert free_citekey("a2016", taken) == "a2016aa"


def test_what_is_new_is_stored_once(editor: User) -> None:
    records = [made(1, "smith2010", DOI="10.5555/1"), made(9, "bad key!", title="Other")]
    results = run(*records, by=editor)
    assert [(each.outcome, each.citekey) for each in results] == [
        (Outcome.NEW, "smith2010"),
        (Outcome.NEW, "othernd"),
    ]
    stored = Reference.objects.get(citekey="smith2010")
    assert stored.csl == {**records[0].item, "id": "smith2010"}
    assert stored.entry.startswith(stored.entry_html)
    assert [each.outcome for each in run(*records, by=editor)] == [Outcome.SAME, Outcome.SAME]
    assert Reference.objects.count() == 2


@pytest.mark.parametrize(
    "variables",
    [
        {"title": "Another title", "DOI": "10.5555/ABC"},
        {"title": "Another title", "PMID": "123"},
        {"title": "Another title", "PMCID": "PMC9"},
        {"title": "ON CYSTS", "author": [ADA], "issued": {"date-parts": [[2016]]}},
    ],
)
def test_a_known_source_is_found_by_what_identifies_it(
    save: Save, editor: User, variables: dict[str, Any]
) -> None:
    save(
        "a",
        type="article-journal",
        title="On cysts",
        DOI="10.5555/abc",
        PMID="123",
        PMCID="PMC9",
        author=[ADA],
        issued={"date-parts": [[2016]]},
    )
    before = Reference.objects.get().csl
    (result,) = run(made(**variables), by=editor)
    assert (result.outcome, result.citekey) == (Outcome.DIFFERS, "a")
    assert "title" in result.differences
    assert Reference.objects.get().csl == before


def test_other_years_and_authors_are_other_sources(save: Save, editor: User) -> None:
    save("a", title="On cysts", issued={"date-parts": [[2016]]})
    results = run(made(issued={"date-parts": [[2017]]}), made(author=[ADA]), by=editor)
    assert [each.outcome for each in results] == [Outcome.NEW, Outcome.NEW]


def test_the_same_record_twice_in_a_file_is_one_source(editor: User) -> None:
    results = run(made(1, DOI="10.5555/1"), made(5, DOI="10.5555/1"), by=editor)
    assert [each.outcome for each in results] == [Outcome.NEW, Outcome.SAME]


def test_a_dry_run_stores_nothing_and_says_the_same(editor: User) -> None:
    records = (made(1, DOI="10.5555/1"), Unread(7, "No title."))
    dry = run(*records, by=editor, dry_run=True)
    assert not Reference.objects.exists()
    assert dry == run(*records, by=editor)
    assert [each.outcome for each in dry] == [Outcome.NEW, Outcome.UNREAD]


def test_who_comes_in_between_keeps_their_source_and_the_rest_is_stored(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:

    def after_somebody_else(**arguments: Any) -> None:
        csl = {"type": "book", "title": "Theirs", "DOI": "10.5555/1"}
        save_reference(by=editor, citekey="theirs", csl=csl)
        add_references(**arguments)

    monkeypatch.setattr(importing, "add_references", after_somebody_else)
    records = (made(1, DOI="10.5555/1"), made(2, title="Free"), Unread(3, "No title."))
    results = run(*records, by=editor)
    assert [each.outcome for each in results] == [Outcome.UNREAD, Outcome.NEW, Outcome.UNREAD]
    assert "theirs" in results[0].reason
    assert set(Reference.objects.values_list("title", flat=True)) == {"Theirs", "Free"}


def test_batches_are_taken_one_after_the_other(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    results = run(*(made(number, title="Same") for number in range(5)), by=editor)
    assert [each.outcome for each in results] == [Outcome.NEW, *[Outcome.SAME] * 4]


def test_differences_are_what_the_new_one_says_otherwise() -> None:
    assert differing({"id": "x", "a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ("b",)


RIS = """TY  - JOUR
AU  - Ada, B
TI  - One
DO  - 10.5555/1
ER  -

TY  - JOUR
TI  -
ER  -
"""


ERRATUM = {"type": "correction", "citation": "J. 2021"}
RETRACTED = {"type": "retraction", "citation": "J. 2022"}


def test_what_only_the_library_says_of_a_source_is_no_difference_and_is_kept() -> None:
    stored = {"title": "A", "custom": {"finding": "Few.", "notices": [RETRACTED], "n": 1}}
    silent = {"title": "A", "custom": {"n": 1}}
    assert differing(silent, stored) == ()
    assert taken_over(stored, silent, "custom") == stored
    told = {"title": "B", "custom": {"n": 2, "notices": [ERRATUM, RETRACTED]}}
    assert differing(told, stored) == ("custom", "title")
    assert taken_over(stored, told, "custom") == {
        "title": "A",
        "custom": {"finding": "Few.", "notices": [RETRACTED, ERRATUM], "n": 2},
    }
    assert taken_over(stored, told, "title") == {**stored, "title": "B"}
    alone = {"custom": {"notices": RETRACTED}}
    assert taken_over({"title": "A"}, alone, "custom") == {"title": "A", **alone}
    assert taken_over(alone, {"custom": {"notices": ERRATUM}}, "custom") == {
        "custom": {"notices": [RETRACTED, ERRATUM]}
    }


def test_the_command_stores_and_reports(
    editor: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.ris"
    file.write_text(RIS)
    with pytest.raises(CommandError, match="1 records could not be read"):
        call_command("import_references", str(file), dry_run=True)
    assert not Reference.objects.exists()
    with pytest.raises(CommandError):
        call_command("import_references", str(file))
    out, err = capsys.readouterr()
    assert "1 new, 0 here already, 0 differ, 1 unread." in out
    assert f"{file}:7: " in err
    assert Reference.objects.get().updated_by == editor


def test_the_command_prints_what_it_read_as_json(
    editor: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list"
    file.write_text(RIS)
    with pytest.raises(CommandError):
        call_command("import_references", str(file), json=True)
    read, unread = json.loads(capsys.readouterr().out)
    assert (read["id"], read["title"], read["DOI"]) == ("adand", "One", "10.5555/1")
    assert (unread["line"], bool(unread["reason"])) == (7, True)
    assert not Reference.objects.exists()
    file.write_text("[]")
    call_command("import_references", str(file), json=True)
    assert json.loads(capsys.readouterr().out) == []


def test_differences_notes_and_progress_are_told(
    save: Save, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("references.management.commands.import_references.PROGRESS_EVERY", 1)
    save("a", title="Another", DOI="10.5555/1")
    file = tmp_path / "list.json"
    items = [{"type": "book", "title": "One", "DOI": "10.5555/1", "URL": "nowhere"}]
    file.write_text(json.dumps(items))
    call_command("import_references", str(file), user="editor")
    out, err = capsys.readouterr()
    assert "a is in the library with another title, type; nothing was changed." in out
    assert "URL “nowhere” was left out" in out
    assert "1 / 1" in err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a\0b", "not a text file"),
        (b"x" * 20_000_001, "larger than 20 MB"),
        (None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    editor: User, tmp_path: Path, content: bytes | None, message: str
) -> None:
    file = tmp_path / "list.ris"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=f"list.ris: .*{message}"):
        call_command("import_references", str(file))


def test_somebody_must_be_named_who_stores(db: None, tmp_path: Path) -> None:
    file = tmp_path / "list.ris"
    file.write_text(RIS)
    with pytest.raises(CommandError, match="--user"):
        call_command("import_references", str(file))
