"""The newest changes of articles as an Atom feed and as a JSON feed.

https://www.rfc-editor.org/rfc/rfc4287, https://www.jsonfeed.org/version/1.1/
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing.machines.listing import live_by_change
from publishing.models import Revision
from publishing.public import url_of

ENTRIES = 30
ATOM = "/feeds/articles.atom"
JSON = "/feed.json"
# What XML 1.0 cannot hold at all: one of them would break the whole feed.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that no XML can hold."""
    return NOT_XML.sub("", text)


def _entries() -> list[Revision]:
    rows = live_by_change().of_kind("article").select_related("page")
    return list(rows.defer("content", "rendered", "parts")[:ENTRIES])


def _title() -> str:
    return _("%(site)s: articles") % {"site": settings.SITE_NAME}


def _open(response: HttpResponse) -> HttpResponse:
    """Let readers on other sites show it: all of it is public."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@conditional_page
@require_safe
def atom(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes one
    """The Atom feed."""
    feed = Atom1Feed(
        title=xml_text(_title()),
        link=f"{settings.SITE_URL}/articles/",
        description="",
        language=settings.LANGUAGE_CODE,
        feed_url=settings.SITE_URL + ATOM,
        feed_guid=settings.SITE_URL + ATOM,
        author_name=xml_text(settings.SITE_NAME),
    )
    for row in _entries():
        feed.add_item(
            title=xml_text(row.title),
            link=settings.SITE_URL + url_of(row),
            description=xml_text(row.summary),
            unique_id=_id(row),
            updateddate=row.updated,  # type: ignore[attr-defined] # annotated
        )
    text = feed.writeString("utf-8")
    return _open(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))


@conditional_page
@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes one
    """The JSON feed."""
    items = [
        {
            "id": _id(row),
            "url": settings.SITE_URL + url_of(row),
            "title": row.title,
            "content_text": row.summary,
            "date_modified": row.updated.isoformat(),  # type: ignore[attr-defined] # annotated
        }
        for row in _entries()
    ]
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "home_page_url": f"{settings.SITE_URL}/articles/",
        "feed_url": settings.SITE_URL + JSON,
        "language": settings.LANGUAGE_CODE,
        "items": items,
    }
    return _open(JsonResponse(data, content_type="application/feed+json"))


def _id(row: Revision) -> str:
    """An id that stays when the page moves to another address."""
    return f"{settings.SITE_URL}/#page-{row.page_id}"
