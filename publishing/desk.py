"""Pages of the desk around one page or revision: preview, submit, sign off, publish, unpublish.

Each works without script, checks the permission itself, and shows a WorkflowError's own words
above the form, in which everything typed is still there.
"""

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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from pydantic import ValidationError

from publishing import actions, kinds
from publishing.errors import WorkflowError
from publishing.forms import (
    ConfirmForm,
    RestoreForm,
    SignOffForm,
    SubmitForm,
    UnpublishForm,
    document_faults,
)
from publishing.models import Page, Revision
from publishing.page_views import page_response
from publishing.preview import preview_page, preview_revision


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


@require_safe
def draft_check(request: HttpRequest, page_id: int) -> HttpResponse:
    """The working copy as readers would see it, below all that keeps it from being submitted."""
    page = page_for(request, page_id)
    try:
        problems = [str(problem) for problem in preview_page(page).problems]
        readable = True
    except ValidationError as error:
        problems, readable = sentences(error), False
    context = {
        **admin.site.each_context(request),
        "title": _("Preview of “%(page)s”") % {"page": page},
        "page": page,
        "problems": problems,
        "readable": readable,
        "done": kinds.get(page.kind).admin_url(page.pk),
    }
    return render(request, "admin/publishing/check.html", context)


@require_safe
def draft_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The working copy as the public page it would be."""
    page = page_for(request, page_id)
    try:
        return in_frame(page_response(request, preview_page(page).shown))
    except ValidationError as error:
        return in_frame(_unreadable(request, error))


@require_safe
def revision_preview(request: HttpRequest, revision_id: int) -> HttpResponse:
    """A revision as the public page it is or would be."""
    revision = revision_for(request, revision_id)
    return in_frame(page_response(request, preview_revision(revision)))


def revision_for(request: HttpRequest, revision_id: int) -> Revision:
    """The revision, if the account may see revisions."""
    require(request, "publishing.view_revision")
    return get_object_or_404(Revision.objects.select_related("page"), pk=revision_id)


def sentences(error: ValidationError) -> list[str]:
    """Why a working copy makes no document, each fault with its field."""
    return [": ".join(filter(None, fault)) for fault in document_faults(error)]


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = sentences(error)
    context = {**admin.site.each_context(request), "faults": faults, "title": _("Preview")}
    return render(request, "admin/publishing/unreadable.html", context, status=422)


def desk_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], str],
    context: dict[str, Any],
    done: str,
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
    return render(request, "admin/publishing/desk_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the working copy to review."""
    page = page_for(request, page_id)
    require(request, "publishing.submit_revision")
    form = SubmitForm(sent(request))

    def act() -> str:
        actions.submit(by=person(request), page=page, **form.cleaned_data)
        return _("“%(page)s” waits for review now. Another person has to sign it.") % {"page": page}

    context = {
        "title": _("Submit “%(page)s” for review") % {"page": page},
        "intro": _(
            "The text is frozen as it is now. A reviewer reads and signs exactly this text."
        ),
        "button": _("Submit for review"),
    }
    return desk_form(request, form, act, context, kinds.get(page.kind).admin_url(page.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def unpublish(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a page from the public."""
    page = page_for(request, page_id)
    require(request, "publishing.publish_revision")
    form = UnpublishForm(sent(request))

    def act() -> str:
        actions.unpublish(by=person(request), page=page, **form.cleaned_data)
        return _("“%(page)s” is no longer public.") % {"page": page}

    context = {
        "title": _("Unpublish “%(page)s”") % {"page": page},
        "intro": _("Its address will answer “gone”, with your reason. The text is kept here."),
        "button": _("Unpublish"),
    }
    return desk_form(request, form, act, context, kinds.get(page.kind).admin_url(page.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Read a revision and decide on it."""
    revision = revision_for(request, revision_id)
    require(request, "publishing.sign_off_revision")
    form = SignOffForm(sent(request), initial={"sha256": revision.sha256})

    def act() -> str:
        values = {
            key: form.cleaned_data[key] for key in ("sha256", "decision", "scope", "statement")
        }
        actions.sign_off(
            by=person(request), revision=revision, expires_at=form.expires_at, **values
        )
        return _("Your decision on “%(revision)s” is recorded.") % {"revision": revision}

    context = {
        "title": _("Review “%(revision)s”") % {"revision": revision},
        "intro": _("Read the page below as readers will see it, then decide."),
        "button": _("Record the decision"),
        "revision": revision,
    }
    return desk_form(request, form, act, context, _revision_url(revision))


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Make a revision live."""
    revision = revision_for(request, revision_id)
    require(request, "publishing.publish_revision")

    def act() -> str:
        actions.publish(by=person(request), revision=revision)
        return _("“%(revision)s” is live.") % {"revision": revision}

    context = {
        "title": _("Publish “%(revision)s”") % {"revision": revision},
        "intro": _("Readers see this text at once. A revision that is live now is superseded."),
        "button": _("Publish now"),
        "revision": revision,
    }
    return desk_form(request, ConfirmForm(sent(request)), act, context, _revision_url(revision))


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Write an old revision back into the working copy."""
    revision = revision_for(request, revision_id)
    require(request, "publishing.submit_revision")
    kind = kinds.get(revision.kind)
    require(request, kind.permission("change"))
    form = RestoreForm(sent(request), initial={"version": revision.page.version})

    def act() -> str:
        actions.restore(by=person(request), revision=revision, **form.cleaned_data)
        return _("The working copy is as it was in “%(revision)s”.") % {"revision": revision}

    context = {
        "title": _("Restore “%(revision)s”") % {"revision": revision},
        "intro": _("The working copy is replaced by this text. What is public does not change."),
        "button": _("Restore as a draft"),
        "revision": revision,
    }
    return desk_form(request, form, act, context, kind.admin_url(revision.page_id))


def _revision_url(revision: Revision) -> str:
    return reverse("admin:publishing_revision_change", args=[revision.pk])
