"""The search view of Wagtail's project template, with as bare a page as can be."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from bench.wagtail_side.pages.models import ArticlePage

PAGE = Engine().from_string(
    "<h1>{{ query }}</h1><p>{{ results.paginator.count }}</p><ol>{% for page in results %}"
    '<li><a href="/{{ page.slug }}/">{{ page.title }}</a> {{ page.standfirst }}</li>'
    "{% endfor %}</ol>"
)


def search(request: HttpRequest) -> HttpResponse:
    """The first ten pages that hold the words, and how many there are."""
    query = request.GET.get("q", "")
    found = ArticlePage.objects.live().search(query)
    results = Paginator(found, 10).get_page(request.GET.get("page"))
    return HttpResponse(PAGE.render(Context({"query": query, "results": results})))
