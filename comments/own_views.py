"""What only the writer of a comment sees: its state, and how to correct or delete it.

Whoever has the private link is the writer; there is no account and no cookie.
"""

from contextlib import suppress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from comments import actions
from comments.errors import CommentRefused, NotYours
from comments.forms import CorrectionForm, Trapped, cleaned
from comments.models import Comment
from comments.rendering import text_html
from comments.views import help_url, live_page, private, see_other
from publishing.dates import database_now
from publishing.own_origin import NOT_FROM_US, sent_by_us
from publishing.public import url_of

State = Comment.State


@require_safe
def mine(request: HttpRequest, secret: str) -> HttpResponse:
    """Thank you, and what has become of the comment: waiting, shown, or not shown."""
    comment = _found(secret)
    context = {
        **_context(comment, secret),
        # Who sends spam is not told that it was found out.
        "waits": comment.state in (State.HELD, State.SPAM),
        "html": text_html(comment.text),
        "can_correct": comment.state != State.REMOVED
        and database_now() <= comment.written_at + actions.CORRECTION_TIME,
        "needs_help": any(each["code"] == "self_harm" for each in comment.reasons),
        "help_url": help_url(),
        "private_url": settings.SITE_URL + request.path,
    }
    return private(render(request, "comments/mine.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, secret: str) -> HttpResponse:
    """Change the text, for a quarter of an hour."""
    comment = _found(secret)
    posted = cleaned(request.POST) if request.method == "POST" else None
    form = CorrectionForm(posted, initial={"text": comment.text})
    status = 200
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        try:
            if sent_by_us(request):
                actions.correct(secret=secret, text=said["text"], trap=said["url"])
                return see_other(reverse("comments:mine", args=[secret]))
            form.add_error(None, NOT_FROM_US)
            status = 403
        except CommentRefused as refused:
            form.add_error(None, refused.message)
            status = refused.status
    context = {**_context(comment, secret), "form": form}
    return private(render(request, "comments/correct.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once more, and delete the comment for ever."""
    comment = _found(secret)
    form = Trapped(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        if sent_by_us(request):
            with suppress(NotYours):  # sent twice: it is gone already
                actions.take_back(secret=secret)
            return see_other(reverse("comments:deleted"))
        form.add_error(None, NOT_FROM_US)
        status = 403
    context = {**_context(comment, secret), "form": form, "html": text_html(comment.text)}
    return private(render(request, "comments/take_back.html", context, status=status))


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """That a comment is gone."""
    return private(render(request, "comments/deleted.html"))


def _found(secret: str) -> Comment:
    try:
        return actions.find(secret)
    except NotYours:
        raise Http404 from None


def _context(comment: Comment, secret: str) -> dict[str, object]:
    page = live_page(comment)
    return {
        "comment": comment,
        "secret": secret,
        "page": page,
        "page_url": page and url_of(page),
    }
