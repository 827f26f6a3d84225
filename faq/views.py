"""Public pages of questions and answers."""

from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faq.pages import grouped
from publishing.about_filter import about
from publishing.lists import list_page
from publishing.machines.graph import listing
from publishing.models import Revision
from publishing.page_views import page_response, public_page
from publishing.public import live_page

QUESTIONS_SHOWN = 30


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """The live questions by the conditions they are about, all of them or those about one."""
    asked = about(request, "question")
    # The live title of a condition: its working copy may have another one.
    titled = FilteredRelation(
        "condition__revisions", condition=Q(condition__revisions__state=Revision.State.LIVE)
    )
    rows = asked.narrowed(Revision.objects.live().of_kind("question")).alias(titled=titled)
    rows = rows.annotate(condition_title=F("titled__title"))
    by_condition = F("titled__title").asc(nulls_last=True)
    rows = rows.order_by(by_condition, "titled__id", "position", "title", "id")
    rows = rows.only("id", "page_id", "kind", "slug", "title", "summary", "rendered")
    pages = list_page(request, rows, query=asked.query, size=QUESTIONS_SHOWN)
    context = {
        "about": asked,
        "pages": pages,
        "groups": list(grouped(pages.rows)),
        "machine_page": listing(pages.rows),
    }
    return render(request, "faq/list.html", context)


@public_page
def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One question with its answer."""
    return page_response(request, live_page("question", slug))
