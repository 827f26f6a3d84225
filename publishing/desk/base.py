"""What the pages of the desk share."""

from collections.abc import Callable
from typing import Any, cast

from csp.constants import SELF
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from pydantic import ValidationError

from publishing import kinds
from publishing.errors import WorkflowError
from publishing.forms import document_faults
from publishing.models import Page, Revision


def person(request: HttpRequest) -> User:
    """The account behind a request of the desk."""
    return cast(User, request.user)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; None when the form is only shown."""
    return request.POST if request.method == "POST" else None


def require(request: HttpRequest, *permissions: str) -> None:
    """PermissionDenied unless the account has one of these permissions."""
    if not any(person(request).has_perm(permission) for permission in permissions):
        raise PermissionDenied


def page_for(request: HttpRequest, page_id: int) -> Page:
    """The page, if the account may see pages of its kind."""
    page = get_object_or_404(Page, pk=page_id)
    kind = kinds.get(page.kind)
    require(request, kind.permission("view"), kind.permission("change"))
    return page


def in_frame(response: HttpResponse) -> HttpResponse:
    """An answer that only the desk itself may show in a frame, and that nobody keeps."""
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined] # django-csp's way
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def revision_for(request: HttpRequest, revision_id: int) -> Revision:
    """The revision, if the account may see revisions."""
    require(request, "publishing.view_revision")
    return get_object_or_404(Revision.objects.select_related("page"), pk=revision_id)


def sentences(error: ValidationError) -> list[str]:
    """Why a working copy makes no document, each fault with its field."""
    return [": ".join(filter(None, fault)) for fault in document_faults(error)]


def desk_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], str],
    context: dict[str, Any],
    done: str,
    *,
    template: str = "admin/publishing/desk_form.html",
) -> HttpResponse:
    """Show a form; when it is sent, act and go to `done` with a message, or say what was wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            message = act()
        except WorkflowError as error:
            form.add_error(None, error.message)
        except ValidationError as error:
            for sentence in sentences(error):
                form.add_error(None, sentence)
        else:
            messages.success(request, message)
            return HttpResponseRedirect(done)
    context = {**admin.site.each_context(request), "form": form, "done": done, **context}
    return render(request, template, context)


def revision_url(revision: Revision) -> str:
    """The desk's page of a revision."""
    return reverse("admin:publishing_revision_change", args=[revision.pk])
