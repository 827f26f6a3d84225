"""Checks the files of a video: what they are is read, and their names are our own."""

import uuid
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

VIDEO_MAX_BYTES = 200_000_000
CAPTIONS_MAX_BYTES = 1_000_000
HEAD = 12  # bytes
# By extension: how such a file begins, from the byte at which that stands.
BEGINNINGS = {".mp4": (4, b"ftyp"), ".webm": (0, b"\x1a\x45\xdf\xa3")}


def check_video(file: FieldFile) -> None:
    """Raise ValidationError unless a new file is MP4 or WebM of at most 200 MB."""
    if getattr(file, "_committed", True):  # stored already
        return
    extension = _extension(file.name)
    place, beginning = BEGINNINGS.get(extension, (0, b""))
    file.seek(0)
    if not beginning or file.read(HEAD)[place : place + len(beginning)] != beginning:
        raise ValidationError(_("This is not a video in MP4 or WebM. Choose such a file."))
    _check_size(file, VIDEO_MAX_BYTES)


def check_captions(file: FieldFile) -> None:
    """Raise ValidationError unless a new file is WebVTT of at most 1 MB."""
    if getattr(file, "_committed", True):
        return
    _check_size(file, CAPTIONS_MAX_BYTES)
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if _extension(file.name) != ".vtt" or not text.startswith("WEBVTT") or "\0" in text:
        raise ValidationError(
            _("These are not captions in WebVTT: a file .vtt that begins with “WEBVTT”.")
        )


def _check_size(file: FieldFile, most: int) -> None:
    if file.size > most:
        message = _("The file is over %(most)s MB. Make it smaller and try again.")
        raise ValidationError(message % {"most": most // 1_000_000})


def _extension(name: str | None) -> str:
    return PurePath(name or "").suffix.lower()


def own_name(_article: Any, name: str) -> str:
    """A name that says nothing of who made the file, with the extension that was checked."""
    return f"videos/{uuid.uuid4()}{_extension(name)}"
