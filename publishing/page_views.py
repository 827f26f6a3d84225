"""Turns what became of an address into an answer: the page, a redirect, 404 or 410."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing.frames import fill
from publishing.public import Gone, Moved, ShownRevision
from publishing.site_context import site

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
    kind = shown.kind
    # A preview has an address of its own; the page it shows does not.
    context = {**kind.context(shown), "canonical_url": settings.SITE_URL + shown.url}
    if kind.framed:
        response = HttpResponse(fill(kind.template, {**site(request), **context}))
    else:
        response = render(request, kind.template, context)
    if shown.noindex:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
