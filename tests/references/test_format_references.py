"""The command that prints AMA entries."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from references.management.commands import format_references

BOOK = {"id": "a", "type": "book", "title": "skin & hair", "publisher": "P"}
PAGE = {"id": "b", "type": "webpage", "title": "Milia", "container-title": "Site"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "items.json"


def printed(name: str, *flags: str) -> str:
    out = io.StringIO()
    call_command("format_references", name, *flags, stdout=out)
    return out.getvalue()


def test_entries_are_printed_one_a_line(file: Path) -> None:
    file.write_text(json.dumps([BOOK, PAGE]), encoding="utf-8")
    assert printed(str(file)) == "Skin & Hair. P.\nMilia. Site.\n"


def test_html_is_printed_on_request(file: Path) -> None:
    file.write_text(json.dumps([BOOK]), encoding="utf-8")
    assert printed(str(file), "--html") == "<i>Skin &amp; Hair</i>. P.\n"


def test_a_single_item_and_a_byte_order_mark_are_read(file: Path) -> None:
    file.write_text(json.dumps(PAGE), encoding="utf-8-sig")
    assert printed(str(file)) == "Milia. Site.\n"


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps([PAGE]).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert printed("-") == "Milia. Site.\n"


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ({"id": "x1", "type": "book"}, "item 2 (x1): title: "),
        ({"id": 7, "type": "book"}, "item 2 (7): title: "),
        ({"type": "book"}, "item 2: title: "),
        ({"id": ["x"], "type": "book"}, "item 2: id: "),
        ("text", "item 2: A reference is"),
    ],
)
def test_an_item_with_a_fault_is_named_and_the_others_are_printed(
    file: Path, item: Any, name: str
) -> None:
    file.write_text(json.dumps([PAGE, item, PAGE]), encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("format_references", str(file), stdout=out)
    assert str(caught.value).startswith(name)
    assert out.getvalue() == "Milia. Site.\n" * 2


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 200_000])
def test_what_is_no_json_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError, match="this is not JSON"):
        printed(str(file))


def test_a_missing_file_is_refused(file: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        printed(str(file))


def test_a_file_that_is_too_large_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_references, "MAX_BYTES", 10)
    file.write_bytes(b"[" + b" " * 20)
    with pytest.raises(CommandError, match="larger than 50 MB"):
        printed(str(file))
