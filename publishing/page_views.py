"""Turns what became of an address into an answer: the page, a redirect, 404 or 410."""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing import kinds
from publishing.frames import fill
from publishing.kinds import PageKind
from publishing.page_ends import Place, page_ends, place_of
from publishing.public import (
    Gone,
    Moved,
    ShownRevision,
    live_document,
    live_page,
    shown_document,
)
from publishing.site_context import site

# Of the pages that were asked for last, what they show is kept: about 100 kB each in a process.
KEPT = 100
View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A view of a page with an editorial life: GET and HEAD only, 301 when moved, 410 when gone."""
    return require_safe(moved_or_gone(view))


def moved_or_gone(view: View) -> View:
    """Answers 301 where the page that a view speaks of has moved, and 410 where it is gone."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(moved.address)
        except Gone as gone:
            return render(request, "410.html", {"reason": str(gone)}, status=410)

    return answer


def page_response(request: HttpRequest, shown: ShownRevision) -> HttpResponse:
    """The public page of a revision, by its kind's template."""
    return _answer(request, shown.kind, _blocks(shown))


def live_response(request: HttpRequest, kind_name: str, slug: str) -> HttpResponse:
    """The public page of the live revision at an address.

    A framed page but for its ends is made of its document alone, so what was made of the very same
    one is used again. Raises what `live_page` raises.
    """
    kind = kinds.get(kind_name)
    if not kind.framed:
        return page_response(request, live_page(kind_name, slug))
    return _answer(request, kind, _framed(kind_name, live_document(kind_name, slug)))


class Blocks(NamedTuple):
    """What a page shows, its address, and where its ends stand."""

    context: Mapping[str, Any]
    url: str
    place: Place | None


def _blocks(shown: ShownRevision) -> Blocks:
    return Blocks(shown.kind.context(shown), shown.url, place_of(shown))


@lru_cache(KEPT)
def _framed(kind_name: str, document: str) -> Blocks:
    """The texts of a live page, which are all that a frame fills in."""
    blocks = _blocks(shown_document(kind_name, document))
    context = blocks.context.items()
    return blocks._replace(
        context={name: value for name, value in context if isinstance(value, str | bool)}
    )


def _answer(request: HttpRequest, kind: PageKind, blocks: Blocks) -> HttpResponse:
    # A preview has an address of its own; the page it shows does not.
    values = {
        **blocks.context,
        "canonical_url": settings.SITE_URL + blocks.url,
        "ends": page_ends(blocks.place),
    }
    if kind.framed:
        response = HttpResponse(fill(kind.template, {**site(request), **values}))
    else:
        response = render(request, kind.template, values)
    if blocks.context["noindex"]:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
