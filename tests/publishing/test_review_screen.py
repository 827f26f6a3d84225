"""The reviewer's screen: the page, what changed, what was found, and the decision."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from milia_site import roles
from publishing import actions, checks
from publishing.checks import Finding, Level
from publishing.errors import NotQualified, OwnText
from publishing.models import Contributor, Remark, Revision, SignOff
from references.entries import Status
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Any, reviewer: User) -> Any:
    reviewer.groups.set([Group.objects.get(name=roles.MEDICAL_REVIEWER)])
    client.force_login(reviewer)
    return client


def decision(revision: Revision, **typed: str) -> dict[str, str]:
    return {
        "decision": "approve",
        "scope": "whole",
        "statement": "Read against its sources.",
        "review_due": (timezone.localdate() + datetime.timedelta(days=300)).isoformat(),
        "sha256": revision.sha256,
        **typed,
    }


def test_it_shows_the_difference_to_the_live_text_and_the_sources_that_come_and_go(
    desk: Any,
) -> None:
    factories.reference("patsatsi2020")
    factories.published(factories.article_content(limits="Few studies exist [@berk2008]."))
    changed = factories.article_content(
        key_points=("Milia are harmless.",),
        body="## What they are\n\nTiny cysts.",
        limits="Very few studies exist [@patsatsi2020].",
    )
    revision = factories.submitted(changed, change_kind="evidence", change_note="Newer source.")
    text = desk.get(f"/admin/revisions/{revision.pk}/sign-off/").content.decode()
    assert "Against revision 1, which is live." in text
    assert "<del>Few</del><ins>Very few</ins>" in text
    assert f"patsatsi2020: Title of patsatsi2020 ({Status.UNCHECKED.label})" in text
    assert "berk2008: Title of berk2008" in text
    assert f'src="/admin/revisions/{revision.pk}/text/"' in text
    assert "Newer source." in text


def test_a_first_text_is_new_as_a_whole(desk: Any) -> None:
    revision = factories.submitted(factories.article_content())
    text = desk.get(f"/admin/revisions/{revision.pk}/sign-off/").content.decode()
    assert "Nothing of this page is public yet, so all of it is new." in text


def test_it_shows_what_was_found_and_why_it_was_let_through(
    desk: Any, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_rules", list(checks._rules))
    dose = Finding("test-dose", Level.BLOCK, "Name the source of the dose.", "body", 1, "5 mg")
    checks.register(lambda _draft: [dose], "article")
    page = factories.draft(factories.article_content())
    actions.waive(
        by=editor,
        page=page,
        code=dose.code,
        fingerprint=dose.fingerprint,
        reason="It stands in the leaflet.",
    )
    revision = actions.submit(by=editor, page=page, change_kind="new", change_note="First.")
    text = desk.get(f"/admin/revisions/{revision.pk}/sign-off/").content.decode()
    assert "Name the source of the dose." in text
    assert "<q>5 mg</q>" in text
    assert "Waived by editor: It stands in the leaflet." in text


def test_remarks_on_single_parts_are_kept_with_the_decision(desk: Any) -> None:
    revision = factories.submitted(factories.article_content())
    address = f"/admin/revisions/{revision.pk}/sign-off/"
    asked = {"decision": "request-changes", "review_due": "", "remark-body": "Which cysts?"}
    missing = desk.post(address, decision(revision, **asked, statement="")).content.decode()
    assert "Which cysts?" in missing
    assert desk.post(address, decision(revision, **asked)).status_code == 302
    remark = Remark.objects.get()
    assert (remark.revision, remark.place, remark.text) == (revision, "body", "Which cysts?")
    assert remark.account == User.objects.get(username="reviewer")
    revision.refresh_from_db()
    assert revision.state == Revision.State.CHANGES_REQUESTED


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"credentials": ""}, "no credentials"),
        ({"interests": "", "interests_declared_on": None}, "missing or over 12 months old"),
        ({"interests_declared_on": "a year ago"}, "missing or over 12 months old"),
    ],
)
def test_who_is_not_qualified_is_told_at_once_and_signs_nothing(
    desk: Any, reviewer: User, lacking: dict[str, Any], words: str
) -> None:
    today = timezone.localdate()
    if lacking.get("interests_declared_on") == "a year ago":
        lacking = {"interests_declared_on": today.replace(year=today.year - 1)}
    revision = factories.submitted(factories.article_content())
    Contributor.objects.filter(user=reviewer).update(**lacking)
    address = f"/admin/revisions/{revision.pk}/sign-off/"
    assert words in desk.get(address).content.decode()
    refused = desk.post(address, decision(revision, statement="My careful words."))
    assert words in refused.content.decode()
    assert "My careful words." in refused.content.decode()
    assert not SignOff.objects.filter(contribution__revision=revision).exists()


@pytest.mark.parametrize("demo_mode", [True, False])
def test_a_placeholder_signs_on_a_demonstration_only(
    settings: Any, reviewer: User, demo_mode: bool
) -> None:
    revision = factories.submitted(factories.article_content())
    Contributor.objects.filter(user=reviewer).update(demo=True, credentials="")
    settings.DEMO_MODE = demo_mode
    if demo_mode:
        assert factories.sign_off(revision).demo
    else:
        with pytest.raises(NotQualified, match="real reviews only"):
            factories.sign_off(revision)


def test_a_sign_off_keeps_the_interests_that_were_declared_then(reviewer: User) -> None:
    Contributor.objects.filter(user=reviewer).update(interests="Advises a clinic.")
    signed = factories.sign_off(factories.submitted(factories.article_content()))
    Contributor.objects.filter(user=reviewer).update(interests="None")
    assert SignOff.objects.get(pk=signed.pk).interests == "Advises a clinic."


def test_it_takes_as_many_queries_for_a_long_text_as_for_a_short_one(
    desk: Any, django_assert_max_num_queries: Any
) -> None:
    revision = factories.submitted(
        factories.article_content(key_points=tuple(f"Point {n} [@berk2008]." for n in range(9)))
    )
    desk.get(f"/admin/revisions/{revision.pk}/sign-off/")
    with django_assert_max_num_queries(16):
        desk.get(f"/admin/revisions/{revision.pk}/sign-off/")


def test_nobody_signs_what_a_co_author_wrote_as_an_admin() -> None:
    admin = factories.UserFactory.create(username="boss", is_superuser=True)
    factories.qualify(admin)
    editor = factories.EditorFactory.create()
    page = factories.draft(factories.article_content(), by=editor)
    actions.save_draft(by=admin, content=factories.article_content(title="Two"), page=page)
    revision = actions.submit(by=editor, page=page, change_kind="new", change_note="First.")
    with pytest.raises(OwnText, match="You are an author of this text"):
        factories.sign_off(revision, by=admin)


def test_the_author_finds_the_remarks_beside_the_draft(client: Any, editor: User) -> None:
    revision = factories.submitted(factories.article_content())
    actions.sign_off(
        by=factories.ReviewerFactory.create(),
        revision=revision,
        sha256=revision.sha256,
        decision=SignOff.Decision.REQUEST_CHANGES,
        statement="Not yet.",
        remarks=[actions.NewRemark("Which cysts?", "body"), actions.NewRemark("Shorten it.")],
    )
    editor.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(editor)
    text = client.get(f"/admin/articles/article/{revision.page_id}/change/").content.decode()
    places = [
        text.index(words)
        for words in ("Remarks on the newest revision", "Which cysts?", "The whole page", "Shorten")
    ]
    assert places == sorted(places)


def test_a_first_text_is_offered_as_new_and_a_later_one_is_not(client: Any, editor: User) -> None:
    editor.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(editor)
    page = factories.draft(factories.article_content())
    address = f"/admin/pages/{page.pk}/submit/"
    assert client.get(address).context["form"].initial == {"change_kind": "new"}
    factories.published(factories.article_content())
    assert client.get(address).context["form"].initial == {"change_kind": "wording"}
