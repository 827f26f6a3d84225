"""Preview links: what somebody without an account reads, and says, of a revision."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publishing import actions, kinds
from publishing.errors import LinkEnded, WorkflowError
from publishing.forms import RemarkForm
from publishing.models import PreviewLink
from publishing.own_origin import sent_by_us
from publishing.page_views import page_response
from publishing.places import place_words, places
from publishing.preview import preview_revision


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is, until when, and the recipient's remarks."""
    try:
        link = actions.find_link(token)
        form = _remark_form(request, link)
        status = _take_remark(request, form, link)
    except LinkEnded:
        raise Http404 from None
    if status is None:
        return HttpResponseRedirect(f"{request.path}#remarks")
    revision = link.revision
    remarks = [(place_words(revision.kind, each.place), each.text) for each in link.remarks.all()]
    context = {
        "link": link,
        "revision": revision,
        "over": revision.state not in actions.SHAREABLE,
        "remarks": remarks,
        "form": form,
    }
    return _private(render(request, "publishing/shared.html", context, status=status))


def _remark_form(request: HttpRequest, link: PreviewLink) -> RemarkForm:
    revision = link.revision
    content = kinds.get(revision.kind).content.from_data(revision.content, stored=True)
    sent = request.POST if request.method == "POST" else None
    return RemarkForm(sent, places=places(content))


def _take_remark(request: HttpRequest, form: RemarkForm, link: PreviewLink) -> int | None:
    """Keep the remark that was sent; the status of the page, or None when it was kept."""
    if not form.is_bound:
        return 200
    valid = form.is_valid()
    if not sent_by_us(request):
        form.add_error(
            None,
            _(
                "Your browser did not say that this remark comes from this page, so it was not "
                "kept. Your words are still here: copy them, open the link again in an "
                "up-to-date browser, and send them from there."
            ),
        )
        return 403
    if valid:
        try:
            actions.remark(link=link, **form.cleaned_data)
        except LinkEnded:
            raise
        except WorkflowError as error:
            form.add_error(None, error.message)
        else:
            return None
    return 200


@require_safe
def shared_page(request: HttpRequest, token: str) -> HttpResponse:
    """The page itself, exactly as readers would see it; each reading is counted."""
    find = actions.open_link if request.method == "GET" else actions.find_link
    try:
        link = find(token)
    except LinkEnded:
        raise Http404 from None
    return _private(page_response(request, preview_revision(link.revision)))


def _private(response: HttpResponse) -> HttpResponse:
    """An answer that nobody keeps or finds, and whose address goes nowhere."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
