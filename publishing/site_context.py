"""What every template may say about the site."""

from django.conf import settings
from django.http import HttpRequest

from publishing.machines.card_urls import SITE_CARD


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name, address and whether it shows demonstration content."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
        "demo_mode": settings.DEMO_MODE,
        "machine_head": "",  # what a page tells machines, if it is one
        "machine_page": "",  # what a view says that it is, if it is no page
        "machine_way": (),  # the steps to it from the front page, each a name and an address
        "og_type": "website",
        "card_url": settings.SITE_URL + SITE_CARD,
        "card_alt": settings.SITE_NAME,
        "noindex": False,  # a page may say otherwise
        "words": "",  # what a search was for
    }
