"""Every live page as its content document: Markdown with front matter, or JSON."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from publishing.files import write_document
from publishing.page_views import public_page
from publishing.public import Moved, ShownRevision, live_page
from references.writers import FORMATS

MEDIA_TYPES = {"md": "text/markdown", "json": "application/json"}


def document_url(page_url: str, form: str) -> str:
    """The address of a page's document in a form, such as /articles/removal.md."""
    return f"{page_url.rstrip('/')}.{form}"


@public_page
def document(
    request: HttpRequest,  # noqa: ARG001 - a view takes one
    kind: str,
    slug: str,
    form: str,
) -> HttpResponse:
    """The document of a live page; moved and gone as the page is, Http404 for another form."""
    if form not in MEDIA_TYPES:
        raise Http404
    try:
        shown = live_page(kind, slug)
    except Moved as moved:
        raise Moved(document_url(moved.address, form)) from None
    response: HttpResponse = _json(shown) if form == "json" else _markdown(shown)
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.{form}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _markdown(shown: ShownRevision) -> HttpResponse:
    return HttpResponse(write_document(shown.content), content_type="text/markdown; charset=utf-8")


def _json(shown: ShownRevision) -> HttpResponse:
    """The document with its schema number, and what is known of this state of it."""
    revision = shown.revision
    cited = revision.references.order_by("citekey").values_list("citekey", "csl")
    data = {
        "url": settings.SITE_URL + shown.url,
        "sha256": revision.sha256,
        "published_at": shown.published_at,
        "updated_at": shown.updated_at,
        "content": shown.content.to_data(),
        "references": json.loads("".join(FORMATS["csl"].write(cited))),
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
