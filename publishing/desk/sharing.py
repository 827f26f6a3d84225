"""Preview links at the desk: make one, see who read, end one."""

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from publishing import actions
from publishing.dates import database_now
from publishing.desk.base import person, require, revision_for, sent
from publishing.errors import WorkflowError
from publishing.forms import ShareForm
from publishing.models import PreviewLink, Remark, Revision
from publishing.places import place_words

LINKS_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The links to a revision, and a form for another one."""
    revision = revision_for(request, revision_id)
    require(request, actions.SUBMIT, actions.PUBLISH)
    form = ShareForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            link = actions.share(by=person(request), revision=revision, **form.cleaned_data)
        except WorkflowError as error:
            form.add_error(None, error.message)
        else:
            messages.success(
                request,
                _("The link for %(name)s is ready. Copy it and send it.")
                % {"name": link.recipient},
            )
            return HttpResponseRedirect(request.path)
    context = {
        **admin.site.each_context(request),
        "title": _("Share “%(revision)s”") % {"revision": revision},
        "revision": revision,
        "shareable": revision.state in actions.SHAREABLE,
        "form": form,
        "links": _links(revision),
        "remarks": remarks_of(revision),
    }
    return render(request, "admin/publishing/share.html", context)


def _links(revision: Revision) -> list[tuple[PreviewLink, str]]:
    """The newest links, each with its address while it works."""
    now = database_now()
    links = revision.preview_links.select_related("created_by", "revoked_by")
    return [
        (link, _address(link) if link.revoked_at is None and link.expires_at > now else "")
        for link in links[:LINKS_SHOWN]
    ]


def _address(link: PreviewLink) -> str:
    path = reverse("publishing:shared", args=[actions.token_of(link)])
    return f"{settings.SITE_URL}{path}"


def remarks_of(revision: Revision) -> list[tuple[Remark, str]]:
    """What was said about a revision, each with its place in words; one query."""
    remarks = revision.remarks.select_related("account", "preview_link")
    return [(remark, place_words(revision.kind, remark.place)) for remark in remarks]


@require_POST
def revoke(request: HttpRequest, revision_id: int, link_id: int) -> HttpResponse:
    """End a link at once."""
    revision = revision_for(request, revision_id)
    require(request, actions.SUBMIT, actions.PUBLISH)
    link = get_object_or_404(PreviewLink, pk=link_id, revision=revision)
    actions.revoke(by=person(request), link=link)
    messages.success(
        request, _("The link for %(name)s does not work any more.") % {"name": link.recipient}
    )
    return HttpResponseRedirect(reverse("admin:revision_share", args=[revision.pk]))
