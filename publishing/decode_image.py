"""Decodes an uploaded picture and writes it anew, or in smaller copies, in a process of its own.

Decoders are where hostile pictures do harm, so `publishing.uploads` runs this file alone: without
Django, secrets or an environment, and with limits on memory and time. The picture comes on
standard input. The answer on standard output is one line of JSON, then the bytes of the new files,
one after the other. With the argument `renditions` they are copies for pages.
"""

import io
import json
import resource
import sys
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageOps

MAX_PIXELS = 40_000_000
MAX_SIDE = 12_000  # pixels
MEMORY_BYTES = 1_500_000_000  # 40 megapixels need up to 1.1 GB while they are turned and written
CPU_SECONDS = 20
# How each format is written. A phone's JPEG with a preview beside it is an MPO to Pillow.
FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}
OPTIONS: dict[str, dict[str, int]] = {
    "JPEG": {"quality": 90},
    "PNG": {},
    "WEBP": {"quality": 90, "method": 2},
}


# Copies for pages: as wide as a phone's column, a tablet's, and the widest of ours, in pixels.
WIDTHS = (480, 768, 1140)
RENDITIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 60, "speed": 7},
    "WEBP": {"quality": 80, "method": 4},
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
}


class Refused(Exception):
    """The picture is none that we take; the text is a code that `publishing.uploads` explains."""


@dataclass(frozen=True)
class Decoded:
    """A picture written anew: its format, its size in pixels, and the bytes of the file."""

    format: str
    width: int
    height: int
    data: bytes


def decode(data: bytes) -> Decoded:
    """The picture upright, in sRGB, and without anything but its pixels.

    Raises Refused for what the header tells, before a pixel is decoded. What Pillow raises for a
    damaged file passes through.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and it refuses instead of warning
    image = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
    if max(image.size) > MAX_SIDE:
        raise Refused("side")
    if image.width * image.height > MAX_PIXELS:
        raise Refused("pixels")
    # The further pictures of an MPO are previews and depth maps: they are left behind.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused("frames")
    target = FORMATS[str(image.format)]
    upright = ImageOps.exif_transpose(image)
    plain = _in_plain_mode(_in_srgb(upright), target)
    plain.info = {}  # Pillow would write comments and profiles from here into the new file
    written = io.BytesIO()
    plain.save(written, target, **OPTIONS[target])
    return Decoded(target, plain.width, plain.height, written.getvalue())


def renditions(data: bytes) -> list[Decoded]:
    """Copies of a picture that `decode` has written: in modern formats, and in one that all know.

    No copy is wider than the picture.
    """
    image = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    widest = min(plain.width, WIDTHS[-1])
    widths = sorted({*(width for width in WIDTHS if width < widest), widest})
    formats = ("AVIF", "WEBP", "PNG" if plain.mode == "RGBA" else "JPEG")
    return [_rendition(plain, target, width) for target in formats for width in widths]


def _rendition(image: Image.Image, target: str, width: int) -> Decoded:
    height = max(1, round(image.height * width / image.width))
    smaller = image.resize((width, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    smaller.save(written, target, **RENDITIONS[target])
    return Decoded(target, width, height, written.getvalue())


def _in_srgb(image: Image.Image) -> Image.Image:
    """The same colours without a profile: phones write wider ones, and skin must not turn grey."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK", "P"}:
        return image
    mode = "RGBA" if image.has_transparency_data else "RGB"
    try:
        converted = ImageCms.profileToProfile(
            image if image.mode == "CMYK" else image.convert(mode),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that cannot be read says nothing about the colours
    return converted or image


def _in_plain_mode(image: Image.Image, target: str) -> Image.Image:
    """A copy in 8 bits a channel, in a mode that the format can hold."""
    if image.mode.startswith("I"):  # 16-bit grey, which Pillow would clip instead of scale
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"1", "L"}:
        return image.convert("L")
    if image.mode == "P" and target == "PNG":
        return image.copy()
    return image.convert("RGB")


def limit_this_process() -> None:
    """Let the system end this process when a picture takes too much memory or time."""
    limits = {resource.RLIMIT_CPU: CPU_SECONDS, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
    if sys.platform == "linux":  # pragma: no branch - macOS knows no limit of address space
        limits[resource.RLIMIT_AS] = MEMORY_BYTES
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))


def answer(data: bytes, *, smaller: bool = False) -> bytes:
    """What goes back to `publishing.uploads`: a line of JSON, and the new files if any."""
    try:
        pictures = renditions(data) if smaller else [decode(data)]
    except Refused as refused:
        return json.dumps({"refused": str(refused)}).encode() + b"\n"
    head = [
        {
            "format": picture.format,
            "width": picture.width,
            "height": picture.height,
            "bytes": len(picture.data),
        }
        for picture in pictures
    ]
    return json.dumps(head).encode() + b"\n" + b"".join(picture.data for picture in pictures)


if __name__ == "__main__":  # pragma: no cover - a process of its own, which tests only see
    limit_this_process()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), smaller="renditions" in sys.argv))
