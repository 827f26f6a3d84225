"""Checks pictures that people upload, and makes them harmless."""

import json
import logging
import subprocess
import sys
import uuid
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from publishing import decode_image
from publishing.vector_images import Picture

MAX_BYTES = 10_000_000
# For the whole decoding, in seconds; a child that waits instead of working uses no CPU time.
WALL_SECONDS = 30
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
DECODER = Path(decode_image.__file__)
logger = logging.getLogger(__name__)


class RefusedImage(ValueError):
    """The upload is not a picture that may be shown; the text says why and what to do."""


def check_size(size: int) -> None:
    """Raise RefusedImage when a file of `size` bytes is too large to be read at all."""
    if size > MAX_BYTES:
        raise RefusedImage(
            _("The file is over %(max)s MB. Save the picture smaller and try again.")
            % {"max": MAX_BYTES // 1_000_000}
        )


def read_image(data: bytes) -> Picture:
    """The picture written anew: upright, without metadata, under a name of its own.

    Takes JPEG, PNG and WebP of one frame, up to 10 MB, 40 megapixels and 12,000 pixels a side.
    The same bytes always give the same picture. Raises RefusedImage.
    """
    check_size(len(data))
    ((facts, pixels),) = _decode(data)
    name = f"{uuid.uuid4()}.{EXTENSIONS[facts['format']]}"
    return Picture(pixels, facts["width"], facts["height"], name)


def smaller_copies(data: bytes) -> list[tuple[str, Picture]]:
    """Copies of a stored picture for pages, each with its format; see decode_image.renditions.

    Their names are only endings, such as `480.avif`. Raises RefusedImage.
    """
    return [
        (
            facts["format"],
            Picture(
                pixels,
                facts["width"],
                facts["height"],
                f"{facts['width']}.{EXTENSIONS[facts['format']]}",
            ),
        )
        for facts, pixels in _decode(data, "renditions")
    ]


def _decode(data: bytes, *arguments: str) -> list[tuple[dict[str, Any], bytes]]:
    """The decoder's pictures. It runs apart: a picture that breaks it breaks nothing else."""
    command = [sys.executable, "-I", "-B", str(DECODER), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and no shell
            command, input=data, capture_output=True, env={}, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RefusedImage(_explain("time")) from None
    if done.returncode:
        # Mostly a damaged file; the reason tells a broken installation from one.
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("No picture: the decoder ended with %s, %.200r", done.returncode, reason)
        raise RefusedImage(_explain("damaged"))
    head, _line_end, rest = done.stdout.partition(b"\n")
    facts = json.loads(head)
    if "refused" in facts:
        raise RefusedImage(_explain(facts["refused"]))
    ends = list(accumulate(each["bytes"] for each in facts))
    return [(each, rest[end - each["bytes"] : end]) for each, end in zip(facts, ends, strict=True)]


def _explain(code: str) -> str:
    """The sentence for a reason not to take a picture."""
    sentences = {
        "side": _("The picture is over 12,000 pixels wide or high. Save it smaller and try again."),
        "pixels": _("The picture has over 40 megapixels. Save it smaller and try again."),
        "frames": _("This is an animation. Save one picture of it and try again."),
        "time": _("Reading this picture takes too long. Save it smaller and try again."),
        "damaged": _("This cannot be read as a picture. Choose a whole JPEG, PNG or WebP file."),
    }
    return sentences[code]
