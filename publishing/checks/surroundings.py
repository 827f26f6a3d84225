"""Reads what the database knows of everything that a document names."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import Resolver404, resolve

from publishing import kinds
from publishing.checks.links import links_of, path_of
from publishing.checks.model import Surroundings
from publishing.cited_keys import places_of_keys
from publishing.content import PageContent
from publishing.images_named import images_named
from publishing.markdown import Fragment
from publishing.models import Image, Revision
from references.aliases import citekeys_of
from references.models import Reference

IMAGE_FIELDS = ("alt", "decorative", "credit", "licence")
# Addresses that always answer readers, by the name of their route.
ALWAYS_OPEN = {"home", "articles:list", "articles:technique_list", "faq:list", "references:list"}
REFERENCE = "references:detail"


def look_around(content: PageContent, fragments: Mapping[str, Fragment]) -> Surroundings:
    """The surroundings of a document, in a fixed number of queries."""
    keys = tuple(places_of_keys(content))
    aliases = citekeys_of(keys)
    references = Reference.objects.filter(citekey__in={*keys, *aliases.values()})
    sources = {reference.citekey: reference for reference in references}
    return Surroundings(
        keys=frozenset(sources) | aliases.keys(),
        references={citekey: source.csl for citekey, source in sources.items()},
        statuses={citekey: source.status for citekey, source in sources.items()},
        images=_images(content),
        addresses=_open_addresses(fragments),
        included=_included(content),
        terms=kinds.terms(),
    )


def _images(content: PageContent) -> dict[str, dict[str, Any]]:
    rows = Image.objects.filter(slug__in=images_named(content)).values("slug", *IMAGE_FIELDS)
    return {row["slug"]: row for row in rows}


def _included(content: PageContent) -> list[dict[str, Any]]:
    """The documents of the live pages that the document shows."""
    if not content.includes:
        return []
    kind = kinds.get(content.kind).includes_kind
    live = Revision.objects.live().filter(kind=kind, slug__in=content.includes)
    return list(live.values_list("content", flat=True))


def _open_addresses(fragments: Mapping[str, Fragment]) -> frozenset[str]:
    """Of the addresses on this site that a document links to, those that readers can open."""
    paths = {
        path_of(link.address)
        for place, fragment in fragments.items()
        for link in links_of(place, fragment)
        if link.address.startswith("/")
    }
    routes = {path: found for path in paths if (found := _route(path))}
    live = _live(routes.values())
    citekeys = {slug for name, slug in routes.values() if name == REFERENCE}
    known = set(
        Reference.objects.filter(citekey__in=citekeys).values_list("citekey", flat=True)
        if citekeys
        else ()
    )
    return frozenset(
        path
        for path, (name, slug) in routes.items()
        if name in ALWAYS_OPEN or (name, slug) in live or (name == REFERENCE and slug in known)
    )


def _route(path: str) -> tuple[str, str] | None:
    """The name of the route of a path and the slug or citekey in it."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.view_name, str(next(iter(match.kwargs.values()), ""))


def _live(routes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these routes lead to a live page."""
    by_url = {kind.url_name: kind for kind in kinds.registered()}
    wanted = [(by_url[name], name, slug) for name, slug in routes if name in by_url]
    if not wanted:
        return set()
    pages = Q()
    for kind, _name, slug in wanted:
        pages |= Q(kind=kind.kind, slug=slug) if kind.has_slug else Q(kind=kind.kind)
    live = set(Revision.objects.live().filter(pages).values_list("kind", "slug"))
    kinds_live = {kind for kind, _slug in live}
    return {
        (name, slug)
        for kind, name, slug in wanted
        if ((kind.kind, slug) in live if kind.has_slug else kind.kind in kinds_live)
    }
