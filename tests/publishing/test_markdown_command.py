"""The command that prints the public HTML of a Markdown text."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from publishing.management.commands.render import MAX_BYTES
from publishing.markdown import MAX_CHARS

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "text.md"


def printed(name: Any) -> str:
    out = io.StringIO()
    call_command("render", str(name), stdout=out)
    return out.getvalue()


def test_the_html_of_a_file_is_printed(file: Path) -> None:
    file.write_text("# *Milia*\n\n<b>", encoding="utf-8-sig")
    assert printed(file) == '<h2 id="h-milia"><em>Milia</em></h2>\n<p>&lt;b&gt;</p>\n'


def test_an_unknown_reference_is_shown_as_such(file: Path) -> None:
    file.write_text("x [@nobody]", encoding="utf-8")
    assert "Unknown reference: nobody" in printed(file)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("é".encode())))
    assert printed("-") == "<p>é</p>\n"


def test_what_has_to_be_mended_is_named_with_its_line(file: Path) -> None:
    file.write_text("a\n\n::: note\n[x](y)", encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        printed(file)
    assert str(caught.value).splitlines() == [
        "line 3: The block “::: note” has no closing line “:::”.",
        "line 4: “y” cannot be linked. An address begins with https://, mailto:, / or #.",
    ]


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory. Name a"):
        printed(file)


def test_a_file_in_another_encoding_is_named_with_the_place(file: Path) -> None:
    file.write_bytes(b"ab\xff")
    with pytest.raises(CommandError, match=r"is not UTF-8 at byte 2. Save it as UTF-8"):
        printed(file)


@pytest.mark.parametrize(
    ("length", "message"),
    [(MAX_BYTES + 1, "is larger than 200000 bytes"), (MAX_CHARS + 1, "has 50001 characters")],
)
def test_a_file_that_is_too_large_is_named(file: Path, length: int, message: str) -> None:
    file.write_bytes(b"a" * length)
    with pytest.raises(CommandError, match=message):
        printed(file)
