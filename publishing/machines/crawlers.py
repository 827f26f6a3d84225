"""robots.txt and the sitemap. https://www.sitemaps.org/protocol.html"""

import datetime
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import conditional_page, require_safe

from publishing import kinds
from publishing.contributors import with_pages
from publishing.machines.listing import Listed, live_pages
from publishing.models import Revision
from publishing.public import address_of
from references.addresses import address
from references.models import Reference

# More than that one file may not hold.
ADDRESSES_MAX = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
State = Revision.State


class Entry(NamedTuple):
    """An address of the sitemap, and when it last changed for readers, where that is known."""

    path: str
    changed_at: datetime.datetime | None = None


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes one
    """Everything public may be read; the desk and previews are nobody's business."""
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "Disallow: /voice/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    )
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@conditional_page
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes one
    """Every address that search engines may show, and when it last changed; four queries."""
    urls = format_html_join(
        "\n",
        "<url><loc>{}</loc>{}</url>",
        ((settings.SITE_URL + entry.path, _lastmod(entry)) for entry in _entries()),
    )
    xml = format_html('<urlset xmlns="{}">\n{}\n</urlset>\n', NAMESPACE, urls)
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return HttpResponse(declaration + xml, content_type="application/xml; charset=utf-8")


def _lastmod(entry: Entry) -> str:
    changed = entry.changed_at
    return format_html("<lastmod>{}</lastmod>", changed.isoformat()) if changed else ""


def _entries() -> Iterator[Entry]:
    """The addresses, what matters most first.

    The front page, the list of sources, a source and a contributor say nothing of when they
    changed: many things change them, and no row knows of all.
    """
    pages = live_pages(ADDRESSES_MAX)
    gone = _gone()
    every = chain(
        [Entry(reverse("home"))],
        _lists(pages, gone),
        (Entry(address_of(page.kind, page.slug), page.updated) for page in pages if page.indexable),
        _comparisons(pages, gone),
        [Entry(reverse("publishing:contributor_list"))],
        (Entry(address("publishing:contributor", slug)) for slug in _contributors()),
        (Entry(address("references:detail", citekey)) for citekey in _sources()),
    )
    return islice(every, ADDRESSES_MAX)


# When something was taken down, by its kind and the page of its condition.
Gone = dict[tuple[str, int | None], datetime.datetime]


def _gone() -> Gone:
    taken = Revision.objects.filter(state=State.UNPUBLISHED).order_by()
    rows = taken.values_list("kind", "condition_id").annotate(last=Max("unpublished_at"))
    return {(kind, condition): last for kind, condition, last in rows}


def _lists(pages: Iterable[Listed], gone: Gone) -> Iterator[Entry]:
    """Lists change when a page of theirs does, and when one is taken down."""
    changed: dict[str, datetime.datetime] = {}
    moments = [*((page.kind, page.updated) for page in pages)]
    moments += [(kind, last) for (kind, _condition), last in gone.items()]
    for kind, moment in moments:
        changed[kind] = max(moment, changed.get(kind, moment))
    for each in kinds.registered():
        if each.list_url_name:
            yield Entry(reverse(each.list_url_name), changed.get(each.kind))
    yield Entry(reverse("references:list"))


def _comparisons(pages: Iterable[Listed], gone: Gone) -> Iterator[Entry]:
    """Comparisons of what is live, which change when something in them does or leaves them."""
    changed: Gone = {}
    for page in pages:
        key = (page.kind, page.condition_id)
        changed[key] = max(page.updated, changed.get(key, page.updated))
    for page in pages:
        kind = kinds.get(page.kind)
        key = (kind.compares, page.page_id)
        if kind.compares and page.indexable and key in changed:
            moments = (changed[key], gone.get(key, changed[key]))
            yield Entry(address(kind.compare_url_name, page.slug), max(moments))


def _contributors() -> Iterable[str]:
    """Everybody with a page."""
    return with_pages().order_by("slug").values_list("slug", flat=True)[:ADDRESSES_MAX]


def _sources() -> Iterable[str]:
    """The sources that something live cites; of others there is nothing to say yet."""
    cited = Reference.objects.filter(citations__revision__state=State.LIVE)
    found = cited.values_list("citekey", flat=True)
    return found.distinct().order_by("citekey")[:ADDRESSES_MAX]
