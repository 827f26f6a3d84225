"""What the privacy page says of comments, from the settings in force."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from comments.actions.privacy import KEYS_KEPT, TRACES_KEPT
from comments.actions.writing import CORRECTION_TIME
from comments.erasures import KEPT
from publishing.page_ends import Place

SLUG = "privacy"


def privacy_end(place: Place) -> SafeString | str:
    """The section about comments, below the owner's own words."""
    if (place.kind, place.slug) != ("page", SLUG):
        return ""
    context = {
        "open": settings.COMMENTS_OPEN,
        "email_required": settings.COMMENTS_EMAIL_REQUIRED,
        "email_days": settings.COMMENTS_EMAIL_KEPT_DAYS,
        "refused_days": settings.COMMENTS_REFUSED_KEPT_DAYS,
        "trace_days": TRACES_KEPT.days,
        "key_days": KEYS_KEPT.days,
        "erasure_days": KEPT.days,
        "correction_minutes": CORRECTION_TIME.seconds // 60,
        "trusted_after": settings.COMMENTS_TRUSTED_AFTER,
    }
    return render_to_string("comments/_privacy.html", context)
