"""Pages of the desk around a working copy: preview, check, waive, submit, unpublish."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import ValidationError

from publishing import actions, kinds
from publishing.desk.base import desk_form, in_frame, page_for, person, require, sent, sentences
from publishing.errors import NothingToWaive
from publishing.forms import SubmitForm, UnpublishForm, WaiveForm
from publishing.models import Page, Revision, Waiver
from publishing.page_views import page_response
from publishing.preview import preview_page


@require_safe
def draft_check(request: HttpRequest, page_id: int) -> HttpResponse:
    """The working copy as readers would see it, below all that keeps it from being submitted."""
    page = page_for(request, page_id)
    try:
        judged, faults = actions.open_findings(page), []
    except ValidationError as error:
        judged, faults = [], sentences(error)
    context = {
        **admin.site.each_context(request),
        "title": _("Preview of “%(page)s”") % {"page": page},
        "page": page,
        "faults": faults,
        "judged": judged,
        "blocked": any(finding.blocks and waiver is None for finding, waiver in judged),
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


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = sentences(error)
    context = {**admin.site.each_context(request), "faults": faults, "title": _("Preview")}
    return render(request, "admin/publishing/unreadable.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the working copy to review."""
    page = page_for(request, page_id)
    require(request, actions.SUBMIT)
    form = SubmitForm(sent(request), initial={"change_kind": first_kind(page)})

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
    require(request, actions.PUBLISH)
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
def waive(request: HttpRequest, page_id: int, code: str, fingerprint: str) -> HttpResponse:
    """Let a finding that blocks pass, for a reason."""
    page = page_for(request, page_id)
    require(request, actions.SUBMIT)
    form = WaiveForm(sent(request))
    found = next(
        (
            finding
            for finding, _waiver in actions.open_findings(page)
            if (finding.code, finding.fingerprint) == (code, fingerprint)
        ),
        None,
    )

    def act() -> str:
        actions.waive(
            by=person(request), page=page, code=code, fingerprint=fingerprint, **form.cleaned_data
        )
        return _("The finding is waived. The reviewer will read your reason.")

    context = {
        "title": _("Waive a finding about “%(page)s”") % {"page": page},
        "intro": found or NothingToWaive().message,
        "button": _("Waive it"),
    }
    return desk_form(request, form, act, context, reverse("admin:page_check", args=[page.pk]))


@require_POST
def take_back_waiver(request: HttpRequest, page_id: int, waiver_id: int) -> HttpResponse:
    """Have a waived finding block again."""
    page = page_for(request, page_id)
    require(request, actions.SUBMIT)
    waiver = get_object_or_404(Waiver, pk=waiver_id, page=page)
    actions.take_back_waiver(by=person(request), waiver=waiver)
    messages.success(request, _("The waiver is taken back."))
    return HttpResponseRedirect(reverse("admin:page_check", args=[page.pk]))


def first_kind(page: Page) -> str:
    """What a change most likely is: a new page while nothing of it was ever public."""
    public = page.revisions.filter(published_at__isnull=False).exists()
    return str(Revision.ChangeKind.WORDING if public else Revision.ChangeKind.NEW)
