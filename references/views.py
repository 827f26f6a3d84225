"""Public pages of the library of sources."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import InvalidPage, Paginator
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from references.addresses import NoSuchPage
from references.citekeys import is_citekey
from references.json_ld import scholarly_article
from references.links import doi_url, pmc_url, pubmed_url, web_url
from references.metadata import citation_metas, coins
from references.models import Alias, Reference
from references.notices import Notice
from references.search import SearchForm
from references.study_types import finding_of, study_type_of
from references.text import clean_text
from references.writers import FORMATS

PER_PAGE = 50


class Entry(NamedTuple):
    """A source and its AMA entry."""

    reference: Reference
    html: SafeString


class ShownNotice(NamedTuple):
    """A notice and the source of ours that it was published as, where we have it."""

    notice: Notice
    source: Reference | None


class IdentifierLink(NamedTuple):
    """One address of a source."""

    label: str
    text: str
    url: str


@require_safe
def reference_list(request: HttpRequest) -> HttpResponse:
    """The sources that a reader looks for, else every one; fifty a page, by first author."""
    form = SearchForm(
        {name: clean_text(str(value), single_line=True) for name, value in request.GET.items()}
    )
    paginator = Paginator(form.found(), PER_PAGE)
    try:
        page = paginator.page(request.GET.get("page", "1"))
    except InvalidPage:
        raise NoSuchPage from None
    none_checked = _none_checked(page.object_list)
    context = {
        "form": form,
        "page": page,
        "entries": [Entry(each, each.bare_entry if none_checked else each.entry) for each in page],
        "none_checked": none_checked,
        "asked": form.has_changed(),
        "ignored": [form.fields[name].label for name in form.errors],
        "machine_page": {"@type": "CollectionPage"},
        "canonical_url": settings.SITE_URL + request.path + _page_query(request, page.number),
    }
    return render(request, "references/list.html", context)


def _none_checked(references: Iterable[Reference]) -> bool:
    """Whether none of those that can be checked was lately, so that it is enough to say it once."""
    askable = [each for each in references if each.is_askable]
    return len(askable) > 1 and all(each.is_unchecked for each in askable)


def _page_query(request: HttpRequest, number: int) -> str:
    """What a page of the whole list has behind its path, and one of a search has not."""
    return f"?page={number}" if number > 1 and set(request.GET) == {"page"} else ""


@require_safe
def reference_detail(request: HttpRequest, citekey: str) -> HttpResponse:
    """One source: its entry, notices and identifiers, and every public page that cites it."""
    if not is_citekey(citekey):
        raise Http404(_("There is no such reference."))
    aliases = Alias.objects.filter(reference=OuterRef("pk")).values("name")
    rows = Reference.objects.prefetch_related("found_notices")
    rows = rows.annotate(other_keys=ArraySubquery(aliases))
    reference = get_object_or_404(rows, citekey=citekey)
    context = {
        "reference": reference,
        "entry": reference.entry,
        "notices": shown_notices(reference),
        "links": identifier_links(reference),
        "metas": citation_metas(reference.csl),
        "coins": coins(reference.csl),
        "machine_page": {"mainEntity": scholarly_article(reference)},
        "machine_way": [(_("References"), reverse("references:list"))],
        "card_alt": reference.title,
        "study_type": study_type_of(reference.csl),
        "finding": finding_of(reference.csl),
    }
    return render(request, "references/detail.html", context)


@require_safe
def reference_file(
    request: HttpRequest,  # noqa: ARG001 - a view takes one
    citekey: str,
    extension: str,
) -> HttpResponse:
    """One source in a format that reference managers read."""
    reference = get_object_or_404(Reference, citekey=citekey)
    return file_response([(citekey, reference.csl)], extension, citekey)


def file_response(
    items: Iterable[tuple[str, Mapping[str, Any]]], extension: str, name: str
) -> HttpResponse:
    """Sources as a file to keep; Http404 for a format that there is not."""
    for file_format in FORMATS.values():
        if file_format.extension == extension:
            response = HttpResponse(
                "".join(file_format.write(items)),
                content_type=f"{file_format.media_type}; charset=utf-8",
            )
            response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
            return response
    raise Http404(_("References are not kept in this format."))


def identifier_links(reference: Reference) -> list[IdentifierLink]:
    """The addresses under which the source can be read, each with what it is called."""
    pmcid, url = str(reference.csl.get("PMCID", "")), web_url(str(reference.csl.get("URL", "")))
    links = (
        IdentifierLink(_("DOI"), reference.doi, doi_url(reference.doi)),
        IdentifierLink(_("PubMed"), reference.pmid, pubmed_url(reference.pmid)),
        IdentifierLink(_("PubMed Central"), pmcid, pmc_url(pmcid)),
        IdentifierLink(_("Address"), url, url),
    )
    return [link for link in links if link.text]


def shown_notices(reference: Reference) -> list[ShownNotice]:
    """The source's notices, each with its own entry in the library; one query at most."""
    notices = reference.notices
    keys = [notice.ref for notice in notices if notice.ref]
    sources = Reference.objects.in_bulk(keys, field_name="citekey") if keys else {}
    return [ShownNotice(notice, sources.get(notice.ref)) for notice in notices]
