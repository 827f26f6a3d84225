"""What is shown of a source in every list: its status, and its entry with all notices about it."""

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from references.formatting import ama_html
from references.notices import Notice, NoticeType, with_notices


class Status(TextChoices):
    """What is known of a source today, the worst last."""

    UNCHECKED = "unchecked", _("Not checked yet")
    OK = "ok", _("No notice known")
    CORRECTED = "corrected", _("Corrected")
    CONCERN = "concern", _("Expression of concern")
    RETRACTED = "retracted", _("Retracted")


WORSE = (
    (NoticeType.RETRACTION, Status.RETRACTED),
    (NoticeType.CONCERN, Status.CONCERN),
    (NoticeType.REPUBLISHED, Status.CORRECTED),
    (NoticeType.CORRECTION, Status.CORRECTED),
)
# A source of which no service was asked for so long counts as unchecked again.
STALE = datetime.timedelta(days=30)
WARNED_OF = (Status.CORRECTED, Status.CONCERN, Status.RETRACTED)


def status_of(notices: Iterable[Notice], *, checked: bool) -> Status:
    """What the notices make of a source; updates and other notices say nothing against it."""
    types = {notice.type for notice in notices}
    for kind, status in WORSE:
        if kind in types:
            return status
    return Status.OK if checked else Status.UNCHECKED


def entry_html(item: Mapping[str, Any], notices: Iterable[Notice], status: Status) -> SafeString:
    """The AMA entry with its notices, behind the status if that is a warning."""
    entry = ama_html(with_notices(item, notices))
    if status not in WARNED_OF:
        return entry
    return format_html(
        '<strong class="status status-{}">{}</strong> {}', status.value, status.label, entry
    )


def with_check(
    entry: SafeString, *, askable: bool, checked_at: datetime.datetime | None
) -> SafeString:
    """The entry, and since when nobody asked a service about the source, if that is long ago.

    `askable` says that the source has a DOI or PMID, without which no service can be asked.
    """
    if not is_unchecked(askable=askable, checked_at=checked_at):
        return entry
    return format_html("{} {}", entry, _unchecked(checked_at and checked_at.date()))


def is_unchecked(*, askable: bool, checked_at: datetime.datetime | None) -> bool:
    """Whether a service could have been asked about a source, and none was for long."""
    return askable and not (checked_at and checked_at > timezone.now() - STALE)


@cache
def _unchecked(since: datetime.date | None) -> SafeString:
    with override(settings.LANGUAGE_CODE):
        words = gettext("Not checked for corrections yet")
        if since:
            words = gettext("Not checked for corrections since %(day)s")
            words = words % {"day": date_format(since, "j F Y")}
    return format_html('<span class="status status-unchecked">{}</span>', words)
