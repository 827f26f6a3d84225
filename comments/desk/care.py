"""One comment at the desk: its history, and what a moderator does beside deciding."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from comments import actions
from comments.actions.common import MODERATE
from comments.actions.keeping import BAN_DAYS_MAX, removed_mark
from comments.desk.shown import shown
from comments.errors import CommentRefused
from comments.models import MAX_CHARS, MAX_DEPTH, MAX_NAME, Comment
from publishing.desk.base import person, require
from publishing.errors import WorkflowError

BAN_DAYS = 30
State = Comment.State


class TakeOutForm(forms.Form):
    """The text without what should not stand in it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=MAX_NAME)
    text = forms.CharField(
        label=_("Text"), max_length=MAX_CHARS, widget=forms.Textarea(attrs={"rows": 6})
    )


class ReplyForm(forms.Form):
    """A reply in the name of the site."""

    reply = forms.CharField(
        label=_("Reply of the site"), max_length=MAX_CHARS, widget=forms.Textarea(attrs={"rows": 4})
    )
    # So that a form that is sent twice is one reply.
    once = forms.CharField(max_length=40, widget=forms.HiddenInput)


class BanForm(forms.Form):
    """How long no comments of the writer are taken."""

    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=BAN_DAYS_MAX, initial=BAN_DAYS
    )


FORMS: dict[str, type[forms.Form]] = {
    "take-out": TakeOutForm,
    "reply": ReplyForm,
    "ban": BanForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
def care(request: HttpRequest, number: int) -> HttpResponse:
    """Show one comment; take words out, reply, read its address, or ban its writer."""
    require(request, MODERATE)
    rows = Comment.objects.select_related("parent", "decided_by")
    comment = get_object_or_404(rows, pk=number)
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    form = FORMS[wanted](request.POST) if wanted in FORMS else None
    if form and form.is_valid() and _act(request, comment, wanted, form):
        return HttpResponseRedirect(reverse("admin:comment_care", args=[number]))
    context = {
        **admin.site.each_context(request),
        "title": _("A comment"),
        "row": shown([comment])[0],
        "events": comment.events.select_related("account"),
        "forms": _forms(comment, wanted, form),
        "address": _address(request, comment) if wanted == "address" else "",
        "mark": removed_mark(),
        "reasons": Comment.Reason.choices,
    }
    return render(request, "admin/comments/care.html", context)


def _address(request: HttpRequest, comment: Comment) -> str:
    """The writer's e-mail address, in this one answer."""
    try:
        return actions.read_address(by=person(request), comment=comment)
    except CommentRefused as refused:
        messages.error(request, refused.message)
        return ""


def _forms(comment: Comment, wanted: str, sent: forms.Form | None) -> dict[str, forms.Form]:
    """The forms that fit the comment; one that was refused keeps what was typed."""
    fitting: dict[str, dict[str, Any]] = {}
    if comment.state not in (State.REMOVED, State.ERASED) and not comment.is_site:
        said = {"text": comment.text, "name": comment.name}
        fitting["take_out"] = {"version": comment.version, **said}
    if comment.state == State.APPROVED and comment.depth < MAX_DEPTH:
        fitting["reply"] = {"once": uuid.uuid4()}
    if comment.writer_id or comment.address_id:
        fitting["ban"] = {"days": BAN_DAYS}
    made = {}
    for name, initial in fitting.items():
        key = name.replace("_", "-")
        made[name] = sent if sent and key == wanted else FORMS[key](initial=initial)
    return made


def _act(request: HttpRequest, comment: Comment, wanted: str, form: forms.Form) -> bool:
    """Do it, and say so; whether it was done."""
    said, by = form.cleaned_data, person(request)
    try:
        if wanted == "take-out":
            actions.take_out(by=by, comment=comment, **said)
        elif wanted == "reply":
            actions.reply_as_site(by=by, comment=comment, text=said["reply"], once=said["once"])
        else:
            actions.ban(by=by, comment=comment, days=said["days"])
    except (CommentRefused, WorkflowError) as refused:
        form.add_error(None, refused.message)
        return False
    done = {
        "take-out": _("The words are taken out."),
        "reply": _("The reply is shown."),
        "ban": _(
            "Comments by this writer's private link are refused for now. Those with the same "
            "e-mail address go to spam, and nobody is told."
        ),
    }
    messages.success(request, done[wanted])
    return True
