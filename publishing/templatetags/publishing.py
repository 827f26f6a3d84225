"""What other apps' templates may say about pages."""

import datetime
from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from publishing.cited_by import CitingPages, Leaning, cited_live, citing_pages, resting_alone
from publishing.dates import day_html
from publishing.machines.card_urls import SOURCE, card_url
from publishing.models import Revision
from publishing.page_blocks import crumb
from publishing.public import url_of
from references.models import Reference

register = template.Library()
RESTING_MAX = 100


@register.simple_tag
def source_card(citekey: str) -> str:
    """The address of a source's card."""
    return card_url(SOURCE, citekey)


@register.simple_tag(takes_context=True)
def cited_by(context: Context, reference: Reference) -> CitingPages:
    """The live pages that show a reference; two queries."""
    return citing_pages(context["request"], reference)


@register.simple_tag
def rests_on(reference: Reference) -> list[Leaning]:
    """The live pages with sentences that lean on this reference alone; one query."""
    return resting_alone(reference, most=RESTING_MAX)


@register.simple_tag
def cited_among(references: Iterable[Reference]) -> frozenset[int]:
    """The ids of those references that a live page cites; one query."""
    return cited_live(references)


@register.filter
def step(title: str, url: str) -> SafeString:
    """A step of the way to a page, for the breadcrumb."""
    return crumb(title, url)


@register.filter
def page_url(revision: Revision) -> str:
    """The public address of a live revision."""
    return url_of(revision)


@register.filter
def day(moment: datetime.date) -> SafeString:
    """A date with its name in words, such as 5 June 2026."""
    return day_html(moment)
