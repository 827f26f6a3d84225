"""Protection of forms on pages that know no session: only our own pages may send them."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

NOT_FROM_US = _(
    "Your browser did not say that this comes from a page of this site, so nothing was kept. Your "
    "words are still here: copy them, open the page again in an up-to-date browser, and send them "
    "from there."
)


def sent_by_us(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form.

    Sec-Fetch-Site says it; a browser that does not know it sends Origin or Referer.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    ours = (settings.SITE_URL, f"{request.scheme}://{request.get_host()}")
    origin = request.headers.get("Origin", "null")
    if origin != "null":
        return origin in ours
    return request.headers.get("Referer", "").startswith(tuple(f"{each}/" for each in ours))
