"""Readers' search over pages, glossary terms and sources, and how browsers learn of it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from publishing.about_filter import NAME as CONDITION
from publishing.lists import wanted_page
from publishing.models import Revision, SearchEntry
from publishing.public import address_of
from publishing.search import misses
from publishing.search.extracts import END, START
from publishing.search.query import (
    CANDIDATES,
    MAX_TERMS,
    SHOWN,
    Asked,
    Found,
    Hit,
    TooSlow,
    cleaned,
    is_cut,
)
from publishing.search.query import search as find
from references.addresses import NoSuchPage, address

COUNTED = 50  # more are "50+"
CONDITIONS_MAX = 100
QUESTIONS_SHOWN = 6
KINDS: Mapping[str, StrOrPromise] = {
    "article": gettext_lazy("Articles"),
    "technique": gettext_lazy("Techniques"),
    "condition": gettext_lazy("Conditions"),
    "question": gettext_lazy("Questions"),
    "term": gettext_lazy("Words explained"),
    "glossary": gettext_lazy("Glossary"),
    "page": pgettext_lazy("pages about the site", "About us"),
    "reference": gettext_lazy("References"),
}
# What narrows the results, by its name in the address; the condition had another name once.
KIND, FORMER = "kind", "about"
_MARKS = re.compile(f"{START}(.*?){END}", re.DOTALL)


class Condition(NamedTuple):
    """A condition that results can be narrowed to."""

    page_id: int
    slug: str
    title: str


class Choice(NamedTuple):
    """A link that narrows the results, or, when it is chosen, widens them again."""

    label: StrOrPromise
    number: str
    url: str
    chosen: bool


class Result(NamedTuple):
    """A hit as the page shows it: texts in pieces, each with whether it was looked for."""

    url: str
    kind: StrOrPromise
    heading: list[tuple[str, bool]]
    extract: list[tuple[str, bool]]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`, narrowed by `kind` and `condition`; without words, the ways in."""
    words = cleaned(request.GET.get("q", ""))
    conditions = [
        Condition(*row)
        for row in SearchEntry.objects.filter(kind="condition")
        .order_by("title", "id")
        .values_list("page_id", "slug", "title")[:CONDITIONS_MAX]
    ]
    context: dict[str, object] = {
        "words": words,
        "conditions": conditions,
        "noindex": bool(words),
        "too_slow": False,
        "found": None,
    }
    if not words:
        return _ways_in(request, context)
    asked = _asked(request, words, conditions)
    try:
        found = find(asked)
    except TooSlow:
        return render(request, "search.html", {**context, "too_slow": True}, status=503)
    if asked.page > 1 and not found.hits:
        raise NoSuchPage
    context |= _results(request, asked, found, conditions)
    if found.matched:
        return render(request, "search.html", context)
    if not found.only_left_out:
        misses.count(words)
    return _ways_in(request, context)


def _ways_in(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The page without results, with where else to begin."""
    questions = Revision.objects.live().of_kind("question").by_place()
    return render(
        request,
        "search.html",
        {**context, "questions": questions.for_list()[:QUESTIONS_SHOWN]},
    )


def _asked(request: HttpRequest, words: str, conditions: list[Condition]) -> Asked:
    """What is asked for; a kind or condition that is not known is none."""
    kind = request.GET.get(KIND, "")
    about = _condition_asked(request)
    found = next((each.page_id for each in conditions if each.slug == about), None)
    page = wanted_page(request)
    if page > CANDIDATES // SHOWN:
        raise NoSuchPage
    return Asked(words, kind if kind in KINDS else "", found, page)


def _condition_asked(request: HttpRequest) -> str:
    return request.GET.get(CONDITION) or request.GET.get(FORMER, "")


def _results(
    request: HttpRequest, asked: Asked, found: Found, conditions: list[Condition]
) -> dict[str, object]:
    kind, condition = request.GET.get(KIND, ""), _condition_asked(request)
    filters = ((kind, asked.kind), (condition, asked.condition))
    return {
        "results": [_result(hit) for hit in found.hits],
        "found": found,
        "mended": found.words != asked.words,
        "unknown_filters": [text for text, taken in filters if text and not taken],
        "most_words": MAX_TERMS if is_cut(request.GET.get("q", "")) else 0,
        "kinds": list(_kind_choices(request, asked, found)),
        "abouts": list(_condition_choices(request, asked, found, conditions)),
        "previous": asked.page - 1,
        "next": asked.page + 1 if found.has_more and asked.page * SHOWN < CANDIDATES else 0,
        "number": asked.page,
    }


def _result(hit: Hit) -> Result:
    if hit.page_kind:
        url = address_of(hit.page_kind, hit.slug)
    else:
        url = address("references:detail", hit.slug)
    return Result(
        url=f"{url}#{hit.anchor}" if hit.anchor else url,
        kind=KINDS.get(hit.kind, hit.kind),
        heading=list(_pieces(hit.heading)),
        extract=list(_pieces(hit.extract)),
    )


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text, in turns not looked for and looked for."""
    for place, piece in enumerate(_MARKS.split(text)):
        if piece:
            yield piece, bool(place % 2)


def _kind_choices(request: HttpRequest, asked: Asked, found: Found) -> Iterator[Choice]:
    for kind, label in KINDS.items():
        if count := found.by_kind.get(kind):
            chosen = kind == asked.kind
            url = _url(request, KIND, "" if chosen else kind)
            yield Choice(label, _capped(count), url, chosen)


def _condition_choices(
    request: HttpRequest, asked: Asked, found: Found, conditions: list[Condition]
) -> Iterator[Choice]:
    for each in conditions:
        if count := found.by_condition.get(each.page_id):
            chosen = each.page_id == asked.condition
            url = _url(request, CONDITION, "" if chosen else each.slug)
            yield Choice(each.title, _capped(count), url, chosen)


def _capped(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)


def _url(request: HttpRequest, name: str, value: str) -> str:
    """The address of this search with another choice, from its first page on."""
    kept = {key: request.GET[key] for key in ("q", KIND) if request.GET.get(key)}
    kept |= {CONDITION: condition} if (condition := _condition_asked(request)) else {}
    chosen = {key: text for key, text in {**kept, name: value}.items() if text}
    return f"?{urlencode(chosen)}"


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The OpenSearch 1.1 description, by which a browser offers this search."""
    context = {
        "name": settings.SITE_NAME[:16],  # the format allows no more
        "description": _("Search %(site)s") % {"site": settings.SITE_NAME},
    }
    kind = "application/opensearchdescription+xml"
    return render(request, "opensearch.xml", context, content_type=kind)
