"""The library against the list of Retraction Watch, without a network."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from references.entries import Status
from references.models import FoundNotice, Reference
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db
NAMES = (
    "Record ID",
    "Journal",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
)


@pytest.fixture
def watch(tmp_path: Path) -> Path:
    rows = [
        ("1", "J Test", "4/12/2016 0:00", "10.5555/r", "0", "10.5555/ABC", "0", "Retraction"),
        ("2", "J\0Test", "x", "unavailable", "77", "unavailable", "123", "Expression of concern"),
        ("3", "J Test", "1/2/2020 0:00", "10.5555/z", "0", "10.5555/other", "9", "Retraction"),
        ("4", "", "", "", "", "10.5555/abc", "", "Reinstatement"),
    ]
    file = tmp_path / "list.csv"
    with file.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows([NAMES, *rows])
    return file


def test_sources_are_matched_by_doi_or_pmid_and_told_once(
    save: Save, watch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save("a", DOI="10.5555/abc")
    save("b", PMID="123")
    save("c", DOI="10.5555/c")
    call_command("check_references", retraction_watch=str(watch))
    out = capsys.readouterr().out
    assert "a: Retraction: J Test. 2016-04-12\n" in out
    assert "b: Expression of concern: JTest\n" in out
    assert "2 sources are in the list; 3 notices are new." in out
    statuses = dict(Reference.objects.values_list("citekey", "status"))
    assert statuses == {"a": Status.RETRACTED, "b": Status.CONCERN, "c": Status.UNCHECKED}
    assert not Reference.objects.exclude(checked_at=None).exists()
    row = FoundNotice.objects.get(reference__citekey="a", type="retraction")
    assert (row.doi, row.published, row.service) == ("10.5555/r", "2016-04-12", "retraction-watch")
    call_command("check_references", retraction_watch=str(watch))
    assert "0 notices are new" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n1,2\n", "no column OriginalPaperDOI, OriginalPaperPubMedID, RetractionNature"),
        (b"", "no column"),
        (
            b"OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n" + b"x" * 200_000,
            "cannot be read after line",
        ),
        (None, "No such file"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "list.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=f"list.csv: .*{message}"):
        call_command("check_references", retraction_watch=str(file))


def test_a_citekey_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match=r"There is no reference nobody1999\."):
        call_command("check_references", "nobody1999")
