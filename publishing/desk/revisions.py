"""Pages of the desk around a revision: reading, publication, withdrawal, restoring."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publishing import actions, kinds
from publishing.desk.base import (
    desk_form,
    in_frame,
    person,
    require,
    revision_for,
    revision_url,
    sent,
)
from publishing.forms import ConfirmForm, PublishForm, RestoreForm
from publishing.models import Revision
from publishing.page_views import page_response
from publishing.preview import preview_revision


@require_safe
def revision_preview(request: HttpRequest, revision_id: int) -> HttpResponse:
    """A revision as the public page it is or would be."""
    revision = revision_for(request, revision_id)
    return in_frame(page_response(request, preview_revision(revision)))


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Make a revision live, now or at a time."""
    revision = revision_for(request, revision_id)
    require(request, actions.PUBLISH)
    form = PublishForm(sent(request))

    def act() -> str:
        publish_at = form.cleaned_data["publish_at"]
        if publish_at is None:
            actions.publish(by=person(request), revision=revision)
            return _("“%(revision)s” is live.") % {"revision": revision}
        actions.schedule(by=person(request), revision=revision, publish_at=publish_at)
        return _("“%(revision)s” will go live on %(time)s.") % {
            "revision": revision,
            "time": _moment(publish_at),
        }

    context = {
        "title": _("Publish “%(revision)s”") % {"revision": revision},
        "intro": _publish_intro(revision),
        "button": _("Publish"),
        "revision": revision,
    }
    return desk_form(request, form, act, context, revision_url(revision))


def _moment(time: datetime.datetime) -> str:
    return date_format(timezone.localtime(time), "j F Y, H:i")


def _publish_intro(revision: Revision) -> str:
    """What happens on publishing; of a scheduled revision, that its time is given up."""
    if revision.publish_at is None:
        return _("A revision that is live now is superseded in the same moment.")
    return _(
        "This revision is scheduled for %(time)s. Publishing it now, or at another time, takes the "
        "place of that."
    ) % {"time": _moment(revision.publish_at)}


@require_http_methods(["GET", "HEAD", "POST"])
def unschedule(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Take a revision out of the schedule."""
    revision = revision_for(request, revision_id)
    require(request, actions.PUBLISH)

    def act() -> str:
        actions.unschedule(by=person(request), revision=revision)
        return _("“%(revision)s” stays approved and will not go live by itself.") % {
            "revision": revision
        }

    context = {
        "title": _("Take “%(revision)s” out of the schedule") % {"revision": revision},
        "intro": _("It stays approved. What is live stays live."),
        "button": _("Take it out of the schedule"),
    }
    return desk_form(request, ConfirmForm(sent(request)), act, context, revision_url(revision))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Take a revision that is not public out of the workflow."""
    revision = revision_for(request, revision_id)
    require(request, actions.SUBMIT)

    def act() -> str:
        actions.withdraw(by=person(request), revision=revision)
        return _("“%(revision)s” is withdrawn. The draft is as it was.") % {"revision": revision}

    context = {
        "title": _("Withdraw “%(revision)s”") % {"revision": revision},
        "intro": _("Nobody can sign or publish it then. The draft and what is live do not change."),
        "button": _("Withdraw"),
    }
    return desk_form(request, ConfirmForm(sent(request)), act, context, revision_url(revision))


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
