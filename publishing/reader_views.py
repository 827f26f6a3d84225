"""What readers say of a page: whether it answered their question, and what is wrong with it.

The forms stand on pages that are the same for everybody, so they carry no token. Nothing about the
reader is kept.
"""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from publishing import actions
from publishing.errors import WorkflowError
from publishing.models import Revision
from publishing.own_origin import NOT_FROM_US, sent_by_us
from publishing.page_blocks import way_through
from publishing.page_views import moved_or_gone, public_page
from publishing.public import past_of, url_of
from references.text import clean_text

REPORT_CHARS_MAX = 2_000
REPORTED = "report"  # in the address of the thanks for a report
HTTP_TAKEN = 303  # see other


class ReportForm(forms.Form):
    """What is wrong with a page; `url` is a trap that no person sees."""

    place = forms.ChoiceField(label=_("Where (you may leave this out)"), required=False)
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=REPORT_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    url = forms.CharField(required=False)

    def __init__(self, *args: Any, places: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The whole page")), *((place, place) for place in places)]
        cast(forms.ChoiceField, self.fields["place"]).choices = choices
        if not places:
            self.fields["place"].widget = forms.HiddenInput()


def _live(kind: str, slug: str) -> Revision:
    """The live revision that is spoken of. Raises what became of it otherwise."""
    revision = Revision.objects.live().filter(kind=kind, slug=slug).first()
    if revision is None:
        raise past_of(kind, slug)
    return revision


@require_POST
@moved_or_gone
def answer(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Count whether a page answered a reader's question."""
    revision = _live(kind, slug)
    said = request.POST.get("answer")
    if said not in ("yes", "no") or not sent_by_us(request):
        return render(request, "400.html", status=400)
    if not request.POST.get("url"):
        actions.count_answer(page_id=revision.page_id, helped=said == "yes")
    return _thanks(kind, slug)


@require_http_methods(["GET", "HEAD", "POST"])
@moved_or_gone
def report(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Say what is wrong with a page; it becomes a task at the desk."""
    revision = _live(kind, slug)
    sent = None
    if request.method == "POST":
        sent = {name: clean_text(text, name=True) for name, text in request.POST.dict().items()}
    form = ReportForm(sent, places=_headings(revision))
    status = 200
    if form.is_bound:
        status = _take(request, form, revision.page_id)
    if status == HTTP_TAKEN:
        return _thanks(kind, slug, f"?{REPORTED}")
    context = {"form": form, **_page(revision)}
    return _unlisted(render(request, "publishing/report.html", context, status=status))


def _take(request: HttpRequest, form: ReportForm, page_id: int) -> int:
    """Keep a report that may be kept; the status of the answer."""
    valid = form.is_valid()
    if not sent_by_us(request):
        form.add_error(None, NOT_FROM_US)
        return 403
    if not valid:
        return 200
    if form.cleaned_data["url"]:  # filled in by a program: it is told what people are told
        return HTTP_TAKEN
    try:
        actions.report(
            page_id=page_id, text=form.cleaned_data["text"], place=form.cleaned_data["place"]
        )
    except WorkflowError as error:
        form.add_error(None, error.message)
        return 503
    return HTTP_TAKEN


@public_page
def thanks(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """That what was said has arrived, and the way back."""
    revision = _live(kind, slug)
    context = {"reported": REPORTED in request.GET, **_page(revision)}
    return _unlisted(render(request, "publishing/thanks.html", context))


def _page(revision: Revision) -> dict[str, object]:
    """The page that is spoken of, and the way back to it."""
    return {
        "title": revision.title,
        "page_url": url_of(revision),
        "way": way_through(revision),
    }


def _thanks(kind: str, slug: str, query: str = "") -> HttpResponseRedirect:
    address = reverse("publishing:thanks", args=[kind, slug]) + query
    response = HttpResponseRedirect(address)
    response.status_code = HTTP_TAKEN  # a reload asks for the page, and sends nothing again
    return response


def _headings(revision: Revision) -> list[str]:
    """The words of the page's second-level headings."""
    headings = (each for data in revision.rendered.values() for each in data["headings"])
    return [heading["text"] for heading in headings if heading["level"] == 2]


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response
