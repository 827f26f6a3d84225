"""The blocks that pages of every kind have, as HTML: who stands behind a page, its sources, more.

All of it is made when the page is read, so each block is a frame (publishing.frames).
"""

from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from publishing.assembly import Numbering, reference_items
from publishing.dates import day_html
from publishing.frames import fill
from publishing.public import Change, Person, ShownRevision, url_of
from publishing.reading import Linked


def page_blocks(shown: ShownRevision, numbering: Numbering) -> dict[str, Any]:
    """The blocks by their names in templates; whatever cites a source was numbered before."""
    return {
        "page": shown,
        "trust": trust_line(shown),
        "references": reference_list(numbering),
        "about": about_page(shown),
        "related": related_pages(shown),
    }


def trust_line(shown: ShownRevision) -> SafeString:
    """Reviewed by whom and when, reading time, history; the authors on the second row."""
    review = shown.review
    values: dict[str, object] = {
        "reviewer": review and _person(review.person),
        "reviewed": review and day_html(review.signed_at),
        "overdue": review and review.overdue and day_html(review.expires_at),
        "minutes": _minutes(shown.minutes),
        "byline": SafeString("; ".join([_person(person) for person in shown.byline])),
    }
    return fill("publishing/_trust.html", values)


@cache
def _minutes(minutes: int) -> str:
    text = ngettext("%(minutes)s minute to read", "%(minutes)s minutes to read", minutes)
    return text % {"minutes": minutes}


def _person(person: Person) -> SafeString:
    values = {"url": person.url, "name": person.name, "credentials": person.credentials}
    return fill("publishing/_person.html", values)


def reference_list(numbering: Numbering) -> SafeString | str:
    """The sources in order of first use; nothing for a page that cites none."""
    items = reference_items(numbering.entries())
    return items and fill("publishing/_references.html", {"items": items})


def about_page(shown: ShownRevision) -> SafeString:
    """Review, authors and their interests, dates and the last changes."""
    review, published = shown.review, shown.revision.published_at
    first = shown.published_at
    values: dict[str, object] = {
        "reviewer": review and review.person.name,
        "interests": review and review.person.interests,
        "reviewed": review and day_html(review.signed_at),
        "due": review and day_html(review.expires_at),
        "authors": SafeString("".join([_author(person) for person in shown.byline])),
        "published": first and day_html(first),
        "updated": published and day_html(published),
        "changes": SafeString("".join([_change(change) for change in shown.history])),
    }
    return fill("publishing/_about_page.html", values)


def _author(person: Person) -> SafeString:
    values = {"name": person.name, "interests": person.interests}
    return fill("publishing/_author.html", values)


def _change(change: Change) -> SafeString:
    values = {
        "number": change.number,
        "published": day_html(change.published_at),
        "note": change.note,
        "kind": change.kind,
    }
    return fill("publishing/_change.html", values)


def related_pages(shown: ShownRevision) -> SafeString | str:
    """A few other pages of the kind about the same condition."""
    items = "".join([_card(other) for other in shown.around.related])
    return items and fill("publishing/_related.html", {"items": SafeString(items)})


def _card(other: Linked) -> SafeString:
    values = {"url": url_of(other), "title": other.title, "summary": other.summary}
    return fill("publishing/_card.html", values)
