"""A finding that blocks passes with a stated reason, and only with one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from milia_site import roles
from publishing import actions, checks
from publishing.checks import Draft, Finding, Level
from publishing.errors import NothingToWaive, NotPermitted, ReasonMissing, SubmitBlocked
from publishing.models import Event, Page, Waiver
from tests import factories

pytestmark = pytest.mark.django_db

CHANGE: dict[str, Any] = {"change_kind": "new", "change_note": "First version."}
REASON = "The dose is the reader's own prescription."


def no_dose(draft: Draft) -> Iterator[Finding]:
    """A rule of the test's own."""
    body = getattr(draft.content, "body", "")
    if "zebra" in body:
        yield Finding("test-dose", Level.BLOCK, "Name the source of the dose.", "body", 1, "zebra")


@pytest.fixture(autouse=True)
def rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_rules", list(checks._rules))
    checks.register(no_dose, "article")


def dosed(body: str = "Take a zebra.", **fields: Any) -> Page:
    return factories.draft(factories.article_content(body=body, **fields))


def fingerprint(page: Page) -> str:
    return next(
        found.fingerprint
        for found, _waiver in actions.open_findings(page)
        if found.code == "test-dose"
    )


def waive(page: Page, by: User, **fields: Any) -> Waiver:
    values = {"code": "test-dose", "fingerprint": fingerprint(page), "reason": REASON}
    return actions.waive(by=by, page=page, **(values | fields))


def test_a_waived_finding_lets_the_text_pass_and_the_revision_keeps_the_reason(
    editor: User,
) -> None:
    page = dosed()
    with pytest.raises(SubmitBlocked, match=r"Name the source of the dose\."):
        actions.submit(by=editor, page=page, **CHANGE)
    waive(page, editor)
    revision = actions.submit(by=editor, page=page, **CHANGE)
    (kept,) = (item for item in revision.findings if item["code"] == "test-dose")
    assert kept["waiver"] == {"reason": REASON, "by": "editor"}
    assert (kept["level"], kept["place"], kept["quote"]) == ("block", "body", "zebra")
    log = Event.objects.get(page=page, action=Event.Action.WAIVED)
    assert log.account == editor
    assert log.detail.endswith(REASON)


def test_a_rule_of_one_kind_looks_at_no_other(editor: User) -> None:
    page = factories.draft(factories.condition_content(body="A zebra [@berk2008]."))
    assert [f.code for f, _waiver in actions.open_findings(page) if f.code == "test-dose"] == []


def test_a_waiver_stays_when_the_text_moves_and_falls_when_the_words_change(editor: User) -> None:
    page = dosed()
    waive(page, editor)
    dosed("Another line.\n\nTake a zebra.")
    actions.submit(by=editor, page=page, **CHANGE)
    checks._rules.pop()
    larger = Finding("test-dose", Level.BLOCK, "M", "body", 1, "a horse")
    checks.register(lambda _draft: [larger])
    dosed("Take a horse.")
    with pytest.raises(SubmitBlocked):
        actions.submit(by=editor, page=page, **CHANGE)


def test_a_waiver_needs_a_reason_a_finding_and_the_right(editor: User, reviewer: User) -> None:
    page = dosed()
    with pytest.raises(ReasonMissing):
        waive(page, editor, reason=" ")
    with pytest.raises(NotPermitted):
        waive(page, reviewer)
    for wrong in ({"code": "other"}, {"fingerprint": "0" * 64}):
        with pytest.raises(NothingToWaive):
            waive(page, editor, **wrong)
    waive(page, editor)
    with pytest.raises(NothingToWaive):
        waive(page, editor)
    assert Waiver.objects.count() == 1


def test_what_cannot_be_shown_cannot_be_waived(editor: User) -> None:
    page = dosed("Said [@nobody].")
    finding = next(
        found for found, _waiver in actions.open_findings(page) if found.code == "unknown-source"
    )
    with pytest.raises(NothingToWaive):
        actions.waive(
            by=editor, page=page, code=finding.code, fingerprint=finding.fingerprint, reason="x"
        )


def test_a_waiver_that_is_taken_back_blocks_again(editor: User, reviewer: User) -> None:
    page = dosed()
    waiver = waive(page, editor)
    with pytest.raises(NotPermitted):
        actions.take_back_waiver(by=reviewer, waiver=waiver)
    actions.take_back_waiver(by=editor, waiver=waiver)
    with pytest.raises(SubmitBlocked):
        actions.submit(by=editor, page=page, **CHANGE)
    assert Event.objects.filter(page=page, action=Event.Action.UNWAIVED).exists()


@pytest.fixture
def desk(client: Any, editor: User) -> Any:
    editor.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(editor)
    return client


def test_an_editor_waives_and_takes_back_on_the_page_of_the_check(desk: Any) -> None:
    page = dosed()
    check = f"/admin/pages/{page.pk}/check/"
    address = f"/admin/pages/{page.pk}/waive/test-dose/{fingerprint(page)}/"
    assert address in desk.get(check).content.decode()
    assert "Name the source of the dose." in desk.get(address).content.decode()
    assert "This field is required" in desk.post(address, {"reason": ""}).content.decode()
    text = desk.post(address, {"reason": REASON}, follow=True).content.decode()
    assert f"Waived by editor: {REASON}".replace("'", "&#x27;") in text
    again = desk.post(address, {"reason": "Typed again."}).content.decode()
    assert "This finding is not there any more" in again
    assert "Typed again." in again
    waiver = Waiver.objects.get()
    back = f"/admin/pages/{page.pk}/waivers/{waiver.pk}/take-back/"
    assert "The waiver is taken back." in desk.post(back, follow=True).content.decode()
    assert desk.post(back).status_code == 404
    assert desk.get(back).status_code == 405
    gone = f"/admin/pages/{page.pk}/waive/test-dose/{'0' * 64}/"
    assert "This finding is not there any more" in desk.get(gone).content.decode()
