"""Public pages about people, and what became of a page."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import kinds
from publishing.contributors import with_pages
from publishing.history import history_of
from publishing.lists import list_page
from publishing.machines.card_urls import CONTRIBUTOR, card_url
from publishing.models import Contributor, Revision, SignOff
from publishing.page_blocks import way_through
from publishing.page_views import public_page
from publishing.public import Moved, url_of

PAGES_MAX = 100
CONTRIBUTORS_SHOWN = 50


@require_safe
def contributor_list(request: HttpRequest) -> HttpResponse:
    """Everybody who is credited on a live page or reviewed one, by name."""
    pages = list_page(request, with_pages().order_by("name", "pk"), size=CONTRIBUTORS_SHOWN)
    context = {
        "pages": pages,
        "machine_page": {"@type": "CollectionPage"},
        "canonical_url": pages.canonical(request.path),
    }
    return render(request, "publishing/contributor_list.html", context)


@require_safe
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    """A contributor who is credited on, or reviewed, a live page."""
    person = Contributor.objects.filter(slug=slug).first()
    if person is None:
        raise Http404
    live = Revision.objects.live().order_by("title", "id").for_list()
    written = live.filter(contributions__contributor=person, contributions__credit_position__gte=1)
    written = written.order_by("kind", "title", "id")[:PAGES_MAX]
    reviewed = live.filter(
        contributions__contributor=person,
        contributions__sign_off__decision=SignOff.Decision.APPROVE,
    )[:PAGES_MAX]
    if not written and not reviewed:
        raise Http404
    context = {
        "person": person,
        "written": list(_by_kind(written)),
        "reviewed": reviewed,
        "og_type": "profile",
        "card_url": card_url(CONTRIBUTOR, person.slug),
        "card_alt": person.name,
        "machine_page": _told_of(person),
        "machine_way": [(_("Contributors"), reverse("publishing:contributor_list"))],
    }
    return render(request, "publishing/contributor.html", context)


def _by_kind(rows: Iterable[Revision]) -> Iterator[tuple[str, list[Revision]]]:
    """Pages under the names of their kinds."""
    for name, found in groupby(rows, key=lambda row: row.kind):
        kind = kinds.get(name)
        yield str(kind.list_title or capfirst(kind.model._meta.verbose_name_plural)), list(found)


def _told_of(person: Contributor) -> dict[str, Any]:
    """What machines are told of a contributor; a placeholder for demonstration is nobody."""
    if person.demo:
        return {"@type": "WebPage"}
    known = {"@type": "Person", "name": person.name, "description": person.credentials}
    known["url"] = settings.SITE_URL + person.get_absolute_url()
    entity = {name: value for name, value in known.items() if value}
    return {"@type": "ProfilePage", "mainEntity": entity}


@public_page
def history(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What changed on a page, when, by whom, and who reviewed it; moved and gone as the page is."""
    try:
        found = history_of(request, kind, slug)
    except Moved as moved:
        raise Moved(f"{moved.address}history/") from None
    context = {
        "page": found.live,
        "page_url": url_of(found.live),
        "way": way_through(found.live),
        "stretches": found.stretches,
        "pages": found.pages,
    }
    return render(request, "publishing/history.html", context)
