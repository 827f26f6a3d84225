"""The queue: what waits for a moderator, the most urgent first, and every decision."""

import uuid
from collections.abc import Callable, Iterator

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comments import actions
from comments.actions.common import MODERATE
from comments.desk.shown import shown
from comments.errors import CommentRefused, NothingToUndo
from comments.models import Comment, Flag
from comments.models.comment import CommentQuerySet
from publishing.counting import capped_counts
from publishing.desk.base import person, require
from publishing.lists import id_of, wanted_page
from references.text import clean_text

SIZE = 25
FOUND_MAX = 250  # comments; to put more into order would take longer than anybody reads
SEARCH_MIN = 3  # letters, as the index of trigrams needs
State = Comment.State
TABS = (State.HELD, State.SPAM, State.APPROVED, State.REJECTED, State.REMOVED)
FLAGGED = "flagged"  # shown, and a reader has flagged it since a moderator looked
Act = Callable[..., Comment]
ACTS: dict[str, Act] = {
    "approve": actions.approve,
    "reject": actions.reject,
    "spam": actions.spam,
    "hold": actions.hold,
    "remove": actions.remove,
    "keep": actions.keep,
}


def _tabs() -> Iterator[tuple[str, str]]:
    """The lists of the queue and their names; after what waits, what readers have flagged."""
    first, *others = ((each.value, str(each.label)) for each in TABS)
    yield first
    yield FLAGGED, _("flagged by readers")
    yield from others


class Filters(forms.Form):
    """What of the comments is listed; what is not understood is left out."""

    state = forms.ChoiceField(choices=[*_tabs()], required=False)
    why = forms.SlugField(max_length=40, required=False)
    q = forms.CharField(max_length=100, required=False, label=_("Search"))


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The comments of one list, a page of them, with everything that a decision needs."""
    require(request, MODERATE)
    said = _filters(request)
    tab, why, words = said["state"] or State.HELD.value, said["why"], said["q"]
    number = wanted_page(request)
    first = (number - 1) * SIZE
    found = list(_rows(tab, why, words)[first : first + SIZE + 1])
    counts = capped_counts({each: _in(each) for each, _label in _tabs()})
    context = {
        **admin.site.each_context(request),
        "title": _("Comments of readers"),
        "rows": shown(found[:SIZE]),
        "tab": tab,
        "state": State.APPROVED if tab == FLAGGED else tab,
        "tabs": [(each, label, counts[each]) for each, label in _tabs()],
        "reasons": Comment.Reason.choices,
        "q": words,
        "too_short": 0 < len(words) < SEARCH_MIN,
        "found_max": FOUND_MAX,
        "why": why,
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
    return {name: form.cleaned_data.get(name, "") for name in form.fields}


def _in(tab: str) -> CommentQuerySet:
    """The comments of one list."""
    if tab == FLAGGED:
        flagged = Flag.objects.open().values("comment")
        return Comment.objects.filter(state=State.APPROVED, pk__in=flagged)
    return Comment.objects.filter(state=tab)


def _rows(tab: str, why: str, words: str) -> CommentQuerySet:
    rows = _in(tab).select_related("parent", "decided_by")
    fitting = _in(tab)
    if why:
        fitting = fitting.filter(reasons__contains=[{"code": why}])
    if len(words) >= SEARCH_MIN:
        fitting = fitting.filter(Q(text__icontains=words) | Q(name__icontains=words))
    if why or len(words) >= SEARCH_MIN:
        rows = rows.filter(pk__in=fitting.order_by().values("pk")[:FOUND_MAX])
    if tab == State.HELD:
        return rows.most_urgent_first()
    return rows.order_by("-written_at", "-id")


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """One decision about one or many comments, each for the version that was looked at."""
    require(request, MODERATE)
    chosen = [_comment(each) for each in request.POST.getlist("chosen")]
    act = ACTS.get(request.POST.get("act", ""))
    if act is None or not chosen:
        messages.error(request, _("Nothing was chosen. Tick comments, then press a button."))
        return HttpResponseRedirect(_back(request))
    batch = uuid.uuid4()
    by, reason = person(request), request.POST.get("reason", "")
    done: list[Comment] = []
    for comment, version in filter(None, chosen):
        try:
            done.append(act(by=by, comment=comment, version=version, reason=reason, batch=batch))
        except CommentRefused as refused:
            messages.error(request, f"{comment}: {refused.message}")
    if None in chosen:
        messages.error(request, _("One comment is not there any more."))
    if done:
        text = ngettext(
            "%(number)d comment: %(state)s.", "%(number)d comments: %(state)s.", len(done)
        )
        said = {"number": len(done), "state": done[0].get_state_display()}
        messages.success(request, text % said)
    return HttpResponseRedirect(_back(request))


def _comment(chosen: str) -> tuple[Comment, int] | None:
    """A comment that was ticked, and the version that was looked at; none if it is gone."""
    number, _colon, version = chosen.partition(":")
    wanted, looked_at = id_of(number), id_of(version)
    if wanted is None or looked_at is None:
        return None
    comment = Comment.objects.filter(pk=wanted).first()
    return (comment, looked_at) if comment else None


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what this account decided last, with one click, in the last half minute."""
    require(request, MODERATE)
    by = person(request)
    comments = actions.undoable(by)
    if not comments:
        messages.error(request, NothingToUndo().message)
    for comment in comments:
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
