"""Addresses of pages, which one page may show by the dozen."""

from functools import cache

from django.http import Http404
from django.urls import reverse

PLACE = "PLACE"  # neither a slug nor a number, so no address has it by itself


def address(url_name: str, slug: str) -> str:
    """What `reverse` gives for a slug or citekey; the address around it is found only once."""
    return _around(url_name).replace(PLACE, slug)


@cache
def _around(url_name: str) -> str:
    return reverse(url_name, args=[PLACE])


class NoSuchPage(Http404):
    """A list has no page of the number in its address; templates/404.html knows it by its name."""
