"""Which sign-offs count: for publishing, and for the words "Medically reviewed"."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from publishing.models import Revision, SignOff


def approvals(revision: Revision) -> QuerySet[SignOff]:
    """Approvals of exactly this revision's text, newest first."""
    return (
        SignOff.objects.filter(
            contribution__revision=revision,
            decision=SignOff.Decision.APPROVE,
            sha256=F("contribution__revision__sha256"),
        )
        .select_related("contribution__contributor")
        .order_by("-signed_at")
    )


def may_publish(revision: Revision, *, now: datetime.datetime | None = None) -> bool:
    """Whether state and sign-offs permit this revision to go live.

    A demo contributor's approval counts in demo mode only. Where the site does without reviewers
    (REVIEW_REQUIRED is false), a submitted revision may go live as well.
    """
    states = Revision.State
    if revision.state == states.SUBMITTED:
        return not settings.REVIEW_REQUIRED
    if revision.state not in (states.APPROVED, states.SCHEDULED):
        return False
    if not settings.REVIEW_REQUIRED:
        return True
    people = Q() if settings.DEMO_MODE else Q(demo=False, contribution__contributor__demo=False)
    return approvals(revision).filter(people, expires_at__gt=now or timezone.now()).exists()


def reviewed_at(revision_ids: Iterable[int]) -> dict[int, datetime.datetime]:
    """When each of these revisions was last approved by somebody real; one query."""
    rows = SignOff.objects.filter(
        contribution__revision__in=list(revision_ids),
        contribution__contributor__demo=False,
        demo=False,
        decision=SignOff.Decision.APPROVE,
        sha256=F("contribution__revision__sha256"),
    )
    newest = rows.values_list("contribution__revision").annotate(Max("signed_at"))
    return dict(newest.order_by())
