"""Pages of the desk around a revision: reading, sign-off, publication, restoring."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publishing import actions, kinds
from publishing.desk.base import desk_form, in_frame, person, require, revision_for, sent
from publishing.forms import ConfirmForm, RestoreForm, SignOffForm
from publishing.models import Revision
from publishing.page_views import page_response
from publishing.preview import preview_revision


@require_safe
def revision_preview(request: HttpRequest, revision_id: int) -> HttpResponse:
    """A revision as the public page it is or would be."""
    revision = revision_for(request, revision_id)
    return in_frame(page_response(request, preview_revision(revision)))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Read a revision and decide on it."""
    revision = revision_for(request, revision_id)
    require(request, actions.SIGN_OFF)
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
    require(request, actions.PUBLISH)

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
    require(request, actions.SUBMIT)
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
