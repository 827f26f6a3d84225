"""Addresses of the cards that other sites show beside a link."""

from django.conf import settings

SITE_CARD = "/cards/site.png"
# What stands in the place of a kind in the addresses of cards of what is no page of a kind.
COMPARISON, CONTRIBUTOR, SOURCE = "compare", "contributor", "source"


def card_url(kind: str, slug: str) -> str:
    """The address of a page's card."""
    return f"{settings.SITE_URL}/cards/{kind}/{slug}.png"
