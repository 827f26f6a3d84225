"""Addresses that a plain page cannot have, because another part of the site answers there."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import resolve
from django.utils.translation import gettext as _

from publishing.errors import WorkflowError

PAGE_ROUTES = frozenset({"articles:plain_page", "articles:history"})
# Names of files, or of what only has addresses below it: a page of this name would be mistaken.
KEPT = frozenset({"cards", "feeds", "robots", "search", "sitemap"})


class ReservedAddress(WorkflowError):
    """A plain page was given an address where something else of the site answers."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            _(
                "The site itself uses the address “/%(slug)s/”. Choose another, such as "
                "“about-%(slug)s”."
            )
            % {"slug": slug}
        )


def is_reserved(slug: str) -> bool:
    """Whether something else answers at the plain page's address or its history's, or may soon.

    The site's table of addresses is asked, so that a new part of the site is reserved by itself.
    `slug` has the form of an address.
    """
    files = {urlsplit(each).path.strip("/") for each in (settings.STATIC_URL, settings.MEDIA_URL)}
    paths = (f"/{slug}/", f"/{slug}/history/")
    return slug in files | KEPT or any(resolve(path).view_name not in PAGE_ROUTES for path in paths)
