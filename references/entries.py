"""What is shown of a source in every list: its status, and its entry with all notices about it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.safestring import SafeString
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
