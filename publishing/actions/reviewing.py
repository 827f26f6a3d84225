"""Decisions on a revision."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from publishing.actions.common import (
    SIGN_OFF,
    State,
    contributor_of,
    locked,
    permit,
    record,
    wrong_state,
)
from publishing.dates import database_now, months_later
from publishing.errors import NotQualified, OwnText, ReasonMissing, ReviewTooLate, TextChanged
from publishing.models import Contribution, Contributor, Event, Remark, Revision, SignOff

# How long a conflict-of-interest statement counts.
INTERESTS_MONTHS = 12
STATE_AFTER = {
    SignOff.Decision.APPROVE: State.APPROVED,
    SignOff.Decision.REQUEST_CHANGES: State.CHANGES_REQUESTED,
    SignOff.Decision.DECLINE: State.DECLINED,
}


class NewRemark(NamedTuple):
    """What a reviewer says about a block of the text, or about the whole of it."""

    text: str
    place: str = ""


@transaction.atomic
def sign_off(
    *,
    by: User,
    revision: Revision,
    sha256: str,
    decision: str,
    statement: str,
    scope: str = SignOff.Scope.WHOLE,
    expires_at: datetime.datetime | None = None,
    remarks: Iterable[NewRemark] = (),
) -> SignOff:
    """Record a reviewer's decision on exactly the text with this SHA-256."""
    permit(by, SIGN_OFF)
    if not statement.strip():
        raise ReasonMissing(_("Say in a sentence what you reviewed, or what has to change."))
    revision = locked(revision)
    reviewer = contributor_of(by)
    _check_review(revision, sha256, by, reviewer)
    now = database_now()
    check_qualified(reviewer)
    if decision == SignOff.Decision.APPROVE:
        _check_expiry(expires_at, now, revision.page.review_months)
    else:
        expires_at = None
    signed = _signed(
        revision,
        by,
        reviewer,
        decision=decision,
        scope=scope,
        statement=statement.strip(),
        sha256=sha256,
        signed_at=now,
        expires_at=expires_at,
    )
    revision.state = STATE_AFTER[SignOff.Decision(decision)]
    revision.save(update_fields=["state"])
    _write_remarks(revision, by, remarks)
    record(Event.Action(decision), revision.page, by=by, revision=revision, detail=signed.statement)
    return signed


def _signed(revision: Revision, by: User, reviewer: Contributor, **decision: Any) -> SignOff:
    """The decision as a row, with who the reviewer is today."""
    contribution = Contribution.objects.create(
        revision=revision, contributor=reviewer, account=by, role=Contribution.Role.REVIEWER
    )
    return SignOff.objects.create(
        contribution=contribution,
        name=reviewer.name,
        credentials=reviewer.credentials,
        interests=reviewer.interests,
        demo=reviewer.demo,
        **decision,
    )


def _write_remarks(revision: Revision, by: User, remarks: Iterable[NewRemark]) -> None:
    Remark.objects.bulk_create(
        Remark(revision=revision, place=remark.place, text=remark.text, account=by)
        for remark in remarks
    )


def check_qualified(reviewer: Contributor) -> None:
    """Raise NotQualified unless the reviewer's signature is worth something today.

    A placeholder of the demonstration may sign while the site is one.
    """
    if reviewer.demo:
        if not settings.DEMO_MODE:
            raise NotQualified(
                _("You sign as a demonstration account. This site shows real reviews only.")
            )
        return
    if not reviewer.credentials:
        raise NotQualified(
            _("Your contributor entry has no credentials. Have them added, then sign.")
        )
    declared = reviewer.interests_declared_on
    if declared is None or months_later(declared, INTERESTS_MONTHS) <= database_now().date():
        raise NotQualified(
            _(
                "Your conflict-of-interest statement is missing or over 12 months old. Renew it "
                "in your contributor entry, then sign. What you wrote here is kept."
            )
        )


def _check_expiry(expires_at: datetime.datetime | None, now: datetime.datetime, most: int) -> None:
    if expires_at is None or expires_at <= now:
        raise ReasonMissing(_("Give the date of the next review; it must be after today."))
    if expires_at.date() > months_later(now.date(), most):
        raise ReviewTooLate(most)


def _check_review(revision: Revision, sha256: str, by: User, reviewer: Contributor) -> None:
    """Refuse a review that comes too late, is of another text, or of the reviewer's own.

    The account counts beside the contributor, who may have had another account before.
    """
    if revision.state != State.SUBMITTED:
        raise wrong_state(revision, State.SUBMITTED)
    if sha256 != revision.sha256:
        raise TextChanged
    own = revision.contributions.filter(Q(contributor=reviewer) | Q(account=by))
    if revision.submitted_by_id == by.pk or own.exists():
        raise OwnText
