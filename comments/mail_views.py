"""Deciding from an e-mail: without logging in, by a link for one moderator and one comment."""

from django import forms
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from comments import actions
from comments.actions.common import MODERATE
from comments.desk.shown import shown
from comments.errors import CommentRefused
from comments.models import Comment
from comments.notices import Link, LinkRefused, read_link
from comments.views import private
from publishing.own_origin import NOT_FROM_US, sent_by_us


class ApproveForm(forms.Form):
    """Nothing to fill in."""


class RejectForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose one")), *Comment.Reason.choices]
    )


FORMS: dict[str, type[forms.Form]] = {"approve": ApproveForm, "reject": RejectForm}


@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment and ask once more; then decide in the name of the moderator."""
    try:
        link = read_link(token)
    except LinkRefused:
        raise Http404 from None
    comment = Comment.objects.select_related("parent").filter(pk=link.comment).first()
    moderator = User.objects.filter(pk=link.moderator).first()
    if comment is None or moderator is None or not moderator.has_perm(MODERATE):
        raise Http404
    form = FORMS[link.act](request.POST if request.method == "POST" else None)
    done = form.is_bound and form.is_valid() and _decide(request, moderator, link, comment, form)
    context = {
        "form": form,
        "done": done,
        "act": link.act,
        "comment": comment,
        "over": comment.version != link.version and not done,
        "row": shown([comment])[0],
    }
    return private(render(request, "comments/by_mail.html", context))


def _decide(
    request: HttpRequest, moderator: User, link: Link, comment: Comment, form: forms.Form
) -> bool:
    """Whether the decision was made."""
    if not sent_by_us(request):
        form.add_error(None, NOT_FROM_US)
        return False
    try:
        if link.act == "approve":
            actions.approve(by=moderator, comment=comment, version=link.version)
        else:
            actions.reject(
                by=moderator,
                comment=comment,
                version=link.version,
                reason=form.cleaned_data["reason"],
            )
    except CommentRefused as refused:
        form.add_error(None, refused.message)
        return False
    return True
