"""Who is banned now, and an end to it."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comments import actions
from comments.actions.common import MODERATE
from comments.models import Ban
from publishing.dates import database_now
from publishing.desk.base import person, require

LISTED = 200


@require_safe
def bans(request: HttpRequest) -> HttpResponse:
    """The bans that are in force, the last made first."""
    require(request, MODERATE)
    rows = Ban.objects.filter(until__gt=database_now()).select_related("comment")
    context = {
        **admin.site.each_context(request),
        "title": _("Writers whose comments are not taken"),
        "bans": rows.order_by("-pk")[:LISTED],
    }
    return render(request, "admin/comments/bans.html", context)


@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """End a ban before its time."""
    require(request, MODERATE)
    actions.lift(by=person(request), ban=get_object_or_404(Ban, pk=number))
    messages.success(request, _("Comments of this writer are taken again."))
    return HttpResponseRedirect(reverse("admin:comment_bans"))
