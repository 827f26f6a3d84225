"""The home page, the icon, and uploaded files."""

import datetime
import mimetypes
import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from publishing.machines.graph import site_node
from publishing.models import Revision
from publishing.signoffs import reviewed_at

HOME_ARTICLES = 6
HOME_NEWEST = 30  # that the ones reviewed last are chosen from
NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: search, conditions, the articles reviewed last, and how they come about."""
    live = Revision.objects.live()
    # A text is reviewed before it goes live, so those that were reviewed last are among the newest.
    newest = list(live.of_kind("article").order_by("-published_at", "id").for_list()[:HOME_NEWEST])
    reviewed = reviewed_at([article.pk for article in newest])
    newest.sort(key=lambda article: reviewed.get(article.pk, NEVER), reverse=True)
    context = {
        "conditions": live.of_kind("condition").order_by("title", "id").for_list()[:50],
        "articles": [(each, reviewed.get(each.pk)) for each in newest[:HOME_ARTICLES]],
        "any_reviewed": bool(reviewed),
        "review_required": settings.REVIEW_REQUIRED,
        "machine_page": {"mainEntity": site_node(), "breadcrumb": None},
    }
    return render(request, "home.html", context)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes it
    """The icon where browsers ask for it unasked."""
    return redirect(static("images/favicon.ico"))


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:  # noqa: ARG001 - a view takes it
    """An uploaded file, in a sandbox and never sniffed. Names are unique, so it never changes."""
    try:
        if posixpath.normpath(name) != name or not default_storage.exists(name):
            raise Http404
        file = default_storage.open(name)
    except (SuspiciousOperation, OSError, ValueError):
        raise Http404 from None
    content_type, _encoding = mimetypes.guess_type(name)
    response = FileResponse(file, content_type=content_type or "application/octet-stream")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response._csp_replace = {"sandbox": True, "style-src": ["'unsafe-inline'"]}  # type: ignore[attr-defined] # django-csp's way
    return response
