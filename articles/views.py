"""Public pages of articles, techniques, conditions, the glossary and plain pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.comparison import Comparison, live_condition
from articles.comparison import compare as compared
from articles.comparison_choices import chosen
from articles.glances import glance
from publishing.about_filter import about
from publishing.lists import list_page
from publishing.machines.card_urls import COMPARISON, card_url
from publishing.machines.graph import breadcrumb, citation, listing, option
from publishing.models import Revision
from publishing.page_blocks import crumb
from publishing.page_views import live_response, public_page
from publishing.public import Moved, live_page, url_of
from publishing.reading import updated_at
from publishing.trail import Step, front
from references.models import Reference
from references.views import file_response

TECHNIQUES_SHOWN = 30
CONDITIONS_SHOWN = 30


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The live articles, all of them or those about a condition, the newest first."""
    asked = about(request, "article")
    rows = asked.narrowed(Revision.objects.live().of_kind("article"))
    rows = rows.order_by("-published_at", "id").for_list()
    pages = list_page(request, rows, query=asked.query)
    updated = updated_at([row.page_id for row in pages.rows])
    articles = [(row, updated[row.page_id]) for row in pages.rows]
    context = {
        "about": asked,
        "pages": pages,
        "articles": articles,
        "machine_page": listing(pages.rows),
        "canonical_url": pages.canonical(request.path),
    }
    return render(request, "articles/list.html", context)


@public_page
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    return live_response(request, "article", slug)


@public_page
def article_references(
    request: HttpRequest,  # noqa: ARG001 - a view takes one
    slug: str,
    extension: str,
) -> HttpResponse:
    """The sources of an article, as a file for reference managers."""
    shown = live_page("article", slug)
    sources = Reference.objects.filter(citekey__in=list(shown.around.sources)).order_by("citekey")
    return file_response(sources.values_list("citekey", "csl"), extension, slug)


@require_safe
def technique_list(request: HttpRequest) -> HttpResponse:
    """The live techniques, all or those about a condition, by how invasive they are."""
    asked = about(request, "technique")
    rows = asked.narrowed(Revision.objects.live().of_kind("technique"))
    rows = rows.order_by("position", "title", "id").only("id", "kind", "slug", "title", "content")
    page = list_page(request, rows, query=asked.query, size=TECHNIQUES_SHOWN)
    condition = asked.chosen.slug if asked.chosen else None
    options = [glance(row, condition) for row in page.rows]
    context = {
        "about": asked,
        "pages": page,
        "options": options,
        "machine_page": listing(page.rows),
        "canonical_url": page.canonical(request.path),
    }
    return render(request, "articles/technique_list.html", context)


@public_page
def technique_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One technique."""
    return live_response(request, "technique", slug)


@require_safe
def condition_list(request: HttpRequest) -> HttpResponse:
    """The live conditions, by title."""
    rows = Revision.objects.live().of_kind("condition").order_by("title", "id").for_list()
    pages = list_page(request, rows, size=CONDITIONS_SHOWN)
    context = {
        "pages": pages,
        "machine_page": listing(pages.rows),
        "canonical_url": pages.canonical(request.path),
    }
    return render(request, "articles/condition_list.html", context)


@public_page
def condition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition."""
    return live_response(request, "condition", slug)


@public_page
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """A condition's options side by side; moved and gone as the condition is."""
    try:
        condition = live_condition(slug)
    except Moved as moved:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        raise Moved(f"{moved.address}compare/{query}") from None
    choice = chosen(request.GET)
    comparison = compared(condition, choice)
    context = {
        "condition": condition,
        "way": crumb(condition.title, url_of(condition)),
        "choice": choice,
        "comparison": comparison,
        "machine_page": _told_of_comparison(condition, comparison),
        "card_url": card_url(COMPARISON, slug),
        "card_alt": _("%(condition)s: the options compared") % {"condition": condition.title},
    }
    return render(request, "articles/compare.html", context)


def _told_of_comparison(condition: Revision, comparison: Comparison) -> dict[str, Any]:
    """What machines are told: what is compared, for which condition, by which sources; the way."""
    url = url_of(condition)
    steps = [
        *(front(), Step(condition.title, url)),
        Step(_("Compare options"), f"{url}compare/"),
    ]
    about = {"@type": "MedicalCondition", "@id": f"{settings.SITE_URL}{url}#subject"}
    about |= {"name": condition.title, "url": settings.SITE_URL + url}
    return {
        "@type": "MedicalWebPage",
        "about": about,
        "mentions": [option(each.subject) for each in comparison.options if each.subject],
        "citation": [citation(*each) for each in comparison.cited.items()],
        "breadcrumb": breadcrumb(steps),
    }


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """The glossary."""
    return live_response(request, "glossary", "glossary")


@public_page
def plain_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page such as "About us"."""
    return live_response(request, "page", slug)
