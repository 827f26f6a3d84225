"""Stated reasons for passing findings that block."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from publishing import kinds, rendering
from publishing.actions.common import SUBMIT, permit, record
from publishing.checks import Finding, check
from publishing.errors import NothingToWaive, ReasonMissing
from publishing.models import Event, Page, Waiver

Judged = tuple[Finding, Waiver | None]


def with_waivers(page: Page, findings: Iterable[Finding]) -> list[Judged]:
    """Each finding with the waiver that lets it pass, if there is one."""
    waivers = {
        (waiver.code, waiver.fingerprint): waiver
        for waiver in page.waivers.select_related("waived_by")
    }
    return [
        (
            finding,
            waivers.get((finding.code, finding.fingerprint)) if finding.waivable else None,
        )
        for finding in findings
    ]


def open_findings(page: Page) -> list[Judged]:
    """What the checks find in the saved working copy."""
    content = kinds.get(page.kind).read(page.pk)
    return with_waivers(page, check(content, rendering.render_content(content)))


def finding_json(finding: Finding, waiver: Waiver | None) -> dict[str, Any]:
    """A finding as a revision keeps it, with who let it pass and why."""
    data = finding.to_json()
    if waiver is not None:
        data["waiver"] = {"reason": waiver.reason, "by": waiver.waived_by.get_username()}
    return data


@transaction.atomic
def waive(*, by: User, page: Page, code: str, fingerprint: str, reason: str) -> Waiver:
    """Let a finding that blocks pass, for a reason that the reviewer reads."""
    permit(by, SUBMIT)
    if not reason.strip():
        raise ReasonMissing(_("Say why this may stand. The reviewer will read it."))
    finding = next(
        (
            found
            for found, waiver in open_findings(page)
            if (found.code, found.fingerprint) == (code, fingerprint)
            and found.blocks
            and found.waivable
            and waiver is None
        ),
        None,
    )
    if finding is None:
        raise NothingToWaive
    record(Event.Action.WAIVED, page, by=by, detail=f"{finding}: {reason.strip()}")
    return Waiver.objects.create(
        page=page,
        code=code,
        fingerprint=fingerprint,
        message=finding.message,
        quote=finding.quote,
        reason=reason.strip(),
        waived_by=by,
    )


@transaction.atomic
def take_back_waiver(*, by: User, waiver: Waiver) -> None:
    """Have a finding block again."""
    permit(by, SUBMIT)
    record(Event.Action.UNWAIVED, waiver.page, by=by, detail=waiver.message)
    waiver.delete()
