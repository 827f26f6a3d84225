"""The card of each public page, as a picture that other sites show beside a link to it."""

import hashlib
import json
import logging
import os
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from publishing.machines.card_drawing import DRAWING_VERSION, Face, draw
from publishing.machines.faces import named
from publishing.page_views import public_page

# An hour: whoever shows a card may be late by so much to learn that a review has expired.
CACHE_CONTROL = "public, max-age=3600"
logger = logging.getLogger(__name__)


@public_page
def card(request: HttpRequest, kind: str = "", slug: str = "") -> HttpResponse:
    """The card of a public page, or of the site; moved and gone as the page is."""
    face, folder = Face(settings.SITE_NAME), "site"
    if kind:
        face, folder = named(kind, slug)
    name = digest(face)
    answer = get_conditional_response(request, etag=f'"{name}"')
    if answer is None:
        png = kept(folder, name) or _drawn(face, folder, name)
        answer = HttpResponse(png, content_type="image/png")
    answer.headers["ETag"] = f'"{name}"'
    answer.headers["Cache-Control"] = CACHE_CONTROL
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def digest(face: Face) -> str:
    """What tells this card from every other."""
    return hashlib.sha256(json.dumps([DRAWING_VERSION, *face]).encode()).hexdigest()


# To draw a card costs as much as to answer a few pages, and anybody may ask. So each is drawn once
# for what it says, and kept as a file: a flood of requests, whatever their query, then costs what
# reading a page costs, and a browser that has the card is answered without even the file. One file
# a page is kept, so that the public pages bound them. They can all be deleted at any time. They do
# not stand among uploaded files, which have addresses of their own: a page that was unpublished
# takes its card with it.


def kept(folder: str, name: str) -> bytes | None:
    """The file of a card, if it was drawn before."""
    try:
        return (Path(settings.CARDS_ROOT) / folder / f"{name}.png").read_bytes()
    except OSError:
        return None


def _drawn(face: Face, folder: str, name: str) -> bytes:
    png = draw(face)
    try:
        _keep(Path(settings.CARDS_ROOT) / folder, f"{name}.png", png)
    except OSError:
        logger.exception("A card could not be kept; it is drawn anew each time.")
    return png


def _keep(folder: Path, name: str, png: bytes) -> None:
    """Keep the file in one step, and drop what the card was before."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.{os.getpid()}"
    part.write_bytes(png)
    part.replace(folder / name)
    for other in folder.glob("*.png"):
        if other.name != name:
            other.unlink(missing_ok=True)
