"""The blocks that pages of every kind have, as HTML: who stands behind a page, its sources, more.

All of it is made when the page is read, so each block is a frame (publishing.frames).
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.assembly import Numbering, reference_items
from publishing.dates import day_html
from publishing.frames import fill
from publishing.machines.card_urls import card_url
from publishing.machines.graph import NOT_MEDICAL
from publishing.machines.head import machine_head
from publishing.models import Revision
from publishing.public import Change, Person, ShownRevision, url_of
from publishing.reading import Correction, Linked
from publishing.trail import Step, trail, trail_of

KEPT = 1_000  # of the small pieces that many pages show, the newest


def page_blocks(
    shown: ShownRevision, numbering: Numbering, options: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """The blocks by their names in templates; whatever cites a source was numbered before.

    The options are the subjects (publishing.machines.graph) of the techniques that a page shows.
    """
    return {
        "page": shown,
        "way": way(shown),
        "noindex": shown.noindex,
        "corrections": corrections(shown),
        "trust": trust_line(shown),
        "references": reference_list(numbering),
        **_shared(shown),
        "machine_head": machine_head(shown, list(numbering.numbers), options),
        "about": about_page(shown),
        "voice": voice(shown),
        "related": related_pages(shown),
    }


def _shared(shown: ShownRevision) -> dict[str, str]:
    """How other sites show a link to the page; the card of what is not live is that of the site."""
    if shown.revision.state != Revision.State.LIVE:
        return {}
    return {
        "og_type": "article",
        "card_url": card_url(shown.revision.kind, shown.revision.slug),
        "card_alt": shown.title,
    }


def trust_line(shown: ShownRevision) -> SafeString:
    """Reviewed by whom and when, reading time, history; the authors on the second row."""
    review = shown.review
    values: dict[str, object] = {
        "reviewer": review and _person(review.person),
        "reviewed": review and day_html(review.signed_at),
        "overdue": _overdue(shown),
        "reason": shown.overdue and shown.pull_reason,
        "minutes": _minutes(shown.minutes),
        "byline": SafeString("; ".join([_person(person) for person in shown.byline])),
        "history": shown.history_url or "#about-this-page",
    }
    return fill("publishing/_trust.html", values)


def standing(shown: ShownRevision) -> SafeString | str:
    """Whether the review is overdue, and the history: all that a page without claims says."""
    values = {
        "overdue": _overdue(shown),
        "reason": shown.overdue and shown.pull_reason,
        "history": shown.history_url,
    }
    return fill("publishing/_standing.html", values) if any(values.values()) else ""


def way(shown: ShownRevision) -> SafeString:
    """The steps between the front page and this one."""
    return _crumbs(trail(shown)[1:-1])


def way_through(live: Revision) -> SafeString:
    """The steps between the front page and a page that belongs to this one, which is the last."""
    return _crumbs(trail_of(live)[1:])


def _crumbs(steps: Iterable[Step]) -> SafeString:
    return SafeString("".join([crumb(step.name, step.url) for step in steps]))


def crumb(title: str, url: str) -> SafeString:
    """A step of the way to a page."""
    return fill("publishing/_crumb.html", {"url": url, "title": title})


def _overdue(shown: ShownRevision) -> SafeString | str:
    """Since when the review is overdue."""
    return day_html(shown.due_on) if shown.overdue and shown.due_on else ""


def corrections(shown: ShownRevision) -> SafeString | str:
    """What was put right not long ago; nothing for most pages."""
    items = "".join([_correction(each) for each in shown.corrections])
    values = {"items": SafeString(items), "history": shown.history_url}
    return items and fill("publishing/_corrections.html", values)


def _correction(correction: Correction) -> SafeString:
    values = {"published": day_html(correction.published_at), "note": correction.note}
    return fill("publishing/_correction.html", values)


@cache
def _minutes(minutes: int) -> str:
    text = ngettext("%(minutes)s minute to read", "%(minutes)s minutes to read", minutes)
    return text % {"minutes": minutes}


@lru_cache(KEPT)
def _person(person: Person) -> SafeString:
    values = {"url": person.url, "name": person.name, "credentials": person.credentials}
    return fill("publishing/_person.html", values)


def reference_list(numbering: Numbering) -> SafeString | str:
    """The sources in order of first use; nothing for a page that cites none."""
    items = reference_items(numbering.entries())
    values = {"items": items, "number": len(numbering.numbers)}
    return items and fill("publishing/_references.html", values)


def about_page(shown: ShownRevision) -> SafeString:
    """Review, authors and their interests, dates and the last changes."""
    review, first, updated = shown.review, shown.published_at, shown.updated_at
    values: dict[str, object] = {
        "reviewer": review and review.person.name,
        "interests": review and review.person.interests,
        "reviewed": review and day_html(review.signed_at),
        "due": shown.due_on and day_html(shown.due_on),
        "overdue": bool(shown.overdue),
        "reason": shown.pull_reason,
        "claims": "" if shown.revision.kind in NOT_MEDICAL else _claims(*shown.claims),
        "authors": SafeString("".join([_author(person) for person in shown.byline])),
        "published": first and day_html(first),
        "updated": updated and day_html(updated),
        "changes": SafeString("".join([_change(change) for change in shown.history])),
        "history": shown.history_url,
        "ai_use": settings.SITE_AI_USE,
        "funding": settings.SITE_FUNDING,
        "licence": settings.SITE_LICENCE,
        "report": _voice_address(shown) and f"{_voice_address(shown)}report/",
    }
    return fill("publishing/_about_page.html", values)


def _claims(cited: int, every: int, advice: int) -> str:
    """How many claims name their source, and what is counted; nothing where none were."""
    if not every:
        return ""
    text = ngettext(
        "%(cited)s of %(every)s claim in this text names its source.",
        "%(cited)s of %(every)s claims in this text name their source.",
        every,
    )
    what = _("Counted are sentences that cite, or speak of numbers, risks or effects.")
    sentences = [text % {"cited": cited, "every": every}, what]
    if advice:
        beside = ngettext(
            "Beside them, %(advice)s sentence of common advice has no source and says so.",
            "Beside them, %(advice)s sentences of common advice have no source and say so.",
            advice,
        )
        sentences.append(beside % {"advice": advice})
    return " ".join(sentences)


@lru_cache(KEPT)
def _author(person: Person) -> SafeString:
    values = {"name": person.name, "interests": person.interests}
    return fill("publishing/_author.html", values)


@lru_cache(KEPT)
def _change(change: Change) -> SafeString:
    values = {
        "number": change.number,
        "published": day_html(change.published_at),
        "note": change.note,
        "kind": change.kind,
    }
    return fill("publishing/_change.html", values)


def voice(shown: ShownRevision) -> SafeString | str:
    """Whether the page answered the reader's question, and where to say what is wrong."""
    address = _voice_address(shown)
    return address and fill("publishing/_voice.html", {"address": address})


def _voice_address(shown: ShownRevision) -> str:
    """Where readers' answers about a page go; nowhere for what is not live."""
    if shown.revision.state != Revision.State.LIVE:
        return ""
    return f"/voice/{shown.revision.kind}/{shown.revision.slug}/"


def related_pages(shown: ShownRevision) -> SafeString | str:
    """A few other pages of the kind about the same condition."""
    items = "".join([_card(other) for other in shown.around.related])
    return items and fill("publishing/_related.html", {"items": SafeString(items)})


@lru_cache(KEPT)
def _card(other: Linked) -> SafeString:
    values = {"url": url_of(other), "title": other.title, "summary": other.summary}
    return fill("publishing/_card.html", values)
