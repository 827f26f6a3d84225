"""What the card of each public page says."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.contributors import with_pages
from publishing.machines.card_drawing import Face, drawable
from publishing.machines.card_urls import COMPARISON, CONTRIBUTOR, SOURCE
from publishing.machines.graph import NOT_MEDICAL, valid_review
from publishing.public import Moved, ShownRevision, live_page
from references.entries import Status
from references.models import Reference


class Named(NamedTuple):
    """What a card says, and the folder that is its own."""

    face: Face
    folder: str


def named(kind: str, slug: str) -> Named:
    """The card of a page at an address; Http404, Gone and Moved as the page is."""
    if kind == SOURCE:
        return _of_source(slug)
    if kind == CONTRIBUTOR:
        return _of_contributor(slug)
    shown = _live("condition" if kind == COMPARISON else kind, slug, kind)
    if kind == COMPARISON:
        title = _("%(condition)s: the options compared") % {"condition": shown.title}
        summary = _("What patients ask, and what is known about each option.")
        return Named(_face(title, summary=summary), f"{kind}-{shown.revision.page_id}")
    face = _face(shown.title, state=_state(shown), summary=shown.revision.summary)
    return Named(face, str(shown.revision.page_id))


def _of_source(citekey: str) -> Named:
    source = get_object_or_404(Reference, citekey=citekey)
    state = "" if source.status == Status.UNCHECKED else source.get_status_display()
    where = ", ".join(filter(None, (source.container, str(source.year or ""))))
    return Named(_face(source.title, state=state, summary=where), f"{SOURCE}-{source.pk}")


def _of_contributor(slug: str) -> Named:
    person = get_object_or_404(with_pages(), slug=slug)
    state = _("A placeholder for demonstration") if person.demo else ""
    face = _face(person.name, state=state, summary=person.credentials)
    return Named(face, f"{CONTRIBUTOR}-{person.pk}")


def _live(kind: str, slug: str, asked: str) -> ShownRevision:
    try:
        return live_page(kind, slug)
    except kinds.UnknownKind:
        raise Http404 from None
    except Moved as moved:
        now = moved.address.rstrip("/").rpartition("/")[2]
        raise Moved(f"/cards/{asked}/{now}.png") from None


def _face(title: str, *, state: str = "", summary: str = "") -> Face:
    """A title that cannot be drawn makes it the card of the site."""
    if not drawable(title):
        return Face(settings.SITE_NAME)
    return Face(settings.SITE_NAME, title, state, summary)


def _state(shown: ShownRevision) -> str:
    """What readers are told of the review; nothing of a page that is not about medicine."""
    if shown.revision.kind in NOT_MEDICAL:
        return ""
    review = valid_review(shown)
    if review:
        month = date_format(review.signed_at, "F Y")
        return _("Medically reviewed %(month)s") % {"month": month}
    return _("Review overdue") if shown.review else _("Not yet medically reviewed")
