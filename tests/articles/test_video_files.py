"""A video is read before it is kept, and keeps no name of whoever made it."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from articles import video_files
from articles.models import Article

MP4 = b"\x00\x00\x00\x18ftypisom" + b"\x00" * 20
WEBM = b"\x1a\x45\xdf\xa3" + b"\x00" * 20
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nShe waits.\n"


def article(**files: tuple[str, bytes]) -> Article:
    made = Article(title="Removal", slug="removal")
    for field, (name, data) in files.items():
        setattr(made, field, ContentFile(data, name=name))
    return made


def faults(made: Article) -> dict[str, Any]:
    try:
        made.clean_fields(exclude={"owner", "kind"})
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(("name", "data"), [("a.mp4", MP4), ("A.MP4", MP4), ("a.webm", WEBM)])
def test_a_video_gets_a_name_of_its_own(name: str, data: bytes) -> None:
    made = article(video_file=(name, data), video_captions=("a.vtt", b"\xef\xbb\xbf" + VTT))
    assert faults(made) == {}
    own = video_files.own_name(made, name)
    assert re.fullmatch(r"videos/[0-9a-f-]{36}\.(mp4|webm)", own)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("login.html", b"<script>alert(1)</script>"),
        ("a.mp4", b"<script>alert(1)</script>"),
        ("a.html", MP4),
        ("a.svg", WEBM),
        ("a.webm", MP4),
        ("a", MP4),
        ("a.mp4", b""),
    ],
)
def test_what_is_no_video_is_refused(name: str, data: bytes) -> None:
    assert "MP4 or WebM" in faults(article(video_file=(name, data)))["video_file"][0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.vtt", b"<svg onload=alert(1)>"),
        ("a.html", VTT),
        ("a.vtt", b"\xff\xfe"),
        ("a.vtt", b"WEBVTT\x00"),
        ("a.vtt", b""),
    ],
)
def test_what_are_no_captions_is_refused(name: str, data: bytes) -> None:
    assert "WebVTT" in faults(article(video_captions=(name, data)))["video_captions"][0]


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video_files, "VIDEO_MAX_BYTES", len(MP4) - 1)
    monkeypatch.setattr(video_files, "CAPTIONS_MAX_BYTES", len(VTT) - 1)
    made = article(video_file=("a.mp4", MP4), video_captions=("a.vtt", VTT))
    assert {name: "MB" in texts[0] for name, texts in faults(made).items()} == {
        "video_file": True,
        "video_captions": True,
    }


def test_what_is_stored_already_is_not_read_again() -> None:
    made = Article(title="Removal", slug="removal", video_file="videos/gone.mp4")
    made.video_captions = "videos/gone.vtt"
    assert faults(made) == {}
