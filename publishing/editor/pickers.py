"""What can be picked into a text: sources, pictures, terms of the glossary and pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from publishing.desk.base import person
from publishing.markdown_views import may_write
from publishing.models import Image, Revision
from publishing.public import url_of
from references.actions import save_reference
from references.entries import Status
from references.errors import LibraryError
from references.filling import fill
from references.formatting import ama_text
from references.models import Reference
from references.search import MAX_CHARS, MAX_TERMS, SearchForm

MOST = 20
Found = Callable[[str], list[dict[str, Any]]]


def _picker(found: Found) -> Callable[[HttpRequest], HttpResponse]:
    """A view that answers what is found for `q`, to those who write."""

    @require_safe
    @wraps(found)
    def answer(request: HttpRequest) -> HttpResponse:
        if not may_write(person(request)):
            raise PermissionDenied
        query = request.GET.get("q", "").replace("\0", "")[:MAX_CHARS]
        return JsonResponse({"items": found(query)})

    return answer


def _source(reference: Reference) -> dict[str, Any]:
    return {
        "value": reference.citekey,
        "label": ama_text(reference.csl),
        "status": reference.get_status_display(),
        "retracted": reference.status == Status.RETRACTED,
    }


@_picker
def references(query: str) -> list[dict[str, Any]]:
    """Sources by words of author, title, citekey or journal, by year, DOI or PMID."""
    rows = SearchForm({"q": ""}).found()
    for term in query.split()[:MAX_TERMS]:
        fits = Q(pk__in=SearchForm({"q": term}).found().values("pk"))
        if term.isascii() and term.isdigit() and len(term) == 4:
            fits |= Q(year=int(term))
        rows = rows.filter(fits)
    return [_source(row) for row in rows.order_by("sort_key", "citekey")[:MOST]]


@require_POST
def add_reference(request: HttpRequest) -> HttpResponse:
    """Store the one source that a pasted text stands for; a known one is answered as such."""
    by = person(request)
    if not (may_write(by) and by.has_perm("references.add_reference")):
        raise PermissionDenied
    filled = fill(request.POST.get("text", ""))
    if filled.known:
        return JsonResponse(_source(filled.known) | {"known": True, "notes": []})
    if filled.item is None:
        many = _("These are several references. Paste one, or import them as a file.")
        return _refusal(many if filled.many else filled.problem)
    try:
        stored = save_reference(by=by, citekey=filled.citekey, csl=filled.item)
    except LibraryError as error:
        return _refusal(str(error))
    return JsonResponse(_source(stored) | {"known": False, "notes": list(filled.notes)})


def _refusal(message: str) -> JsonResponse:
    return JsonResponse({"problem": message}, status=400)


@_picker
def images(query: str) -> list[dict[str, Any]]:
    """Pictures of the library by name or text alternative."""
    rows = Image.objects.filter(Q(slug__icontains=query) | Q(alt__icontains=query))
    return [{"value": row.slug, "label": row.alt or row.slug} for row in rows[:MOST]]


@_picker
def terms(query: str) -> list[dict[str, Any]]:
    """Terms of the live glossary."""
    contents = Revision.objects.live().filter(kind="glossary").values_list("content", flat=True)
    every = [term["term"] for content in contents for term in content["terms"]]
    fits = [term for term in every if query.casefold() in term.casefold()]
    return [{"value": term, "label": term} for term in fits[:MOST]]


@_picker
def pages(query: str) -> list[dict[str, Any]]:
    """Live pages by title."""
    rows = Revision.objects.live().filter(title__icontains=query).order_by("title")[:MOST]
    return [{"value": url_of(row), "label": row.title} for row in rows]
