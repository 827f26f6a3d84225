"""E-mails that tell moderators what waits. No word of a reader is in them, only links.

A link is signed for one moderator, one comment as it is now, and one decision; it asks once more,
and is used up when the comment changes.
"""

import datetime
import logging
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.actions.common import MODERATE, record
from comments.models import Comment, CommentEvent
from publishing.dates import database_now

LISTED = 10
# So many e-mails about one comment each are sent in an hour; more of them wait for the next one
# about all.
URGENT_AT_ONCE = 3
HOUR = datetime.timedelta(hours=1)
LINK_AGE = 3 * 86_400  # seconds
SALT = "comments.by-mail"
ACTS = ("approve", "reject")
logger = logging.getLogger(__name__)


class Link(NamedTuple):
    """What a link in an e-mail is for."""

    moderator: int
    comment: int
    version: int
    act: str


class LinkRefused(Exception):
    """It was forged, or is too old."""


def read_link(token: str) -> Link:
    """The link. Raises LinkRefused."""
    try:
        return Link(*signing.loads(token, salt=SALT, max_age=LINK_AGE))
    except (signing.BadSignature, TypeError, ValueError):
        raise LinkRefused from None


def send(comment_id: int | None = None) -> int:
    """Write about every comment that waits and that nobody was written to about, or about one.

    Gives the number of e-mails. That it was sent is noted in the same transaction: what could not
    be sent is sent the next time, and so is what nobody could be written to about.
    """
    with transaction.atomic():
        new = Comment.objects.select_for_update(skip_locked=True).filter(
            state=Comment.State.HELD, noticed_at=None
        )
        if comment_id is not None:
            if _told_of_lately() >= URGENT_AT_ONCE:
                return 0
            new = new.filter(pk=comment_id)
        rows = list(new.most_urgent_first()[:LISTED])
        number = new.count()
        told = list(_told())
        if not (number and told):
            return 0
        new.update(noticed_at=database_now())
        if comment_id is not None:
            record(CommentEvent.Action.TOLD, rows[0])
        for moderator in told:
            _write(moderator, rows, number)
        return len(told)


def _told_of_lately() -> int:
    since = database_now() - HOUR
    told = CommentEvent.objects.filter(action=CommentEvent.Action.TOLD, happened_at__gt=since)
    return told.count()


def reachable(*, superusers: bool = True) -> QuerySet[User]:
    """Who may moderate and has an e-mail address."""
    may = User.objects.with_perm(MODERATE, include_superusers=superusers)
    people = User.objects.filter(is_active=True, is_staff=True, pk__in=may.values("pk"))
    return people.exclude(email="").order_by("pk")


def _told() -> QuerySet[User]:
    """Who is written to: moderators, and superusers only where there are none."""
    named = reachable(superusers=False)
    return named if named.exists() else reachable()


def _write(moderator: User, rows: list[Comment], number: int) -> None:
    urgent = any(row.urgent for row in rows)
    subject = _("%(site)s: an urgent comment waits") if urgent else _("%(site)s: comments wait")
    send_mail(
        subject=subject % {"site": settings.SITE_NAME},
        message="\n".join(_lines(moderator, rows, number)),
        from_email=None,
        recipient_list=[moderator.email],
    )


def _lines(moderator: User, rows: list[Comment], number: int) -> Iterable[str]:
    text = ngettext(
        "%(number)d comment waits for a moderator.",
        "%(number)d comments wait for a moderator.",
        number,
    )
    yield text % {"number": number}
    yield settings.SITE_URL + reverse("admin:comment_queue")
    for row in rows:
        yield ""
        urgent = _("urgent") if row.urgent else ""
        yield " ".join(filter(None, (f"#{row.pk}", urgent)))
        for act, words in zip(ACTS, (_("Let it through:"), _("Reject it:")), strict=True):
            yield f"{words} {_address(Link(moderator.pk, row.pk, row.version, act))}"
    yield ""
    yield _("Each link shows the comment, and asks once more. You get this because you moderate.")


def _address(link: Link) -> str:
    token = signing.dumps(list(link), salt=SALT)
    return settings.SITE_URL + reverse("comments:by_mail", args=[token])
