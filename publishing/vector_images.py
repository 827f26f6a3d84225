"""Checks drawings (SVG) that the site's owner puts into the content folder.

Browsers can never upload SVG. A drawing is shown through <img>, where no script runs; this check
keeps it harmless when its file is opened by itself as well.
"""

import uuid
from dataclasses import dataclass
from xml.etree import ElementTree

from django.utils.translation import gettext as _

MAX_BYTES = 500_000
NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "svg g title desc defs path rect circle ellipse line polyline polygon text tspan marker "
    "linearGradient radialGradient stop clipPath mask pattern".split()
)
FORBIDDEN_ATTRIBUTES = ("on", "style", "href", "src")


class RefusedDrawing(ValueError):
    """The drawing has something in it that a picture does not need."""


@dataclass(frozen=True)
class Picture:
    """A checked picture: its bytes, its size in pixels, and a name of its own."""

    data: bytes
    width: int
    height: int
    name: str


def read_svg(data: bytes) -> Picture:
    """The drawing, if it has nothing but shapes and words; else RefusedDrawing says what."""
    if len(data) > MAX_BYTES:
        raise RefusedDrawing(_("The drawing is over %(max)s bytes.") % {"max": MAX_BYTES})
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise RefusedDrawing(_("A drawing is UTF-8. Save it anew.")) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text or "<?xml-stylesheet" in text:
        raise RefusedDrawing(_("A drawing has no DOCTYPE, entities or style sheets."))
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no DOCTYPE, so no entities to expand
    except ElementTree.ParseError as error:
        raise RefusedDrawing(_("This is not SVG: %(why)s.") % {"why": error}) from None
    for element in root.iter():
        _check(element)
    try:
        width, height = (round(float(root.attrib[side])) for side in ("width", "height"))
    except (KeyError, ValueError, OverflowError):
        raise RefusedDrawing(_("Give the drawing a width and a height in pixels.")) from None
    if not (1 <= width <= 12_000 and 1 <= height <= 12_000):
        raise RefusedDrawing(_("A drawing is 1 to 12,000 pixels wide and high."))
    return Picture(data, width, height, f"{uuid.uuid4()}.svg")


def _check(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(NAMESPACE) if isinstance(element.tag, str) else "?"
    if name not in ELEMENTS:
        raise RefusedDrawing(_("A drawing may not contain <%(name)s>.") % {"name": name})
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2].lower()
        if plain.startswith(FORBIDDEN_ATTRIBUTES) or "url(" in value.lower().replace("url(#", ""):
            raise RefusedDrawing(
                _("A drawing may not have the attribute “%(name)s” with this value.")
                % {"name": attribute}
            )
