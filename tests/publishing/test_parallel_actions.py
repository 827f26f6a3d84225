"""Two people act on one page at the same moment, on connections of their own."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.utils import timezone

from publishing import actions, digests
from publishing.actions import common, going_live
from publishing.dates import database_now
from publishing.errors import WorkflowError, WrongState
from publishing.models import Event, Page, Reminder, Revision
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
State = Revision.State
WAIT = 20  # seconds, for a lock that never comes


def together(*acts: Callable[[], object]) -> list[type[WorkflowError] | None]:
    """Run the acts at once; for each the named error that it ended with, or None."""
    start = threading.Barrier(len(acts), timeout=WAIT)
    ends: list[type[WorkflowError] | None] = [WorkflowError] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
            ends[number] = None
        except WorkflowError as error:
            ends[number] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert not any(thread.is_alive() for thread in threads)
    return ends


def names(ends: list[type[WorkflowError] | None]) -> list[str]:
    return sorted(end.__name__ if end else "done" for end in ends)


def states(page: Page) -> list[str]:
    return list(page.revisions.order_by("number").values_list("state", flat=True))


def test_two_who_publish_one_revision_leave_one_live() -> None:
    editor = factories.EditorFactory.create()
    revision = factories.approved(factories.article_content())

    def act() -> None:
        actions.publish(by=editor, revision=revision)

    assert names(together(act, act)) == ["WrongState", "done"]
    assert states(revision.page) == [State.LIVE]


def test_two_who_submit_one_text_make_one_revision() -> None:
    editor = factories.EditorFactory.create()
    page = factories.draft(factories.article_content())

    def act() -> None:
        actions.submit(by=editor, page=page, change_kind="new", change_note="First version.")

    assert names(together(act, act)) == ["NothingChanged", "done"]
    assert states(page) == [State.SUBMITTED]


def test_two_who_sign_one_revision_leave_one_decision() -> None:
    reviewer, second = (
        factories.ReviewerFactory.create(username=name) for name in ("reviewer", "second")
    )
    revision = factories.submitted(factories.article_content())
    ends = together(
        lambda: factories.sign_off(revision, by=reviewer),
        lambda: factories.sign_off(revision, by=second),
    )
    assert names(ends) == ["WrongState", "done"]
    assert revision.contributions.filter(role="reviewer").count() == 1


def test_two_who_save_from_one_version_leave_one_text() -> None:
    editor = factories.EditorFactory.create()
    page = factories.draft(factories.article_content())

    def save(title: str) -> Callable[[], object]:
        content = factories.article_content(title=title)
        copy = Page.objects.get(pk=page.pk)
        return lambda: actions.save_draft(by=editor, content=content, page=copy, version=1)

    ends = together(save("Mine"), save("Theirs"))
    assert names(ends) == ["StaleWorkingCopy", "done"]
    page.refresh_from_db()
    assert (page.title, page.version) == ("Mine" if ends[0] is None else "Theirs", 2)


def test_publishing_while_somebody_submits_leaves_no_two_open_or_live() -> None:
    editor = factories.EditorFactory.create()
    approved = factories.approved(factories.article_content())
    page = factories.draft(factories.article_content(title="Newer"))
    ends = together(
        lambda: actions.publish(by=editor, revision=approved),
        lambda: actions.submit(by=editor, page=page, change_kind="new", change_note="Newer."),
    )
    # Whoever came first: a revision that was withdrawn cannot be published any more.
    outcomes: dict[tuple[Any, Any], list[str]] = {
        (None, None): [State.LIVE, State.SUBMITTED],
        (WrongState, None): [State.WITHDRAWN, State.SUBMITTED],
    }
    assert states(approved.page) == outcomes[ends[0], ends[1]]


def test_two_who_unpublish_one_page_do_it_once() -> None:
    editor = factories.EditorFactory.create()
    revision = factories.published(factories.article_content())

    def act() -> None:
        actions.unpublish(by=editor, page=revision.page, reason="Out of date.")

    assert names(together(act, act)) == ["NotLive", "done"]
    assert states(revision.page) == [State.UNPUBLISHED]


def test_a_form_for_a_link_that_is_sent_twice_at_once_makes_one() -> None:
    editor = factories.EditorFactory.create()
    revision = factories.submitted(factories.article_content())

    def act() -> None:
        actions.share(by=editor, revision=revision, recipient="Ann Example", days=7)

    assert names(together(act, act)) == ["done", "done"]
    assert revision.preview_links.count() == 1


def test_a_remark_that_is_sent_twice_at_once_is_kept_once() -> None:
    editor = factories.EditorFactory.create()
    revision = factories.submitted(factories.article_content())
    link = actions.share(by=editor, revision=revision, recipient="Ann Example", days=7)

    def act() -> None:
        actions.remark(link=link, text="Good.")

    assert names(together(act, act)) == ["done", "done"]
    assert revision.remarks.count() == 1


def test_two_runs_at_once_publish_what_is_due_once(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = factories.EditorFactory.create()
    hour = datetime.timedelta(hours=1)
    due = [factories.approved(factories.article_content(slug)) for slug in ("one", "two", "three")]
    for revision in due:
        actions.schedule(by=editor, revision=revision, publish_at=timezone.now() + hour)
    monkeypatch.setattr(going_live, "database_now", lambda: database_now() + hour)
    both_have_found = threading.Barrier(2, timeout=WAIT)
    lock = common.locked

    def lock_together(revision: Revision) -> Revision:
        both_have_found.wait()
        return lock(revision)

    monkeypatch.setattr(going_live, "locked", lock_together)
    published: list[Revision] = []

    def run() -> None:
        published.extend(actions.publish_due())

    assert names(together(run, run)) == ["done", "done"]
    assert sorted(revision.pk for revision in published) == sorted(each.pk for each in due)
    assert [states(revision.page) for revision in due] == [[State.LIVE]] * 3
    acts = Event.objects.filter(page__in=[revision.page for revision in due])
    assert acts.filter(action=Event.Action.PUBLISHED).count() == 3


def test_two_runs_at_once_send_each_owner_one_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    page = factories.published(factories.article_content()).page
    Page.objects.filter(pk=page.pk).update(review_due_on=timezone.localdate())
    User.objects.filter(pk=page.owner_id).update(email="owner@example.org")
    both_have_read = threading.Barrier(2, timeout=WAIT)
    note = digests._note

    def note_together(digest: digests.Digest) -> None:
        both_have_read.wait()
        note(digest)

    monkeypatch.setattr(digests, "_note", note_together)
    sent: list[int] = []

    def run() -> None:
        sent.append(digests.send_digests())

    assert names(together(run, run)) == ["done", "done"]
    assert sorted(sent) == [0, 1]
    assert len(mail.outbox) == 1
    assert Reminder.objects.count() == 1
