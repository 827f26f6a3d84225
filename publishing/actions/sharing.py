"""Preview links: one revision, one named person, a few days, no account."""

import datetime

from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing.actions.common import (
    PUBLISH,
    SUBMIT,
    State,
    locked,
    permit_any,
    record,
)
from publishing.dates import database_now
from publishing.errors import LinkEnded, NotShareable, ReasonMissing, TooManyRemarks
from publishing.models import LINK_DAYS_MAX, OPEN_STATES, Event, PreviewLink, Remark, Revision
from references.text import clean_text

REMARKS_MAX = 50  # by one link
REMARK_CHARS_MAX = 5_000
SHAREABLE = (*OPEN_STATES, State.LIVE)
# The token is the number of the link, signed: nothing that opens it is stored.
# Whoever asks for the same link so soon has sent a form twice.
DOUBLE_CLICK = datetime.timedelta(seconds=10)
SALT = "publishing.preview-link"


@transaction.atomic
def share(*, by: User, revision: Revision, recipient: str, days: int) -> PreviewLink:
    """Let somebody without an account read a revision for 1 to 7 days."""
    permit_any(by, SUBMIT, PUBLISH)
    recipient = clean_text(recipient, single_line=True, name=True)
    if not recipient:
        raise ReasonMissing(_("Say whom the link is for."))
    if not 1 <= days <= LINK_DAYS_MAX:
        raise ReasonMissing(_("A preview link lasts 1 to 7 days."))
    revision = locked(revision)
    if revision.state not in SHAREABLE:
        raise NotShareable(revision.get_state_display())
    now = database_now()
    sent_twice = revision.preview_links.filter(
        recipient=recipient, created_by=by, revoked_at=None, created_at__gt=now - DOUBLE_CLICK
    )
    if again := sent_twice.first():
        return again
    link = PreviewLink.objects.create(
        revision=revision,
        recipient=recipient,
        created_by=by,
        created_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    detail = _("for %(recipient)s, until %(until)s") % {
        "recipient": recipient,
        "until": date_format(link.expires_at, "j F Y, H:i"),
    }
    record(Event.Action.SHARED, revision.page, by=by, revision=revision, detail=detail)
    return link


@transaction.atomic
def revoke(*, by: User, link: PreviewLink) -> PreviewLink:
    """End a link at once; one that was revoked before stays as it is."""
    permit_any(by, SUBMIT, PUBLISH)
    link = PreviewLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is None:
        link.revoked_by, link.revoked_at = by, database_now()
        link.save(update_fields=["revoked_by", "revoked_at"])
        revision = link.revision
        record(Event.Action.REVOKED, revision.page, by=by, revision=revision, detail=link.recipient)
    return link


def token_of(link: PreviewLink) -> str:
    """What opens a link."""
    return _signer().sign(str(link.pk))


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")


def find_link(token: str) -> PreviewLink:
    """The link that a token opens, not counted. Raises LinkEnded, whatever is wrong with it."""
    link = _open(token).select_related("revision__page").first()
    if link is None:
        raise LinkEnded
    return link


def open_link(token: str) -> PreviewLink:
    """The link that a token opens, counted in one UPDATE. Raises LinkEnded."""
    if not _open(token).update(times_opened=F("times_opened") + 1, opened_at=Now()):
        raise LinkEnded
    return find_link(token)


def _open(token: str) -> QuerySet[PreviewLink]:
    """The link of a token, if it has not ended."""
    try:
        pk = int(_signer().unsign(token))
    except BadSignature:
        raise LinkEnded from None
    return PreviewLink.objects.filter(pk=pk, revoked_at=None, expires_at__gt=Now())


@transaction.atomic
def remark(*, link: PreviewLink, text: str, place: str = "") -> Remark:
    """Keep what the recipient of a link says about a block, or about the whole page.

    The same words sent twice are one remark. Raises LinkEnded, ReasonMissing, TooManyRemarks.
    """
    text = clean_text(text).strip()
    if not text:
        raise ReasonMissing(_("Write what you want to say."))
    if len(text) > REMARK_CHARS_MAX:
        raise ReasonMissing(_("Shorten this to at most 5,000 characters."))
    # The lock has two requests of a double click come one after the other.
    still = PreviewLink.objects.select_for_update().filter(pk=link.pk, revoked_at=None)
    stored = still.filter(expires_at__gt=Now()).first()
    if stored is None:
        raise LinkEnded
    said = stored.remarks.filter(text=text, place=place).first()
    if said is not None:
        return said
    if stored.remarks.count() >= REMARKS_MAX:
        raise TooManyRemarks(REMARKS_MAX)
    revision = stored.revision
    record(Event.Action.REMARKED, revision.page, by=None, revision=revision, detail=link.recipient)
    return Remark.objects.create(revision=revision, preview_link=stored, place=place, text=text)
