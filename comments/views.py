"""Public pages of comments: the list below a page, writing one in two steps, flagging one.

No page here reads or sets a cookie. A form is taken only from a browser that says that it stood on
this site; what was typed is in every answer that refuses it.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from comments import actions, keys, reading, tickets
from comments.actions.writing import Sent, takes_comments
from comments.around import by_itself
from comments.errors import CommentRefused, NoReply
from comments.forms import CommentForm, FlagForm, cleaned
from comments.models import Comment, Flag
from comments.rendering import text_html
from comments.scoring import score
from comments.scoring.model import Verdict
from publishing import kinds
from publishing.dates import database_now
from publishing.lists import id_of, wanted_page
from publishing.models import Revision
from publishing.own_origin import NOT_FROM_US, sent_by_us
from publishing.page_views import moved_or_gone
from publishing.public import past_of, url_of

SEE_OTHER = 303
NEWEST = "newest"


@require_safe
@moved_or_gone
def comment_list(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """All comments below a page, and the form for a new one."""
    revision = live(kind, slug)
    form = CommentForm(initial={"writer": request.GET.get("as", "")[:100]})
    return _listed(request, revision, form)


@require_http_methods(["GET", "HEAD", "POST"])
@moved_or_gone
def write(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The first step: show the comment as it will look, and what is doubtful. Nothing is kept."""
    revision = live(kind, slug)
    if request.method != "POST":
        return _to_form(revision)
    posted = cleaned(request.POST)
    form = CommentForm(posted)
    if not form.is_valid():
        return _written(request, revision, form, posted)
    if not sent_by_us(request):
        form.add_error(None, NOT_FROM_US)
        return _written(request, revision, form, posted, status=403)
    if posted.get("parent") and not _replied_to(posted, revision):
        form.add_error(None, NoReply().message)
        return _written(request, revision, form, posted)
    try:
        return _check(request, revision, form, posted)
    except CommentRefused as refused:
        form.add_error(None, refused.message)
        return _written(request, revision, form, posted, status=refused.status)


@require_http_methods(["GET", "HEAD", "POST"])
@moved_or_gone
def send(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The second step: keep the comment, and show its writer the way back to it."""
    revision = live(kind, slug)
    if request.method != "POST":
        return _to_form(revision)
    posted = cleaned(request.POST)
    form = CommentForm(posted)
    if not form.is_valid() or "change" in posted:
        return _written(request, revision, form, posted)
    if not sent_by_us(request):
        form.add_error(None, NOT_FROM_US)
        return _written(request, revision, form, posted, status=403)
    try:
        ticket = tickets.read(posted.get("ticket", ""), *_told(revision, form, posted))
        if ticket is None:
            return _check(request, revision, form, posted, again=True)
        _comment, secret = actions.send(_sent(request, revision, form, posted, ticket))
    except CommentRefused as refused:
        form.add_error(None, refused.message)
        return _written(request, revision, form, posted, status=refused.status)
    return see_other(reverse("comments:mine", args=[secret]))


def _to_form(revision: Revision) -> HttpResponse:
    """Whoever opens the address of a step again, with nothing typed, begins anew."""
    address = reverse("comments:list", args=[revision.kind, revision.slug])
    return HttpResponseRedirect(f"{address}#write")


@require_safe
def comment(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 - Django's
    """The address of one comment leads to its place in the list, or to what stands there now."""
    found, revision = seen(number, Comment.objects.public())
    address = reverse("comments:list", args=[revision.kind, revision.slug])
    page = reading.page_of(found)
    return HttpResponseRedirect(f"{address}?page={page}#comment-{number}")


@require_safe
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """A comment by itself, and the form for a reply to it."""
    _found, revision = seen(number, Comment.objects.filter(state=Comment.State.APPROVED))
    return _written(request, revision, CommentForm(), {"parent": str(number)})


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, number: int) -> HttpResponse:
    """Say that something is wrong with a comment."""
    found, _revision = seen(number, Comment.objects.flaggable())
    if found.state != Comment.State.APPROVED:  # others were quicker, and nobody sees it now
        return see_other(reverse("comments:flagged", args=[number]))
    posted = cleaned(request.POST) if request.method == "POST" else None
    form = FlagForm(posted)
    status = 200
    if posted is not None and form.is_valid():
        status = _take_flag(request, form, found)
        if status == SEE_OTHER:
            return see_other(reverse("comments:flagged", args=[number]))
    context = {"form": form, "comment": found, "html": text_html(found.text)}
    return private(render(request, "comments/flag.html", context, status=status))


def _take_flag(request: HttpRequest, form: FlagForm, found: Comment) -> int:
    if not sent_by_us(request):
        form.add_error(None, NOT_FROM_US)
        return 403
    if form.cleaned_data["url"]:  # filled in by a program: it is told what people are told
        return SEE_OTHER
    reason = Flag.Reason(form.cleaned_data["reason"])
    try:
        actions.flag(comment=found, reason=reason, origin=origin(request))
    except CommentRefused as refused:
        form.add_error(None, refused.message)
        return refused.status
    return SEE_OTHER


@require_safe
def flagged(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 - Django's
    """That a flag has arrived, whatever has become of the comment since."""
    return private(render(request, "comments/flagged.html"))


def live(kind: str, slug: str) -> Revision:
    """The live revision of a page that readers comment on. Raises what became of it otherwise."""
    found = Revision.objects.live().select_related("page").filter(kind=kind, slug=slug).first()
    if found is None:
        raise past_of(kind, slug)
    if not kinds.get(kind).takes_comments:
        raise Http404
    return found


def seen(number: int, among: QuerySet[Comment]) -> tuple[Comment, Revision]:
    """A comment among these, and the page below which readers see it. Raises Http404."""
    found = among.filter(pk=number).first()
    revision = live_page(found) if found else None
    if found is None or revision is None:
        raise Http404
    return found, revision


def live_page(comment: Comment) -> Revision | None:
    """The page below which a comment stands, as readers see it; none when it was taken down."""
    revisions = Revision.objects.live().select_related("page")
    return revisions.filter(page=comment.page_id).first()


def origin(request: HttpRequest) -> keys.Origin:
    """Hashes of where a request comes from: the connection, or what our own proxy says."""
    told = ""
    if settings.CLIENT_ADDRESS_HEADER:
        told = request.headers.get(settings.CLIENT_ADDRESS_HEADER, "").rpartition(",")[2].strip()
    return keys.origin(told or request.META.get("REMOTE_ADDR", ""), database_now())


def see_other(address: str) -> HttpResponseRedirect:
    """A redirect after which a reload sends nothing again."""
    response = HttpResponseRedirect(address)
    response.status_code = SEE_OTHER
    return response


def private(response: HttpResponse) -> HttpResponse:
    """An answer for one reader only: in no search engine and in no cache."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _listed(request: HttpRequest, revision: Revision, form: CommentForm) -> HttpResponse:
    newest_first = request.GET.get("order") == NEWEST
    number = wanted_page(request)
    listed = reading.read(revision.page_id, number, newest_first=newest_first)
    if number > listed.pages:
        raise Http404
    context = {
        "comments": listed,
        "newest_first": newest_first,
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < listed.pages else None,
    }
    response = render(request, "comments/list.html", _context(revision, form) | context)
    if "as" in request.GET:
        return private(response)
    return response


def _written(
    request: HttpRequest,
    revision: Revision,
    form: CommentForm,
    posted: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed and what is wrong with it, and what is replied to."""
    context = {**_context(revision, form), **_replied_to(posted, revision)}
    return private(render(request, "comments/write.html", context, status=status))


def _check(
    request: HttpRequest,
    revision: Revision,
    form: CommentForm,
    posted: Mapping[str, str],
    *,
    again: bool = False,
) -> HttpResponse:
    """The comment as it will look, and a ticket to send it with. Raises CommentRefused."""
    verdict = _verdict(request, revision, form)
    context = {
        **_context(revision, form),
        **_replied_to(posted, revision),
        "html": text_html(form.cleaned_data["text"]),
        "doubts": verdict.doubts,
        "needs_help": verdict.needs_help_page,
        "ticket": tickets.make(*_told(revision, form, posted)),
        "again": again,
    }
    return private(render(request, "comments/check.html", context))


def _verdict(request: HttpRequest, revision: Revision, form: CommentForm) -> Verdict:
    """What the scoring says of it by itself. Raises Closed or TooMany."""
    posts = actions.may_write(revision, origin(request), database_now())
    said = {name: form.cleaned_data[name] for name in ("name", "text", "email")}
    return score(by_itself(revision, posts, **said))


def _context(revision: Revision, form: CommentForm) -> dict[str, Any]:
    return {
        "form": form,
        "title": revision.title,
        "page_url": url_of(revision),
        "address": reverse("comments:list", args=[revision.kind, revision.slug]),
        "open": takes_comments(revision),
        "help_url": help_url(),
        "parent": None,
    }


def help_page() -> QuerySet[Revision]:
    """The page for who writes of harming themselves, if the owner has written one."""
    return Revision.objects.live().filter(kind="page", slug=settings.COMMENTS_HELP_PAGE)


def help_url() -> str:
    """Its address, or nothing."""
    there = help_page().first()
    return url_of(there) if there else ""


def _replied_to(posted: Mapping[str, str], revision: Revision) -> dict[str, Any]:
    repliable = Comment.objects.repliable(revision.page_id)
    number = _parent_id(posted)
    found = None if number is None else repliable.filter(pk=number).first()
    return {"parent": found, "parent_html": text_html(found.text)} if found else {}


def _parent_id(posted: Mapping[str, str]) -> int | None:
    return id_of(posted.get("parent", ""))


def _told(revision: Revision, form: CommentForm, posted: Mapping[str, str]) -> tuple[Any, ...]:
    """What a ticket is for."""
    said = form.cleaned_data
    return (revision.page_id, _parent_id(posted), said["name"], said["email"], said["text"])


def _sent(
    request: HttpRequest,
    revision: Revision,
    form: CommentForm,
    posted: Mapping[str, str],
    ticket: tickets.Ticket,
) -> Sent:
    said = form.cleaned_data
    return Sent(
        revision=revision,
        name=said["name"],
        text=said["text"],
        email=said["email"],
        trap=said["url"],
        writer_key=said["writer"],
        ticket=ticket,
        origin=origin(request),
        parent_id=_parent_id(posted),
    )
