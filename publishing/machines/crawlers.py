"""robots.txt and the sitemap. https://www.sitemaps.org/protocol.html"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import conditional_page, require_safe

from publishing.machines.listing import indexable
from publishing.public import url_of

# More than that one file may not hold.
ADDRESSES_MAX = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


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
    """Every live page that search engines may show, with when it last changed for readers."""
    rows = indexable().only("id", "kind", "slug")[:ADDRESSES_MAX]
    urls = format_html_join(
        "\n",
        "<url><loc>{}</loc><lastmod>{}</lastmod></url>",
        (
            (settings.SITE_URL + url_of(row), row.updated.isoformat())  # type: ignore[attr-defined] # annotated
            for row in rows
        ),
    )
    xml = format_html('<urlset xmlns="{}">\n{}\n</urlset>\n', NAMESPACE, urls)
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return HttpResponse(declaration + xml, content_type="application/xml; charset=utf-8")
