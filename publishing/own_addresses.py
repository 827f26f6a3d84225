"""Addresses of the site itself, behind which a page of the same address would never be seen."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, get_script_prefix

from publishing.errors import AddressHidden
from publishing.kinds import PageKind
from references.addresses import address

# Served before any view is asked, or kept for parts that every site of this sort comes to have.
KEPT = frozenset({"cards", "feeds", "robots", "search", "sitemap", "static"})


def first_parts(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """How the addresses begin: up to the first slash, and without the ending of a file's name."""
    for entry in patterns:
        route = str(entry.pattern)
        if isinstance(entry, URLResolver) and not route:
            yield from first_parts(entry.url_patterns)
        elif not route.startswith("<"):
            yield route.partition("/")[0].partition(".")[0]


def own_addresses() -> frozenset[str]:
    """Every first part of an address that is the site's own."""
    return KEPT.union(first_parts(get_resolver().url_patterns)) - {""}


def check_address(kind: PageKind, slug: str) -> None:
    """Raise AddressHidden if a page of this kind would stand where the site itself does.

    Only kinds whose pages stand right below the site's root can be hidden.
    """
    if not kind.has_slug or slug not in own_addresses():
        return
    place = address(kind.url_name, slug).removeprefix(get_script_prefix())
    if place == f"{slug}/":
        raise AddressHidden(slug)
