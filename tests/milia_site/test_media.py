"""Uploaded files are answered in a sandbox, and nothing outside their folder is."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(settings: Any) -> str:
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(b"\x89PNG")
    (folder / "b.unknown").write_bytes(b"x")
    (folder.parent.parent / "secret.txt").write_text("secret")
    return "/media/images/a.png"


def test_a_picture_is_answered_sandboxed_unsniffed_and_for_ever(client: Any, picture: str) -> None:
    answer = client.get(picture)
    assert b"".join(answer.streaming_content) == b"\x89PNG"
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_unknown_type_is_a_download(client: Any, picture: str) -> None:
    answer = client.get("/media/images/b.unknown")
    assert b"".join(answer.streaming_content) == b"x"
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "path",
    [
        "nothing.png",
        "images",
        "../secret.txt",
        "..%2fsecret.txt",
        "images/../../secret.txt",
        "/etc/passwd",
        "images//a.png",
        "a%00b",
        "x" * 5000,
    ],
)
def test_everything_else_is_not_found(client: Any, picture: str, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_it_answers_reads_only(client: Any, picture: str) -> None:
    assert client.post(picture).status_code == 405
