"""E-mails that remind owners of pages of the next review."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.dates import database_now
from publishing.models import Page, Reminder

# Days before a review at which its owner is reminded; the last is a month after it was due.
STEPS = (60, 30, 0, -30)
logger = logging.getLogger(__name__)


Due = tuple[datetime.date, Page]


@dataclass
class Digest:
    """What one owner is told on one day: pages by the step that they have reached."""

    owner: User
    pages: dict[int, list[Due]] = field(default_factory=dict)

    def text(self) -> str:
        """The e-mail: groups in order of urgency, each page with its address at the desk."""
        lines = []
        for step in sorted(self.pages):
            lines += [_words(step), ""]
            for due, page in self.pages[step]:
                lines += [f"- {page.title} ({date_format(due, 'j F Y')})", f"  {_desk(page)}"]
                lines += [f"  {page.review_pull_reason}"] if page.review_pull_reason else []
            lines.append("")
        lines.append(
            _("You get this e-mail because you own these pages. A site admin can change that.")
        )
        return "\n".join(lines)


def _words(step: int) -> str:
    return {
        60: _("Due for review within 60 days"),
        30: _("Due for review within 30 days"),
        0: _("Due for review now"),
        -30: _("Overdue for a month or longer"),
    }[step]


def _desk(page: Page) -> str:
    return f"{settings.SITE_URL}{kinds.get(page.kind).admin_url(page.pk)}"


def send_digests() -> int:
    """Send each owner one e-mail about the steps that their pages have newly reached.

    Gives the number of e-mails. What was sent is noted in the same transaction, so that a failure
    to send leaves nothing noted, and a second run sends nothing twice. Days on which nothing ran
    are caught up with one e-mail, about the nearest step. What could not be sent is raised when
    all others have theirs.
    """
    sent = 0
    failure: Exception | None = None
    for digest in _digests(database_now().date()):
        if not (digest.owner.email and digest.owner.is_active):
            logger.warning("An owner of pages that are due for review can get no e-mail.")
            continue
        try:
            _send(digest)
        except IntegrityError:
            logger.info("Another run has sent a digest at the same moment.")
        except OSError as error:  # smtplib's errors among them: the others get theirs
            failure = error
        else:
            sent += 1
    if failure:
        raise failure
    return sent


@transaction.atomic
def _send(digest: Digest) -> None:
    _note(digest)
    send_mail(
        subject=_("%(site)s: pages due for review") % {"site": settings.SITE_NAME},
        message=digest.text(),
        from_email=None,
        recipient_list=[digest.owner.email],
    )


def _digests(today: datetime.date) -> Iterable[Digest]:
    pages = Page.objects.filter(review_due_on__lte=today + datetime.timedelta(days=STEPS[0]))
    noted = set(
        Reminder.objects.filter(page__in=pages).values_list("page_id", "due_on", "days_before")
    )
    digests: dict[int, Digest] = {}
    for page in pages.select_related("owner").order_by("review_due_on", "pk"):
        due = page.review_due_on or today  # the filter leaves none without
        step = reached((due - today).days)
        if (page.pk, due, step) not in noted:
            digest = digests.setdefault(page.owner_id, Digest(page.owner))
            digest.pages.setdefault(step, []).append((due, page))
    return digests.values()


def reached(days: int) -> int:
    """The last step that is behind, so many days before a review."""
    return min(step for step in STEPS if days <= step)


def _note(digest: Digest) -> None:
    Reminder.objects.bulk_create(
        Reminder(page=page, due_on=due, days_before=step)
        for step, pages in digest.pages.items()
        for due, page in pages
    )
