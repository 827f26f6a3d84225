"""The moderators' queue in the admin."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from comments import actions, keys
from comments.actions.writing import erase
from comments.desk.shown import pieces
from comments.models import Comment, EmailAddress, Flag, Writer
from milia_site.roles import EDITOR, MODERATOR
from publishing import actions as publishing_actions
from publishing.models import Revision
from tests import factories
from tests.comments.conftest import let_through, written

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/queue/"
State = Comment.State


@pytest.fixture
def staff(db: None) -> User:
    user = factories.UserFactory.create(username="mo")
    user.groups.set(Group.objects.filter(name=MODERATOR))
    return user


@pytest.fixture
def desk(client: Any, staff: User) -> Any:
    client.force_login(staff)
    return client


def decide(desk: Any, act: str, *comments: Comment, **said: str) -> Any:
    chosen = [f"{comment.pk}:{comment.version}" for comment in comments]
    told = {"act": act, "chosen": chosen, **said}
    return desk.post(f"{QUEUE}decide/", told, follow=True)


def test_the_most_urgent_comes_first_with_all_that_a_decision_needs(
    desk: Any, page: Revision
) -> None:
    writer = Writer.objects.create(key="k")
    written(page, text="An earlier one.", writer=writer, state=State.SPAM)
    parent = written(page, name="Alex", text="What did you do?", state=State.SPAM)
    written(page, text="Calm.")
    reason = {"code": "popping", "points": 300, "message": "Advice to pop.", "spans": [[2, 8]]}
    written(
        page,
        text="I popped mine.",
        priority=300,
        urgent=True,
        reasons=[reason],
        writer=writer,
        parent=parent,
    )
    html = desk.get(QUEUE).content.decode()
    assert html.index("popped") < html.index("Calm.")
    assert 'I <mark title="Advice to pop.">popped</mark> mine.' in html
    for said in ("Urgent", "Advice to pop.", "What did you do?", "An earlier one.", "Removal"):
        assert said in html
    assert "1 earlier comment of this writer, 0 of it shown" in html


def test_decisions_are_made_for_many_and_taken_back(desk: Any, page: Revision) -> None:
    comments = [written(page, text=f"Number {number}.") for number in range(3)]
    answer = decide(desk, "approve", *comments)
    assert "3 comments: shown." in answer.content.decode()
    assert set(Comment.objects.values_list("state", flat=True)) == {State.APPROVED}
    back = desk.post(f"{QUEUE}undo/", follow=True)
    assert "Taken back: Robin: Number 0." in back.content.decode()
    assert set(Comment.objects.values_list("state", flat=True)) == {State.HELD}


@pytest.mark.parametrize(
    ("act", "before", "after", "reason"),
    [
        ("reject", State.HELD, State.REJECTED, "unkind"),
        ("spam", State.HELD, State.SPAM, ""),
        ("hold", State.SPAM, State.HELD, ""),
        ("remove", State.APPROVED, State.REMOVED, "medical-advice"),
    ],
)
def test_each_button_does_what_it_says(
    desk: Any, page: Revision, moderator: Any, act: str, before: str, after: str, reason: str
) -> None:
    comment = written(page, state=State.SPAM if before == State.SPAM else State.HELD)
    if before == State.APPROVED:
        comment = let_through(comment, moderator)
    decide(desk, act, comment, reason=reason)
    comment.refresh_from_db()
    assert (comment.state, comment.reason) == (after, reason)


def test_what_cannot_be_done_is_said_and_the_rest_is_done(
    desk: Any, page: Revision, moderator: Any
) -> None:
    late, free = written(page, name="Late"), written(page, name="Free")
    actions.spam(by=moderator, comment=late, version=late.version)
    html = decide(desk, "approve", late, free).content.decode()
    assert "moderator was quicker (called it spam). Nothing was done" in html
    late.refresh_from_db()
    free.refresh_from_db()
    assert (late.state, free.state) == (State.SPAM, State.APPROVED)


LONG = f"1:{'9' * 5_000}"


@pytest.mark.parametrize(
    "chosen", ["x:1", "1:x", "999999:1", "99999999999999999999:1", "", LONG], ids=range(6)
)
def test_odd_choices_are_said_and_harm_nothing(desk: Any, page: Revision, chosen: str) -> None:
    comment = written(page)
    answer = desk.post(f"{QUEUE}decide/", {"act": "approve", "chosen": [chosen]}, follow=True)
    assert "One comment is not there any more." in answer.content.decode()
    odd = decide(desk, "nonsense", comment)
    assert "Nothing was chosen." in odd.content.decode()
    comment.refresh_from_db()
    assert comment.state == State.HELD


def test_nothing_chosen_is_said(desk: Any) -> None:
    assert "Nothing was chosen." in decide(desk, "approve").content.decode()


def test_undoing_what_somebody_changed_since_is_refused(
    desk: Any, page: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = written(page)
    decide(desk, "approve", comment)
    monkeypatch.setattr("comments.desk.queue.actions.undoable", lambda _by: [comment])
    Comment.objects.get().events.first()
    desk.post(f"{QUEUE}undo/")
    html = desk.post(f"{QUEUE}undo/", follow=True).content.decode()
    assert "can be taken back for 30 seconds" in html


def test_a_decision_leads_back_to_the_list_that_it_was_made_in(desk: Any, page: Revision) -> None:
    told = {"act": "approve", "chosen": [f"{written(page).pk}:1"]}
    here = f"{QUEUE}?state=held&q=mine"
    assert desk.post(f"{QUEUE}decide/", {**told, "here": here}).headers["Location"] == here
    away = {**told, "here": "https://evil.example/"}
    assert desk.post(f"{QUEUE}decide/", away).headers["Location"] == QUEUE


def test_lists_are_narrowed_by_state_reason_and_words(desk: Any, page: Revision) -> None:
    reason = {"code": "dose", "points": 0, "message": "A dose.", "spans": []}
    written(page, name="Dosed", text="Ten of them.", reasons=[reason])
    written(page, name="Spammer", text="Buy now.", state=State.SPAM)
    written(page, name="Quiet", text="Thank you.")
    for query, there in {
        "": ["Dosed", "Quiet"],
        "?state=spam": ["Spammer"],
        "?why=dose": ["Dosed"],
        "?q=thank": ["Quiet"],
        "?q=quie": ["Quiet"],
        "?q=th": ["Dosed", "Quiet"],
        "?state=flagged": [],
        "?state=nonsense": ["Dosed", "Quiet"],
        "?state=rejected": [],
    }.items():
        html = desk.get(QUEUE + query).content.decode()
        assert [name for name in ("Dosed", "Spammer", "Quiet") if name in html] == there


def test_more_than_a_page_is_paged(desk: Any, page: Revision) -> None:
    for number in range(26):
        written(page, text=f"Number {number}.")
    first = desk.get(QUEUE).content.decode()
    assert ("Number 24." in first, "Number 25." in first) == (True, False)
    second = desk.get(f"{QUEUE}?page=2").content.decode()
    assert "Number 25." in second
    assert desk.get(f"{QUEUE}?page=x").status_code == 404


def test_the_queue_costs_the_same_for_one_and_many(
    desk: Any, page: Revision, django_assert_max_num_queries: Any
) -> None:
    writer = Writer.objects.create(key="k")
    written(page, writer=writer)
    with django_assert_max_num_queries(12) as one:
        desk.get(QUEUE)
    for _number in range(20):
        written(page, writer=writer)
    with django_assert_max_num_queries(len(one)):
        desk.get(QUEUE)


def test_a_comment_below_a_page_that_was_taken_down_can_be_decided(
    desk: Any, page: Revision
) -> None:
    comment = written(page)
    editor = factories.EditorFactory.create()
    publishing_actions.unpublish(by=editor, page=page.page, reason="It is being written anew.")
    assert "Its page is not public now." in desk.get(QUEUE).content.decode()
    decide(desk, "approve", comment)
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


@pytest.mark.parametrize("path", ["", "decide/", "undo/"])
def test_editors_have_no_queue(client: Any, page: Revision, path: str) -> None:
    editor = factories.UserFactory.create(username="ed")
    editor.groups.set(Group.objects.filter(name=EDITOR))
    client.force_login(editor)
    ask = client.post if path else client.get
    assert ask(f"{QUEUE}{path}").status_code == 403
    assert client.get(f"/admin/comments/{written(page).pk}/").status_code == 403


def test_marks_do_not_overlap_or_reach_beyond_the_text() -> None:
    spans = [[0, 3], [2, 5], [6, 99], [5, 7]]
    reasons = [{"message": "Why", "spans": spans}]
    assert [tuple(piece) for piece in pieces("abcdefgh", reasons)] == [
        ("abc", "Why"),
        ("de", ""),
        ("fg", "Why"),
        ("h", ""),
    ]


# One comment


def care(comment: Comment) -> str:
    return f"/admin/comments/{comment.pk}/"


def test_words_are_taken_out_at_the_page_of_a_comment(desk: Any, page: Revision) -> None:
    comment = written(page, text="I am Robin Doe.")
    html = desk.get(care(comment)).content.decode()
    assert "Reply as the site" not in html
    told = {"do": "take-out", "name": "Robin", "text": "I am [removed by a moderator]."}
    comment.refresh_from_db()
    told["version"] = str(comment.version)
    answer = desk.post(care(comment), told, follow=True)
    assert "The words are taken out." in answer.content.decode()
    comment.refresh_from_db()
    assert comment.text == "I am [removed by a moderator]."


def test_a_refused_edit_keeps_what_was_typed(desk: Any, page: Revision) -> None:
    comment = written(page, text="I am Robin Doe.")
    told = {"do": "take-out", "name": "Robin", "text": "My own words."}
    told["version"] = str(comment.version)
    html = desk.post(care(comment), told).content.decode()
    assert "Words can only be taken out." in html
    assert "My own words." in html


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"do": "reply", "reply": "Thank you.", "once": "x"}, "The reply is shown."),
        ({"do": "ban", "days": "7"}, "are refused for now"),
    ],
)
def test_each_form_does_what_it_says(
    desk: Any, page: Revision, moderator: Any, told: dict[str, str], said: str
) -> None:
    comment = let_through(written(page, writer=Writer.objects.create(key="k")), moderator)
    html = desk.post(care(comment), told, follow=True).content.decode()
    assert said in html


def test_an_unknown_form_and_an_unknown_comment_harm_nothing(desk: Any, page: Revision) -> None:
    comment = written(page)
    assert desk.post(care(comment), {"do": "nonsense"}).status_code == 200
    assert desk.post(care(comment), {"do": "take-out"}).status_code == 200
    assert desk.get("/admin/comments/999999/").status_code == 404


def test_a_comment_alone_is_decided_once(desk: Any, page: Revision) -> None:
    comment = written(page)
    html = desk.get(care(comment)).content.decode()
    assert html.count('name="chosen"') == 1
    assert 'type="checkbox"' not in html


def test_a_reason_leads_to_all_that_wait_for_it(desk: Any, page: Revision) -> None:
    reason = {"code": "popping", "points": 300, "message": "Advice to pop.", "spans": []}
    written(page, text="I popped mine.", reasons=[reason])
    written(page, text="Mine went.")
    assert (
        'href="/admin/comments/queue/?state=held&amp;why=popping"'
        in desk.get(QUEUE).content.decode()
    )
    html = desk.get(f"{QUEUE}?state=held&why=popping").content.decode()
    assert "I popped mine." in html
    assert "Mine went." not in html


def test_too_few_letters_are_said(desk: Any, page: Revision) -> None:
    assert "type three letters at least" in desk.get(f"{QUEUE}?q=th").content.decode()
    assert "type three letters at least" not in desk.get(f"{QUEUE}?q=thi").content.decode()


def test_what_readers_have_flagged_has_a_list_and_can_be_left_as_it_is(
    desk: Any, page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page), moderator)
    let_through(written(page, text="Nobody minds."), moderator)
    flag = Flag.objects.create(
        comment=comment, reason="unkind", address="a", flagged_at=timezone.now()
    )
    html = desk.get(f"{QUEUE}?state=flagged").content.decode()
    assert "Flagged by readers (1)" in html
    assert ("Mine went" in html, "Nobody minds." in html) == (True, False)
    assert "A reader: It is unkind." in html
    decide(desk, "keep", comment)
    flag.refresh_from_db()
    comment.refresh_from_db()
    assert (comment.state, flag.settled_by and flag.settled_by.action) == (State.APPROVED, "kept")
    assert "No comment is here." in desk.get(f"{QUEUE}?state=flagged").content.decode()
    held = written(page)
    assert "that cannot be done now" in decide(desk, "keep", held).content.decode()


def test_undo_takes_the_last_click_back_and_no_more(desk: Any, page: Revision) -> None:
    first, second, third = (written(page, name=name) for name in ("First", "Second", "Third"))
    decide(desk, "approve", first)
    decide(desk, "spam", second, third)
    html = desk.get(QUEUE).content.decode()
    assert "Undo the last 2 decisions" in html
    desk.post(f"{QUEUE}undo/")
    states = Comment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["approved", "held", "held"]
    desk.post(f"{QUEUE}undo/")
    assert list(states.all()) == ["held", "held", "held"]
    late = desk.post(f"{QUEUE}undo/", follow=True).content.decode()
    assert "A decision can be taken back for 30 seconds" in late


def test_earlier_comments_with_the_same_address_are_told_apart(desk: Any, page: Revision) -> None:
    address = EmailAddress.objects.create(digest="d", encrypted=b"x")
    writer = Writer.objects.create(key="k")
    for number in range(7):
        written(page, text=f"Of the same address {number}.", address=address, state=State.SPAM)
    written(page, text="Of the same writer.", writer=writer, address=address, state=State.SPAM)
    written(page, text="The newest.", writer=writer, address=address)
    html = desk.get(QUEUE).content.decode()
    assert "1 earlier comment of this writer, 0 of it shown" in html
    assert html.count("Of the same writer.") == 1
    assert html.count("Of the same address") == 5


def test_no_page_of_the_admin_tells_editors_of_what_waits(client: Any, page: Revision) -> None:
    editor = factories.UserFactory.create(username="ed")
    editor.groups.set(Group.objects.filter(name=EDITOR))
    client.force_login(editor)
    held = written(page, text="Quokkas.")
    history = client.get(f"/admin/comments/comment/{held.pk}/history/", follow=True)
    assert history.redirect_chain[0][0] == f"/admin/comments/{held.pk}/report/"
    assert (history.status_code, "Quokkas" in history.content.decode()) == (404, False)


def test_editors_see_of_what_is_replied_to_what_readers_see(
    client: Any, page: Revision, moderator: Any
) -> None:
    editor = factories.UserFactory.create(username="ed")
    editor.groups.set(Group.objects.filter(name=EDITOR))
    client.force_login(editor)
    parent = let_through(written(page, text="I live at 12 Elm Street."), moderator)
    let_through(written(page, text="Do not say so.", parent=parent), moderator)
    parent.refresh_from_db()
    address = "/admin/comments/shown/"
    assert client.get(address).content.decode().count("12 Elm Street") == 2
    actions.remove(by=moderator, comment=parent, version=parent.version, reason="personal-data")
    html = client.get(address).content.decode()
    assert ("Do not say so." in html, "Elm Street" in html) == (True, False)


def test_a_form_that_is_sent_twice_is_one_reply(desk: Any, page: Revision, moderator: Any) -> None:
    comment = let_through(written(page), moderator)
    once = re.search(r'name="once" value="([^"]+)"', desk.get(care(comment)).content.decode())
    assert once is not None
    for _time in range(2):
        desk.post(care(comment), {"do": "reply", "reply": "Thank you.", "once": once[1]})
    reply = Comment.objects.get(is_site=True)
    assert (reply.name, reply.text) == ("Milia", "Thank you.")


def test_the_address_of_a_writer_is_shown_when_asked_for_and_that_is_logged(
    desk: Any, page: Revision
) -> None:
    encrypted = keys.encrypt_email("robin@example.org")
    address = EmailAddress.objects.create(digest="d", encrypted=encrypted)
    comment = written(page, address=address)
    assert "robin@example.org" not in desk.get(care(comment)).content.decode()
    html = desk.post(care(comment), {"do": "address"}).content.decode()
    assert "mailto:robin@example.org" in html
    assert "read its writer&#x27;s e-mail address" in html or "read its writer’s" in html
    assert "robin@example.org" not in desk.get(care(comment)).content.decode()
    nobody = desk.post(care(written(page)), {"do": "address"}, follow=True)
    assert "that cannot be done now" in nobody.content.decode()


def test_flags_that_somebody_has_looked_at_are_not_shown_again(
    desk: Any, page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page), moderator)
    for reason in ("unkind", "advertising"):
        Flag.objects.create(
            comment=comment, reason=reason, address=reason, flagged_at=timezone.now()
        )
    Flag.objects.filter(reason="unkind").update(settled_by=comment.events.get())
    html = desk.get(f"{QUEUE}?state=flagged").content.decode()
    assert ("It is advertising." in html, "It is unkind." in html) == (True, False)


def test_an_address_whose_key_is_lost_is_said(desk: Any, page: Revision) -> None:
    address = EmailAddress.objects.create(digest="d", encrypted=b"x")
    comment = written(page, address=address)
    html = desk.post(care(comment), {"do": "address"}).content.decode()
    assert "The address cannot be read: SECRET_KEY has changed since." in html
    assert not comment.events.exists()


def test_what_its_writer_deleted_offers_nothing_to_decide(
    desk: Any, page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page), moderator)
    actions.report_error(by=moderator, comment=comment)
    erase(comment)
    assert 'name="act"' not in desk.get(care(comment)).content.decode()
    html = desk.get(f"{care(comment)}report/").content.decode()
    assert "Its words were deleted." in html
    assert html.count("<button") == html.count("<button", 0, html.index("Its words were deleted."))
    said = decide(desk, "spam", comment).content.decode()
    assert f"#{comment.pk}: This comment is “deleted”" in said
