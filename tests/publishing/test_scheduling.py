"""Publishing at a time, withdrawing, and the log of who did what."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from milia_site import roles
from publishing import actions, signoffs
from publishing.actions import going_live
from publishing.dates import database_now
from publishing.errors import (
    NotPermitted,
    NoValidSignOff,
    ReviewTooLate,
    TimeInThePast,
    WrongState,
)
from publishing.models import Event, Page, Revision, Task
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
State = Revision.State


def approved(**fields: Any) -> Revision:
    return factories.approved(factories.article_content(**fields))


def schedule(revision: Revision, after: datetime.timedelta = HOUR) -> Revision:
    by = factories.EditorFactory.create()
    return actions.schedule(by=by, revision=revision, publish_at=timezone.now() + after)


def pass_time(monkeypatch: pytest.MonkeyPatch, by: datetime.timedelta) -> None:
    """Have the database's clock say a later time."""
    monkeypatch.setattr(going_live, "database_now", lambda: database_now() + by)


def log(page: Page) -> list[tuple[str, str]]:
    """What the log says, oldest first: the act, and whose it was."""
    return [
        (event.action, event.account.get_username() if event.account else "")
        for event in page.events.order_by("pk")
    ]


def test_a_revision_goes_live_at_its_time_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    revision = schedule(approved())
    assert (revision.state, revision.publish_at and revision.publish_at > timezone.now()) == (
        State.SCHEDULED,
        True,
    )
    assert actions.publish_due() == []
    pass_time(monkeypatch, HOUR)
    assert actions.publish_due() == [revision]
    assert actions.publish_due() == []
    revision.refresh_from_db()
    assert (revision.state, revision.publish_at, revision.scheduled_by) == (State.LIVE, None, None)
    assert revision.published_by == factories.EditorFactory.create()


def test_what_may_not_be_public_at_its_time_stays_approved_and_becomes_a_task(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, fine = schedule(approved()), schedule(approved(slug="other"))
    pass_time(monkeypatch, HOUR)
    check = signoffs.may_publish
    monkeypatch.setattr(
        going_live, "may_publish", lambda found, now: found.pk != held.pk and check(found, now=now)
    )
    assert actions.publish_due() == [fine]
    held.refresh_from_db()
    assert (held.state, held.publish_at) == (State.APPROVED, None)
    task = Task.objects.get(page=held.page)
    assert (task.kind, task.assigned_to) == ("not-published", factories.EditorFactory.create())
    assert "No valid sign-off" in task.detail
    assert log(held.page)[-1] == ("not-published", "")


def test_a_time_has_to_come_and_the_sign_off_to_last_until_then() -> None:
    revision = approved()
    with pytest.raises(TimeInThePast):
        schedule(revision, -HOUR)
    with pytest.raises(NoValidSignOff):
        schedule(revision, factories.YEAR + HOUR)
    with pytest.raises(WrongState):
        schedule(factories.submitted(factories.article_content("waits")))
    revision.refresh_from_db()
    assert revision.state == State.APPROVED


def test_scheduling_and_withdrawing_need_the_right(reviewer: User) -> None:
    revision = approved()
    with pytest.raises(NotPermitted):
        actions.schedule(by=reviewer, revision=revision, publish_at=timezone.now() + HOUR)
    with pytest.raises(NotPermitted):
        actions.unschedule(by=reviewer, revision=revision)
    with pytest.raises(NotPermitted):
        actions.withdraw(by=reviewer, revision=revision)


def test_what_is_taken_out_of_the_schedule_stays_approved(editor: User) -> None:
    revision = schedule(approved())
    actions.unschedule(by=editor, revision=revision)
    revision.refresh_from_db()
    assert (revision.state, revision.publish_at) == (State.APPROVED, None)
    with pytest.raises(WrongState):
        actions.unschedule(by=editor, revision=revision)


def test_what_is_withdrawn_can_be_submitted_again_but_not_published(editor: User) -> None:
    for revision in (
        factories.submitted(factories.article_content("a")),
        approved(slug="b"),
        schedule(approved(slug="c")),
    ):
        actions.withdraw(by=editor, revision=revision)
        revision.refresh_from_db()
        assert (revision.state, revision.publish_at) == (State.WITHDRAWN, None)
        with pytest.raises(WrongState):
            actions.publish(by=editor, revision=revision)
        with pytest.raises(WrongState):
            actions.withdraw(by=editor, revision=revision)
        assert actions.submit(
            by=editor, page=revision.page, change_kind="new", change_note="Again."
        )


def test_the_log_says_who_did_what(editor: User) -> None:
    revision = factories.published(factories.article_content())
    page = revision.page
    actions.unpublish(by=editor, page=page, reason="Old.")
    actions.restore(by=editor, revision=revision, version=page.version)
    assert log(page) == [
        ("submitted", "editor"),
        ("approve", "reviewer"),
        ("published", "editor"),
        ("unpublished", "editor"),
        ("saved", "editor"),
        ("restored", "editor"),
    ]
    unpublished = page.events.get(action=Event.Action.UNPUBLISHED)
    assert (unpublished.revision, unpublished.detail) == (revision, "Old.")


def test_a_page_is_due_when_its_sign_off_ends_and_never_later_than_its_interval() -> None:
    revision = factories.submitted(factories.article_content())
    Page.objects.filter(pk=revision.page_id).update(review_months=6)
    with pytest.raises(ReviewTooLate, match="every 6 months"):
        factories.sign_off(revision)
    Page.objects.filter(pk=revision.page_id).update(review_months=12)
    signed = factories.sign_off(revision)
    actions.publish(by=factories.EditorFactory.create(), revision=revision)
    page = Page.objects.get(pk=revision.page_id)
    assert signed.expires_at is not None
    assert page.review_due_on == signed.expires_at.date()


@pytest.fixture
def desk(client: Any, editor: User) -> Any:
    editor.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(editor)
    return client


def test_an_editor_schedules_takes_it_back_and_withdraws_at_the_desk(desk: Any) -> None:
    revision = approved()
    shown = f"/admin/publishing/revision/{revision.pk}/change/"
    publish = f"/admin/revisions/{revision.pk}/publish/"
    assert "datetime-local" in desk.get(publish).content.decode()
    past = desk.post(publish, {"publish_at": "2020-01-01T10:00"}).content.decode()
    assert "This time is over." in past
    assert 'value="2020-01-01T10:00"' in past
    later = (timezone.now() + HOUR).strftime("%Y-%m-%dT%H:%M")
    text = desk.post(publish, {"publish_at": later}, follow=True).content.decode()
    words = f"{timezone.localtime() + HOUR:%-d %B %Y, %H:%M}"
    assert f"will go live on {words}." in text
    assert f"This revision is scheduled for {words}." in desk.get(publish).content.decode()
    assert f"/admin/revisions/{revision.pk}/unschedule/" in text
    text = desk.post(f"/admin/revisions/{revision.pk}/unschedule/", follow=True).content.decode()
    assert "stays approved" in text
    assert f"/admin/revisions/{revision.pk}/withdraw/" in text
    text = desk.post(f"/admin/revisions/{revision.pk}/withdraw/", follow=True).content.decode()
    assert "is withdrawn" in text
    assert f"/admin/revisions/{revision.pk}/withdraw/" not in desk.get(shown).content.decode()
