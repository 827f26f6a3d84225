"""The comments that readers see, for editors: any of them may name an error of its page."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comments import actions
from comments.actions.common import MODERATE, READ
from comments.desk.shown import shown
from comments.errors import CommentRefused
from comments.models import Comment, CommentEvent
from publishing.desk.base import person, require
from publishing.errors import WorkflowError
from publishing.lists import id_of, wanted_page

SIZE = 25


@require_safe
def shown_comments(request: HttpRequest) -> HttpResponse:
    """What readers see, the newest first; `?on=` leaves those of one page."""
    require(request, READ, MODERATE)
    rows = _rows().filter(state=Comment.State.APPROVED, is_site=False)
    page = id_of(request.GET.get("on", ""))
    if page is not None:
        rows = rows.filter(page=page)
    number = wanted_page(request)
    first = (number - 1) * SIZE
    found = list(rows.order_by("-written_at", "-id")[first : first + SIZE + 1])
    context = {
        **admin.site.each_context(request),
        "title": _("Comments that readers see"),
        "rows": shown(found[:SIZE], moderates=person(request).has_perm(MODERATE)),
        "page": page,
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(found) > SIZE else None,
    }
    return render(request, "admin/comments/shown.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Make one comment a task of its page's owner."""
    require(request, READ, MODERATE)
    comment = get_object_or_404(_rows(), pk=number)
    by = person(request)
    if not actions.may_read(by, comment):
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            actions.report_error(by=by, comment=comment)
        except (CommentRefused, WorkflowError) as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The page's owner has a task."))
            return HttpResponseRedirect(reverse("admin:comment_shown"))
    context = {
        **admin.site.each_context(request),
        "title": _("Does this comment name an error of its page?"),
        "row": shown([comment], moderates=by.has_perm(MODERATE))[0],
        "form": form,
        "moderates": by.has_perm(MODERATE),
    }
    return render(request, "admin/comments/report.html", context)


def _rows() -> QuerySet[Comment]:
    reports = CommentEvent.objects.filter(
        comment=OuterRef("pk"), action=CommentEvent.Action.REPORTED
    )
    rows = Comment.objects.annotate(reported=Exists(reports))
    return rows.select_related("parent")
