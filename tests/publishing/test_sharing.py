"""Preview links: making, opening, ending them, and the remarks of their recipients."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from milia_site import roles
from publishing import actions
from publishing.errors import (
    LinkEnded,
    NotPermitted,
    NotShareable,
    ReasonMissing,
    TooManyRemarks,
)
from publishing.models import Event, PreviewLink, Remark, Revision
from publishing.places import place_words, places
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision() -> Revision:
    return factories.submitted(factories.article_content())


def shared(revision: Revision, **fields: Any) -> PreviewLink:
    """A link for somebody."""
    values = {"recipient": "Ann Example", "days": 7, **fields}
    return actions.share(by=factories.EditorFactory.create(), revision=revision, **values)


def end(link: PreviewLink) -> None:
    """Have the time of a link be over."""
    ago = timezone.now() - datetime.timedelta(days=8)
    PreviewLink.objects.filter(pk=link.pk).update(
        created_at=ago, expires_at=ago + datetime.timedelta(days=7)
    )


def log(revision: Revision) -> list[tuple[str, str | None, str]]:
    """What the log says of links and remarks."""
    wanted = (Event.Action.SHARED, Event.Action.REVOKED, Event.Action.REMARKED)
    rows = Event.objects.filter(revision=revision, action__in=wanted).order_by("id")
    return list(rows.values_list("action", "account__username", "detail"))


# Making


def test_a_link_is_for_one_person_and_ends_by_itself(revision: Revision, editor: User) -> None:
    link = shared(revision, recipient="  Ann\u202e Example ", days=3)
    assert (link.recipient, link.created_by, link.times_opened) == ("Ann Example", editor, 0)
    assert link.expires_at - link.created_at == datetime.timedelta(days=3)
    assert abs(timezone.now() - link.created_at) < datetime.timedelta(minutes=1)
    until = f"{link.expires_at:%-d %B %Y, %H:%M}"
    assert log(revision) == [("shared", "editor", f"for Ann Example, until {until}")]


def test_a_form_that_was_sent_twice_makes_one_link(
    revision: Revision, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shared(revision)
    assert shared(revision) == first
    assert len(log(revision)) == 1
    actions.revoke(by=editor, link=first)
    second = shared(revision)
    assert second != first
    monkeypatch.setattr("publishing.actions.sharing.DOUBLE_CLICK", datetime.timedelta())
    assert shared(revision) not in (first, second)


@pytest.mark.parametrize("codename", ["submit_revision", "publish_revision"])
def test_whoever_may_submit_or_publish_may_share_and_revoke(
    revision: Revision, codename: str
) -> None:
    somebody = factories.UserFactory.create(may=[codename])
    link = actions.share(by=somebody, revision=revision, recipient="Ann", days=1)
    assert actions.revoke(by=somebody, link=link).revoked_by == somebody


def test_nobody_else_may_share_or_revoke(revision: Revision, reviewer: User) -> None:
    link = shared(revision)
    with pytest.raises(NotPermitted):
        actions.share(by=reviewer, revision=revision, recipient="Ann", days=1)
    with pytest.raises(NotPermitted):
        actions.revoke(by=reviewer, link=link)
    assert list(PreviewLink.objects.values_list("revoked_at", flat=True)) == [None]


@pytest.mark.parametrize(
    "fields", [{"recipient": " \u0000"}, {"days": 0}, {"days": 8}, {"days": -1}]
)
def test_a_link_without_a_name_or_of_another_length_is_refused(
    revision: Revision, fields: dict[str, Any]
) -> None:
    with pytest.raises(ReasonMissing):
        shared(revision, **fields)
    assert not PreviewLink.objects.exists()


def test_a_live_text_can_be_shared_and_one_that_is_over_cannot(editor: User) -> None:
    live = factories.published(factories.article_content())
    shared(live)
    over = factories.submitted(factories.article_content(title="Another"))
    actions.withdraw(by=editor, revision=over)
    with pytest.raises(NotShareable, match="This revision is withdrawn"):
        shared(over)


# Opening


def test_a_link_opens_with_its_token_and_each_opening_is_counted(revision: Revision) -> None:
    link = shared(revision)
    token = actions.token_of(link)
    assert actions.find_link(token) == link
    actions.open_link(token)
    with CaptureQueriesContext(connection) as queries:
        opened = actions.open_link(token)
    assert (opened, opened.times_opened) == (link, 2)
    assert opened.opened_at is not None
    assert [query["sql"].split()[0] for query in queries] == ["UPDATE", "SELECT"]


def test_the_token_of_a_link_is_not_stored(revision: Revision) -> None:
    link = shared(revision)
    signature = actions.token_of(link).partition(".")[2]
    assert len(signature) > 40
    stored = PreviewLink.objects.values_list().get(pk=link.pk)
    assert signature not in str(stored) + str(log(revision))


@pytest.mark.parametrize("wrong", ["", "1", ".", "1.x", "x.y", "\u2028", "1.", "9" * 500])
def test_a_made_up_token_opens_nothing(revision: Revision, wrong: str) -> None:
    shared(revision)
    for act in (actions.find_link, actions.open_link):
        with pytest.raises(LinkEnded):
            act(wrong)


def test_a_token_of_one_link_opens_no_other(revision: Revision) -> None:
    first, second = shared(revision), shared(revision, recipient="Ben")
    signature = actions.token_of(first).partition(".")[2]
    with pytest.raises(LinkEnded):
        actions.find_link(f"{second.pk}.{signature}")


def test_a_link_that_is_over_or_revoked_opens_nothing(revision: Revision, editor: User) -> None:
    over, revoked = shared(revision), shared(revision, recipient="Ben")
    end(over)
    actions.revoke(by=editor, link=revoked)
    for link in (over, revoked):
        for act in (actions.find_link, actions.open_link):
            with pytest.raises(LinkEnded):
                act(actions.token_of(link))
        with pytest.raises(LinkEnded):
            actions.remark(link=link, text="Too late.")
        link.refresh_from_db()
        assert (link.times_opened, link.remarks.count()) == (0, 0)


def test_a_link_is_revoked_once(revision: Revision, editor: User) -> None:
    link = shared(revision)
    first = actions.revoke(by=editor, link=link)
    other = factories.UserFactory.create(may=["submit_revision"])
    again = actions.revoke(by=other, link=link)
    assert (again.revoked_by, again.revoked_at) == (editor, first.revoked_at)
    assert log(revision)[1:] == [("revoked", "editor", "Ann Example")]


# Remarks


def test_a_remark_keeps_the_words_and_what_they_are_about(revision: Revision) -> None:
    link = shared(revision)
    made = actions.remark(link=link, text=" One\u0000\r\ntwo. \n", place="body")
    kept = Remark.objects.get()
    assert kept == made
    assert (kept.text, kept.place, kept.preview_link, kept.account) == (
        "One\ntwo.",
        "body",
        link,
        None,
    )
    assert kept.revision == revision
    assert log(revision)[1:] == [("remarked", None, "Ann Example")]


def test_the_same_words_sent_twice_are_one_remark(revision: Revision) -> None:
    link = shared(revision)
    first = actions.remark(link=link, text="Good.")
    assert actions.remark(link=link, text="Good. ") == first
    assert actions.remark(link=link, text="Good.", place="body") != first
    assert Remark.objects.count() == 2


@pytest.mark.parametrize("text", ["", " \n\u0000", "x" * 5_001])
def test_an_empty_or_endless_remark_is_refused(revision: Revision, text: str) -> None:
    link = shared(revision)
    with pytest.raises(ReasonMissing):
        actions.remark(link=link, text=text)
    actions.remark(link=link, text="x" * 5_000)


def test_a_link_takes_so_many_remarks_and_no_more(
    revision: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.actions.sharing.REMARKS_MAX", 2)
    link = shared(revision)
    for number in range(2):
        actions.remark(link=link, text=f"Remark {number}.")
    with pytest.raises(TooManyRemarks, match="takes 2 remarks"):
        actions.remark(link=link, text="One more.")
    assert Remark.objects.count() == 2
    actions.remark(link=shared(revision, recipient="Ben"), text="Another link has its own.")


def test_places_are_the_blocks_that_the_text_has_in_the_words_of_the_form() -> None:
    found = places(factories.article_content(limits=""))
    assert found == {
        "": "The whole page",
        "title": "Title",
        "key_points": "Key points",
        "body": "Text",
    }
    technique = places(factories.technique_content())
    assert technique["assessments"] == "Assessments"
    assert place_words("article", "no_such_field") == "No such field"


# The desk


@pytest.fixture
def desk(client: Client) -> Any:
    """The browser of an editor."""
    user = factories.UserFactory.create(username="writer")
    user.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(user)
    return client


def test_an_editor_makes_a_link_copies_it_and_revokes_it(desk: Any, revision: Revision) -> None:
    address = f"/admin/revisions/{revision.pk}/share/"
    change = desk.get(f"/admin/publishing/revision/{revision.pk}/change/").content.decode()
    assert f'href="{address}"' in change
    assert "There is no link yet." in desk.get(address).content.decode()
    answer = desk.post(address, {"recipient": "Ann Example", "days": "3"}, follow=True)
    link = PreviewLink.objects.get()
    url = f"http://127.0.0.1:8000/preview/{actions.token_of(link)}/"
    text = answer.content.decode()
    assert "The link for Ann Example is ready." in text
    assert f'readonly value="{url}"' in text
    assert "never" in text
    actions.open_link(actions.token_of(link))
    actions.remark(link=link, text="A doubt about this.", place="body")
    text = desk.get(address).content.decode()
    assert "<td>1</td>" in text
    for shown in (text, desk.get(f"/admin/publishing/revision/{revision.pk}/change/").content):
        shown = shown if isinstance(shown, str) else shown.decode()
        assert "A doubt about this." in shown
        assert "<strong>Text</strong>" in shown
        assert "Ann Example, " in shown
    answer = desk.post(f"{address}{link.pk}/revoke/", follow=True)
    text = answer.content.decode()
    assert "The link for Ann Example does not work any more." in text
    assert "by writer" in text
    assert url not in text


def test_a_link_that_is_over_has_no_address_any_more(desk: Any, revision: Revision) -> None:
    link = shared(revision)
    end(link)
    text = desk.get(f"/admin/revisions/{revision.pk}/share/").content.decode()
    assert "Over" in text
    assert actions.token_of(link) not in text


def test_what_is_wrong_with_a_link_is_said_and_what_was_typed_stays(
    desk: Any, revision: Revision, editor: User
) -> None:
    address = f"/admin/revisions/{revision.pk}/share/"
    text = desk.post(address, {"recipient": "Ann", "days": "8"}).content.decode()
    assert "8 is not one of the available choices" in text
    assert 'value="Ann"' in text
    actions.withdraw(by=editor, revision=revision)
    text = desk.post(address, {"recipient": "Ann", "days": "1"}).content.decode()
    assert "This revision is withdrawn." in text
    assert "no new links to it can be made" in text
    assert not PreviewLink.objects.exists()


def test_a_link_of_another_revision_is_not_found(desk: Any, revision: Revision) -> None:
    link = shared(factories.submitted(factories.article_content("other")))
    assert desk.post(f"/admin/revisions/{revision.pk}/share/{link.pk}/revoke/").status_code == 404
    assert desk.get(f"/admin/revisions/{revision.pk}/share/{link.pk}/revoke/").status_code == 405
    link.refresh_from_db()
    assert link.revoked_at is None


def test_the_list_of_links_takes_as_many_queries_for_three_as_for_one(
    desk: Any, revision: Revision
) -> None:
    counts = []
    for number in range(3):
        link = shared(revision, recipient=f"Person {number}")
        actions.remark(link=link, text="Good.")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"/admin/revisions/{revision.pk}/share/").status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[0] == counts[2]
