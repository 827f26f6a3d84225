"""The queue: what waits for a moderator, the most urgent first, and every decision."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comments import actions
from comments.actions.common import MODERATE
from comments.desk.shown import shown
from comments.errors import CommentRefused
from comments.models import Comment
from publishing.counting import capped_counts
from publishing.desk.base import person, require
from publishing.lists import id_of, wanted_page
from references.text import clean_text

SIZE = 25
FOUND_MAX = 250  # comments; to put more into order would take longer than anybody reads
SEARCH_MIN = 3  # letters, as the index of trigrams needs
State = Comment.State
TABS = (State.HELD, State.SPAM, State.APPROVED, State.REJECTED, State.REMOVED)
Act = Callable[[User, Comment, int, str], Comment]


def _approve(by: User, comment: Comment, version: int, reason: str) -> Comment:  # noqa: ARG001 - as all
    return actions.approve(by=by, comment=comment, version=version)


def _reject(by: User, comment: Comment, version: int, reason: str) -> Comment:
    return actions.reject(by=by, comment=comment, version=version, reason=reason)


def _spam(by: User, comment: Comment, version: int, reason: str) -> Comment:  # noqa: ARG001 - as all
    return actions.spam(by=by, comment=comment, version=version)


def _hold(by: User, comment: Comment, version: int, reason: str) -> Comment:  # noqa: ARG001 - as all
    return actions.hold(by=by, comment=comment, version=version)


def _remove(by: User, comment: Comment, version: int, reason: str) -> Comment:
    return actions.remove(by=by, comment=comment, version=version, reason=reason)


ACTS: dict[str, Act] = {
    "approve": _approve,
    "reject": _reject,
    "spam": _spam,
    "hold": _hold,
    "remove": _remove,
}


class Filters(forms.Form):
    """What of the comments is listed; what is not understood is left out."""

    state = forms.ChoiceField(choices=[(each.value, each.label) for each in TABS], required=False)
    why = forms.SlugField(max_length=40, required=False)
    q = forms.CharField(max_length=100, required=False, label=_("Search"))


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The comments of one state, a page of them, with everything that a decision needs."""
    require(request, MODERATE)
    said = _filters(request)
    state = State(said.get("state") or State.HELD)
    rows = _rows(state, said.get("why", ""), said.get("q", ""))
    number = wanted_page(request)
    first = (number - 1) * SIZE
    found = list(rows[first : first + SIZE + 1])
    counts = capped_counts({each.value: Comment.objects.filter(state=each) for each in TABS})
    context = {
        **admin.site.each_context(request),
        "title": _("Comments of readers"),
        "rows": shown(found[:SIZE]),
        "state": state,
        "tabs": [(each, counts[each.value]) for each in TABS],
        "reasons": Comment.Reason.choices,
        "q": said.get("q", ""),
        "found_max": FOUND_MAX,
        "why": said.get("why", ""),
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(found) > SIZE else None,
        "here": request.get_full_path(),
        "undoable": len(actions.undoable(person(request))),
    }
    return render(request, "admin/comments/queue.html", context)


def _filters(request: HttpRequest) -> dict[str, str]:
    form = Filters({name: clean_text(value) for name, value in request.GET.dict().items()})
    form.is_valid()
    return form.cleaned_data


def _rows(state: State, why: str, words: str) -> QuerySet[Comment]:
    rows = Comment.objects.filter(state=state).select_related("parent", "decided_by")
    rows = rows.prefetch_related("flags")
    fitting = Comment.objects.filter(state=state)
    if why:
        fitting = fitting.filter(reasons__contains=[{"code": why}])
    if len(words) >= SEARCH_MIN:
        fitting = fitting.filter(Q(text__icontains=words) | Q(name__icontains=words))
    if why or len(words) >= SEARCH_MIN:
        rows = rows.filter(pk__in=fitting.order_by().values("pk")[:FOUND_MAX])
    if state == State.HELD:
        return rows.order_by("-priority", "written_at", "id")
    return rows.order_by("-written_at", "-id")


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """One decision about one or many comments, each for the version that was looked at."""
    require(request, MODERATE)
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    done: list[Comment] = []
    for chosen in request.POST.getlist("chosen"):
        number, _colon, version = chosen.partition(":")
        comment = _comment(number)
        if comment is None or act not in ACTS or not version.isdecimal():
            messages.error(request, _("One comment is not there any more, or nothing was chosen."))
            continue
        try:
            done.append(ACTS[act](person(request), comment, int(version), reason))
        except CommentRefused as refused:
            messages.error(request, f"{comment}: {refused.message}")
    if done:
        text = ngettext(
            "%(number)d comment: %(state)s.", "%(number)d comments: %(state)s.", len(done)
        )
        said = {"number": len(done), "state": done[0].get_state_display()}
        messages.success(request, text % said)
    return HttpResponseRedirect(_back(request))


def _comment(number: str) -> Comment | None:
    wanted = id_of(number)
    return None if wanted is None else Comment.objects.filter(pk=wanted).first()


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what this account decided in the last half minute."""
    require(request, MODERATE)
    by = person(request)
    for comment in actions.undoable(by):
        try:
            actions.undo(by=by, comment=comment)
            messages.success(request, _("Taken back: %(comment)s") % {"comment": comment})
        except CommentRefused as refused:
            messages.error(request, f"{comment}: {refused.message}")
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The list that the decision was made in."""
    queue_address = reverse("admin:comment_queue")
    here = request.POST.get("here", "")
    return here if here.startswith(f"{queue_address}?") else queue_address
