"""Editors read the comments that readers see, and make one a task of its page's owner."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from comments import actions
from comments.models import Comment, EmailAddress
from milia_site.roles import EDITOR
from publishing.models import Revision, Task
from tests import factories
from tests.comments.conftest import let_through, written

pytestmark = pytest.mark.django_db
SHOWN = "/admin/comments/shown/"


@pytest.fixture
def desk(client: Any) -> Any:
    editor = factories.UserFactory.create(username="ed")
    editor.groups.set(Group.objects.filter(name=EDITOR))
    client.force_login(editor)
    return client


def report_page(comment: Comment) -> str:
    return f"/admin/comments/{comment.pk}/report/"


def test_editors_read_what_readers_see_and_nothing_else(
    desk: Any, page: Revision, moderator: Any
) -> None:
    address = EmailAddress.objects.create(digest="d", encrypted=b"x")
    reason = {"code": "popping", "points": 300, "message": "Advice to pop.", "spans": [[0, 4]]}
    comment = written(page, text="Mine went.", address=address, reasons=[reason])
    let_through(comment, moderator)
    written(page, text="It waits.")
    html = desk.get(SHOWN).content.decode()
    assert "Mine went." in html
    assert "It waits." not in html
    assert "Advice to pop." not in html


def test_the_newest_come_first_and_a_page_has_25(desk: Any, page: Revision, moderator: Any) -> None:
    for number in range(26):
        let_through(written(page, text=f"Comment {number:02}."), moderator)
    first = desk.get(SHOWN).content.decode()
    assert first.index("Comment 25.") < first.index("Comment 01.")
    assert "Comment 00." not in first
    assert "Comment 00." in desk.get(f"{SHOWN}?page=2").content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(
    desk: Any, page: Revision, moderator: Any, django_assert_num_queries: Any
) -> None:
    desk.get(SHOWN)
    for number in (1, 20):
        for _each in range(number):
            let_through(written(page), moderator)
        with django_assert_num_queries(7):
            desk.get(SHOWN)


@pytest.mark.parametrize(
    ("on", "listed"),
    [("{page}", True), ("999999", False), ("", True), ("x", True), ("9" * 30, True), ("٣", True)],
)
def test_one_pages_comments_can_be_listed(
    desk: Any, page: Revision, moderator: Any, on: str, listed: bool
) -> None:
    let_through(written(page, text="Mine went."), moderator)
    html = desk.get(SHOWN, {"on": on.format(page=page.page_id)}).content.decode()
    assert ("Mine went." in html) == listed
    assert listed or "No comment is shown to readers." in html


def test_an_editor_reports_an_error_and_finds_it_marked(
    desk: Any, page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page, text="The second step is wrong."), moderator)
    assert "The second step is wrong." in desk.get(report_page(comment)).content.decode()
    html = desk.post(report_page(comment), follow=True).content.decode()
    assert "has a task" in html
    assert "Reported as an error" in html
    tasks = desk.get("/admin/publishing/task/").content.decode()
    assert f'href="http://127.0.0.1:8000{report_page(comment)}">Open it</a>' in tasks


def test_what_was_reported_stays_readable_for_editors_and_what_waits_does_not(
    desk: Any, page: Revision, moderator: Any
) -> None:
    held = written(page, text="It waits.")
    assert desk.get(report_page(held)).status_code == 404
    assert desk.post(report_page(held)).status_code == 404
    actions.report_error(by=moderator, comment=held)
    assert "It waits." in desk.get(report_page(held)).content.decode()


def test_a_refusal_says_why_and_makes_no_task(desk: Any, page: Revision, moderator: Any) -> None:
    comment = let_through(written(page), moderator)
    reply = actions.reply_as_site(by=moderator, comment=comment, text="Thank you.")
    answer = desk.post(report_page(reply))
    assert 'class="errorlist' in answer.content.decode()
    assert not Task.objects.exists()


def test_the_admins_own_addresses_lead_to_the_pages_that_an_editor_has(
    desk: Any, page: Revision
) -> None:
    comment = written(page)
    own = "/admin/comments/comment/"
    assert desk.get(own).headers["Location"] == SHOWN
    assert desk.get(f"{own}{comment.pk}/change/").headers["Location"] == report_page(comment)
    assert desk.get(f"{own}{'9' * 40}/change/").headers["Location"] == SHOWN
