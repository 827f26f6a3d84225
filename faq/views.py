"""Public pages of questions and answers."""

from django.db.models import F, FilteredRelation, Q, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faq.pages import grouped
from publishing.about_filter import About, about
from publishing.lists import list_page
from publishing.machines.graph import listing
from publishing.models import Revision
from publishing.models.revision import RevisionQuerySet
from publishing.page_views import live_response, public_page

QUESTIONS_SHOWN = 30


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """The live questions by the conditions they are about, all of them or those about one."""
    asked = about(request, "question")
    rows = _titled(asked).by_place("condition_id")
    rows = rows.only("id", "page_id", "kind", "slug", "title", "summary", "rendered")
    pages = list_page(request, rows, query=asked.query, size=QUESTIONS_SHOWN)
    context = {
        "about": asked,
        "pages": pages,
        "groups": list(grouped(pages.rows)),
        "machine_page": listing(pages.rows),
        "canonical_url": pages.canonical(request.path),
    }
    return render(request, "faq/list.html", context)


def _titled(asked: About) -> RevisionQuerySet:
    """The questions, each with the live title of its condition; its working copy may differ."""
    rows = asked.narrowed(Revision.objects.live().of_kind("question"))
    if asked.chosen:
        return rows.annotate(condition_title=Value(asked.chosen.title))
    live = Q(condition__revisions__state=Revision.State.LIVE)
    titled = FilteredRelation("condition__revisions", condition=live)
    return rows.alias(titled=titled).annotate(condition_title=F("titled__title"))


@public_page
def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One question with its answer."""
    return live_response(request, "question", slug)
