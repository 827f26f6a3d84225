"""Public pages of questions and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing.lists import list_page
from publishing.machines.graph import listing
from publishing.models import Revision
from publishing.page_views import page_response, public_page
from publishing.public import live_page


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """Every live question."""
    rows = Revision.objects.live().of_kind("question").order_by("position", "title", "id")
    pages = list_page(request, rows.for_list())
    context = {"pages": pages, "machine_page": listing(pages.rows)}
    return render(request, "faq/list.html", context)


@public_page
def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One question with its answer."""
    return page_response(request, live_page("question", slug))
