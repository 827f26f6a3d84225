"""Draws the card that other sites show beside a link to a page: logotype, title, summary, state.

It holds the light colours of static/css/variables.css and the shape of static/images/favicon.svg.
"""

import io
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)  # pixels; the shape that all who show such cards have agreed on
# Raised when the same words would give another picture, so that kept cards are drawn anew.
DRAWING_VERSION = 2
FONT = Path(__file__).parent / "fonts" / "source-serif-4-latin-600.woff"

PAPER, INK, ACCENT = "#fdfbf8", "#1f272b", "#0a4650"
TEAL, CLAY = "#0c4a54", "#f2c7a8"  # of the logotype
COLOURS = 64  # enough for soft edges; makes the file a third of its size

MARGIN = 80
LOGO = 104
TITLE_TOP, TITLE_BOTTOM = 230, 500
TITLE_BOTTOM_ABOVE_SUMMARY = 390
SUMMARY_BOTTOM, SUMMARY_GAP = 515, 22
TITLE_SIZES = (84, 72, 60, 50, 42, 36)
SUMMARY_SIZE = 34
SMALL = 38
LEADING = 1.18
SUMMARY_LEADING = 1.3
SMOOTH = 4  # the logotype is drawn so many times larger, then made smaller
MARK = ((3, 21), (7.5, 21), (8.5, 12), (16, 12), (23.5, 12), (24.5, 21), (29, 21))
# Without a width or a meaning of their own on a card.
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
NO_GLYPH = "\U0010fffd"  # never a character, so no font has it


class Face(NamedTuple):
    """What stands on a card. Without a title it is the card of the site."""

    site: str
    title: str = ""
    state: str = ""  # of its review, or of whatever else is to be known at once
    summary: str = ""


def drawable(text: str) -> str:
    """The text as it can be drawn; nothing when the font lacks any of its characters.

    Letters that have to be joined or reordered, such as Arabic ones, are not in the font either.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).translate(UNSEEN).split())
    return plain if all(_has(each) for each in set(plain)) else ""


def draw(face: Face) -> bytes:
    """The card as a PNG file; words that cannot be drawn are left out as a whole."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    image.paste(_logotype(), (MARGIN, MARGIN), _logotype().getchannel("A"))
    middle = MARGIN + LOGO // 2
    site, state, summary = map(drawable, (face.site, face.state, face.summary))
    pen.text((MARGIN + LOGO + 28, middle), site, fill=ACCENT, font=_font(52), anchor="lm")
    bottom = TITLE_BOTTOM_ABOVE_SUMMARY if summary else TITLE_BOTTOM
    size, lines = _fitted(drawable(face.title), bottom)
    end = _write(pen, lines, TITLE_TOP, size, LEADING)
    if summary:
        top = end + SUMMARY_GAP
        most = int((SUMMARY_BOTTOM - top) / (SUMMARY_SIZE * SUMMARY_LEADING))
        lines = _cut(list(_lines(summary.split(), SUMMARY_SIZE)), most)
        _write(pen, lines, top, SUMMARY_SIZE, SUMMARY_LEADING)
    pen.text((MARGIN, 556), state, fill=ACCENT, font=_font(SMALL), anchor="lm")
    pen.rectangle((0, SIZE[1] - 16, *SIZE), fill=TEAL)
    file = io.BytesIO()
    # Octree, and no search for the smallest file: a tenth of the work for a file as good.
    image.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()


def _write(
    pen: ImageDraw.ImageDraw, lines: Iterable[str], top: int, size: int, leading: float
) -> int:
    """Write the lines from there down; returns where they end."""
    end = top
    for number, line in enumerate(lines):
        place = (MARGIN, top + round(number * size * leading))
        pen.text(place, line, fill=INK, font=_font(size), anchor="la")
        end = top + round((number + 1) * size * leading)
    return end


def _cut(lines: list[str], most: int) -> list[str]:
    """The lines, or as many as there may be, the last of which says that it is cut."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    shorter = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], f"{shorter.rstrip(' ,;:–-')}…"]


def _fitted(title: str, bottom: int) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; cut at the smallest if it must."""
    for size in TITLE_SIZES:
        lines = list(_lines(title.split(), size))
        most = int((bottom - TITLE_TOP) / (size * LEADING))
        if len(lines) <= most:
            return size, lines
    return size, _cut(lines, most)


def _lines(words: Iterable[str], size: int) -> Iterator[str]:
    """The words in lines; a word longer than a line goes on in the next."""
    width, font, line = SIZE[0] - 2 * MARGIN, _font(size), ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > width:
            end = bisect_right(list(accumulate(map(font.getlength, line))), width)
            yield line[:end]
            line = line[end:]
    if line:
        yield line


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # The basic layout gives the same picture on every machine; the other one needs a library of
    # the system's own, and its gain is in scripts that the font does not have.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(character: str) -> bool:
    """Whether the font has a glyph for the character, and one that can stand by itself."""
    if character == " ":
        return True
    alone = unicodedata.category(character)[0] not in "CMZ"
    return alone and _glyph(character) != _glyph(NO_GLYPH)


def _glyph(character: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(SMALL).getmask(character)
    return mask.size, bytes(mask)


@cache
def _logotype() -> Image.Image:
    """The logotype on nothing; its units are 32 to a side."""
    unit = LOGO * SMOOTH / 32
    image = Image.new("RGBA", (LOGO * SMOOTH, LOGO * SMOOTH))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, 32 * unit - 1, 32 * unit - 1), 9 * unit, fill=TEAL)
    for x, y in (*_curve(MARK[:4]), *_curve(MARK[3:])):
        pen.circle((x * unit, y * unit), 1.3 * unit, fill=CLAY)
    pen.circle((16 * unit, 20.5 * unit), 4.6 * unit, fill=PAPER)
    return image.resize((LOGO, LOGO), Image.Resampling.LANCZOS)


def _curve(points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Places along a cubic Bézier curve, close enough for a round pen."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    for step in range(201):
        t = step / 200
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
        yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
