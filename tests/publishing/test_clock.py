"""When somebody has to look at a live page again, and who is told."""

import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing import actions, clock, digests
from publishing.dates import months_later
from publishing.models import Event, Page, Reminder, Revision, Task
from references.actions import record_check
from references.notices import Notice, NoticeType
from tests import factories

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    return timezone.now().date()


def live(slug: str = "removal", *, due_in: int | None = None, **fields: Any) -> Page:
    """A live article, due for review in so many days."""
    page = Page.objects.get(
        pk=factories.published(factories.article_content(slug, **fields)).page_id
    )
    if due_in is not None:
        page.review_due_on = today() + due_in * DAY
        page.save(update_fields=["review_due_on"])
    return page


def due(page: Page) -> tuple[int | None, str]:
    """In how many days the review is due, and why it is early."""
    page.refresh_from_db()
    days = (page.review_due_on - today()).days if page.review_due_on else None
    return days, page.review_pull_reason


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-23", 36, "2029-11-23"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(
    day: str, months: int, later: str
) -> None:
    assert months_later(datetime.date.fromisoformat(day), months).isoformat() == later


def test_a_site_without_reviewers_looks_again_after_the_interval(settings: Any) -> None:
    settings.REVIEW_REQUIRED = False
    revision = factories.submitted(factories.article_content())
    actions.publish(by=factories.EditorFactory.create(), revision=revision)
    page = Page.objects.get(pk=revision.page_id)
    assert page.review_due_on == months_later(today(), 24)


def test_a_page_that_is_not_public_is_not_due(editor: User) -> None:
    page = live(due_in=-3)
    actions.unpublish(by=editor, page=page, reason="Old.")
    assert due(page) == (None, "")


def test_a_page_is_pulled_forward_once_and_the_log_says_why() -> None:
    page, overdue = live(due_in=100), live("other", due_in=-5)
    clock.pull_forward([page, overdue], reason="Something changed.")
    clock.pull_forward([page], reason="Something else.")
    assert (due(page), due(overdue)) == ((0, "Something changed."), (-5, ""))
    events = Event.objects.filter(action=Event.Action.REVIEW_PULLED)
    assert [(event.page, event.account, event.detail) for event in events] == [
        (page, None, "Something changed.")
    ]


@pytest.mark.parametrize(
    ("kind", "pulled"),
    [("clinical", True), ("evidence", True), ("correction", True), ("wording", False)],
)
def test_a_changed_technique_pulls_the_articles_that_show_it(kind: str, pulled: bool) -> None:
    factories.published(factories.technique_content())
    showing = live(techniques=("do-nothing",), due_in=100)
    other = live("other", due_in=100)
    factories.published(
        factories.technique_content(verdict="Still sound."), change_kind=kind, change_note="New."
    )
    reason = "“Do nothing”, which this page shows, has changed: New."
    assert due(showing) == ((0, reason) if pulled else (100, ""))
    assert due(other) == (100, "")


def test_a_retraction_pulls_the_pages_that_cite_the_source_and_a_correction_does_not() -> None:
    factories.reference("bad2024")
    citing, other = live(body="Tiny [@bad2024].", due_in=100), live("other", due_in=100)
    for kind, expected in (
        (NoticeType.CORRECTION, (100, "")),
        (NoticeType.RETRACTION, (0, "Retraction of a source: bad2024.")),
    ):
        notice = Notice(kind, "J Skin. 2024;1:2", doi=f"10.5555/{kind}", service="crossref")
        record_check(citekey="bad2024", found=[notice], complete=True)
        assert due(citing) == expected
    assert due(other) == (100, "")


def report(page: Page) -> Task:
    return Task.objects.create(page=page, kind=Task.Kind.READER_REPORT, detail="A typo.")


def test_three_reports_that_were_right_pull_the_page_forward(admin_user: User) -> None:
    page = live(due_in=100)
    for number in (1, 2):
        assert actions.finish_tasks(by=admin_user, tasks=[report(page)]) == 1
        assert due(page) == (100, ""), number
    task = report(page)
    assert actions.finish_tasks(by=admin_user, tasks=[task]) == 1
    assert due(page) == (0, "Readers have found 3 errors in this text.")
    assert actions.finish_tasks(by=admin_user, tasks=[task]) == 0


def test_reports_of_an_older_text_or_of_a_draft_do_not_count(admin_user: User) -> None:
    page = live(due_in=100)
    long_ago = timezone.now() - 9 * DAY
    for _number in range(2):
        task = report(page)
        Task.objects.filter(pk=task.pk).update(done_by=admin_user, done_at=long_ago)
    actions.finish_tasks(by=admin_user, tasks=[report(page)])
    assert due(page) == (100, "")
    draft = factories.draft(factories.article_content("draft"))
    actions.finish_tasks(by=admin_user, tasks=[report(draft) for _number in range(3)])
    assert due(draft) == (None, "")


def test_a_page_that_is_due_is_on_its_owners_desk_once_until_it_is_reviewed() -> None:
    page, later = live(due_in=0), live("later", due_in=1)
    assert clock.remind_of_due() == 1
    assert clock.remind_of_due() == 0
    task = Task.objects.get(kind=Task.Kind.REVIEW_DUE)
    assert (task.page, task.assigned_to, task.due_on) == (page, page.owner, today())
    assert task.detail == "The time of the last review is over."
    live(title="Newer")
    task.refresh_from_db()
    assert task.done_at is not None
    clock.pull_forward([later], reason="A retraction.")
    assert clock.remind_of_due() == 1
    assert Task.objects.get(page=later).detail == "A retraction."


def with_address(page: Page, address: str = "owner@example.org") -> Page:
    User.objects.filter(pk=page.owner_id).update(email=address)
    return page


@pytest.mark.parametrize(
    ("days", "step"),
    [(60, 60), (31, 60), (30, 30), (1, 30), (0, 0), (-29, 0), (-30, -30), (-400, -30)],
)
def test_each_day_belongs_to_the_step_that_was_reached_last(days: int, step: int) -> None:
    assert digests.reached(days) == step


def test_an_owner_gets_one_letter_about_what_is_newly_near_and_never_again(settings: Any) -> None:
    with_address(live("soon", due_in=60))
    live("now", due_in=0)
    live("far", due_in=61)
    assert digests.send_digests() == 1
    assert digests.send_digests() == 0
    (letter,) = mail.outbox
    assert letter.to == ["owner@example.org"]
    assert letter.subject == f"{settings.SITE_NAME}: pages due for review"
    places = [letter.body.index(words) for words in ("Due for review now", "- Now", "- Soon")]
    assert places == sorted(places)
    assert "- Far" not in letter.body
    assert f"{settings.SITE_URL}/admin/articles/article/" in letter.body
    steps = Reminder.objects.order_by("days_before").values_list("page__slug", "days_before")
    assert list(steps) == [("now", 0), ("soon", 60)]


@pytest.mark.parametrize("number", [1, 8])
def test_a_digest_takes_as_many_queries_for_many_pages_as_for_one(
    number: int, django_assert_num_queries: Any
) -> None:
    for place in range(number):
        with_address(live(f"page-{place}", due_in=30))
    with django_assert_num_queries(6):  # the clock, what is noted, pages; savepoint, notes, release
        assert digests.send_digests() == 1
    with django_assert_num_queries(3):
        assert digests.send_digests() == 0


def test_days_on_which_nothing_ran_are_caught_up_with_one_letter() -> None:
    page = with_address(live(due_in=60))
    digests.send_digests()
    page.review_due_on = today() - 35 * DAY
    page.save(update_fields=["review_due_on"])
    assert digests.send_digests() == 1
    assert "Overdue for a month or longer" in mail.outbox[1].body


def test_the_letter_says_why_a_review_is_early() -> None:
    page = with_address(live(due_in=100))
    clock.pull_forward([page], reason="A source was retracted.")
    digests.send_digests()
    assert "  A source was retracted." in mail.outbox[0].body


def test_a_letter_that_cannot_be_sent_is_sent_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_address(live(due_in=0))

    def fail(**_letter: Any) -> None:
        raise OSError("The mail server is gone.")

    with monkeypatch.context() as patched:
        patched.setattr(digests, "send_mail", fail)
        with pytest.raises(OSError, match="The mail server is gone"), transaction.atomic():
            digests.send_digests()
    assert not Reminder.objects.exists()
    assert digests.send_digests() == 1


def test_an_owner_without_an_address_is_told_of_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    live(due_in=0)
    assert digests.send_digests() == 0
    assert "can get no e-mail" in caplog.text
    assert not Reminder.objects.exists()


def test_unused_states_are_not_due() -> None:
    factories.approved(factories.article_content())
    assert Revision.objects.filter(kind="article").get().state == "approved"
    assert clock.remind_of_due() == 0


def test_one_address_that_is_refused_keeps_no_other_owner_from_the_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = with_address(live("refused", due_in=0), "bad@example.org")
    fine = live("fine", due_in=1)
    other = User.objects.create(username="second", email="good@example.org", is_staff=True)
    Page.objects.filter(pk=fine.pk).update(owner=other)
    send = mail.send_mail

    def refuse(**letter: Any) -> None:
        if letter["recipient_list"] == ["bad@example.org"]:
            raise SMTPRecipientsRefused({"bad@example.org": (550, b"no")})
        send(**letter)

    monkeypatch.setattr(digests, "send_mail", refuse)
    for _try in range(2):
        with pytest.raises(SMTPRecipientsRefused):
            digests.send_digests()
    assert [letter.to for letter in mail.outbox] == [["good@example.org"]]
    assert list(Reminder.objects.values_list("page", flat=True)) == [fine.pk]
    assert refused.pk != fine.pk


def test_a_letter_about_thirty_pages_takes_as_many_queries_as_one_about_one() -> None:
    owner = User.objects.create(username="owner", email="owner@example.org", is_staff=True)
    counts = []
    for pages in (1, 30):
        Page.objects.bulk_create(
            Page(
                kind="article",
                slug=f"page-{pages}-{number}",
                title=f"Page {number}",
                owner=owner,
                review_due_on=today(),
            )
            for number in range(pages)
        )
        with CaptureQueriesContext(connection) as queries:
            assert digests.send_digests() == 1
        counts.append(len(queries))
    assert [letter.body.count("- Page ") for letter in mail.outbox] == [1, 30]
    assert counts[0] == counts[1]


def test_an_account_that_is_closed_gets_no_letter() -> None:
    page = with_address(live(due_in=0))
    User.objects.filter(pk=page.owner_id).update(is_active=False)
    assert digests.send_digests() == 0


def test_a_page_that_is_unpublished_leaves_no_review_on_the_desk(editor: User) -> None:
    page = live(due_in=0)
    clock.remind_of_due()
    actions.unpublish(by=editor, page=page, reason="Old.")
    task = Task.objects.get(kind=Task.Kind.REVIEW_DUE)
    assert task.done_by == editor
