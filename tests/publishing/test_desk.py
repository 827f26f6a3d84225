"""The workflow's pages at the desk: who may use them, and what they say."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from articles.models import Article
from milia_site import roles
from publishing.models import Page, Revision
from tests import factories

pytestmark = pytest.mark.django_db

DUE = (datetime.date.today() + datetime.timedelta(days=365)).isoformat()  # noqa: DTZ011 - a form's date


@pytest.fixture
def desk(client: Client) -> Any:
    """The browser of somebody with a role; None is nobody."""

    def log_in(role: str | None) -> Client:
        if role is not None:
            name = role.lower().replace(" ", "-")
            user, _made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
            user.groups.set([Group.objects.get(name=role)])
            factories.qualify(user)
            client.force_login(user)
        return client

    return log_in


def page() -> Page:
    return factories.draft(factories.article_content())


def test_an_editor_submits_a_draft_and_is_told_what_follows(desk: Any) -> None:
    draft = page()
    browser = desk(roles.EDITOR)
    form = browser.get(f"/admin/pages/{draft.pk}/submit/").content.decode()
    assert "Submit “Removal” for review" in form
    answer = browser.post(
        f"/admin/pages/{draft.pk}/submit/",
        {"change_kind": "new", "change_note": "First."},
        follow=True,
    )
    assert "waits for review now" in answer.content.decode()
    revision = Revision.objects.get(page=draft)
    assert (revision.state, revision.change_note) == ("submitted", "First.")


def test_what_blocks_a_submission_is_said_and_nothing_typed_is_lost(desk: Any) -> None:
    draft = factories.draft(factories.article_content(body="x [@nobody]"))
    answer = desk(roles.EDITOR).post(
        f"/admin/pages/{draft.pk}/submit/", {"change_kind": "new", "change_note": "My words."}
    )
    text = answer.content.decode()
    assert "“nobody” is not in the library" in text
    assert 'value="My words."' in text


def test_a_reviewer_reads_the_page_and_signs_exactly_this_text(desk: Any) -> None:
    revision = factories.submitted(factories.article_content())
    browser = desk(roles.MEDICAL_REVIEWER)
    address = f"/admin/revisions/{revision.pk}/sign-off/"
    text = browser.get(address).content.decode()
    assert revision.sha256 in text
    assert f"/admin/revisions/{revision.pk}/text/" in text
    typed = {"decision": "approve", "scope": "whole", "statement": "Read.", "review_due": DUE}
    wrong = browser.post(address, {**typed, "sha256": "0" * 64})
    assert "The text is not the one you read" in wrong.content.decode()
    assert "Read." in wrong.content.decode()
    answer = browser.post(address, {**typed, "sha256": revision.sha256}, follow=True)
    assert "is recorded" in answer.content.decode()
    revision.refresh_from_db()
    assert revision.state == "approved"


def test_a_reviewer_may_ask_for_changes_without_a_date(desk: Any) -> None:
    revision = factories.submitted(factories.article_content())
    desk(roles.MEDICAL_REVIEWER).post(
        f"/admin/revisions/{revision.pk}/sign-off/",
        {
            "decision": "request-changes",
            "scope": "whole",
            "statement": "Cite it.",
            "review_due": "",
            "sha256": revision.sha256,
        },
    )
    revision.refresh_from_db()
    assert revision.state == "changes-requested"


def test_an_editor_publishes_unpublishes_and_restores(desk: Any) -> None:
    revision = factories.approved(factories.article_content())
    browser = desk(roles.EDITOR)
    shown = browser.get(f"/admin/publishing/revision/{revision.pk}/change/").content.decode()
    assert f"/admin/revisions/{revision.pk}/publish/" in shown
    assert "Review and sign off" not in shown
    browser.get(f"/admin/revisions/{revision.pk}/publish/")
    answer = browser.post(f"/admin/revisions/{revision.pk}/publish/", follow=True)
    assert "is live" in answer.content.decode()
    again = browser.post(f"/admin/revisions/{revision.pk}/publish/")
    assert "This revision is live" in again.content.decode()
    answer = browser.post(
        f"/admin/pages/{revision.page_id}/unpublish/", {"reason": "Old."}, follow=True
    )
    assert "is no longer public" in answer.content.decode()
    version = Page.objects.get(pk=revision.page_id).version
    restore = f"/admin/revisions/{revision.pk}/restore/"
    assert "Restore as a draft" in browser.get(restore).content.decode()
    stale = browser.post(restore, {"version": version + 1})
    assert "Somebody else saved this page" in stale.content.decode()
    answer = browser.post(restore, {"version": version}, follow=True)
    assert "The working copy is as it was" in answer.content.decode()


def test_previews_show_the_public_page_to_the_desk_only(desk: Any) -> None:
    factories.published(factories.technique_content("laser"))
    content = factories.article_content(
        body="Unseen [@berk2008; @nobody].\n\n::: techniques\n:::", techniques=("laser",)
    )
    draft = factories.draft(content)
    answer = desk(roles.EDITOR).get(f"/admin/pages/{draft.pk}/preview/")
    text = answer.content.decode()
    assert "Unseen" in text
    assert "Unknown reference: nobody" in text
    assert 'id="technique-laser"' in text
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_draft_that_makes_no_document_says_which_field_to_mend(desk: Any) -> None:
    draft = page()
    Article.objects.filter(pk=draft.pk).update(key_points="A point.\n" * 11)
    answer = desk(roles.EDITOR).get(f"/admin/pages/{draft.pk}/preview/")
    assert answer.status_code == 422
    assert "key_points:" in answer.content.decode()
    answer = desk(roles.EDITOR).post(
        f"/admin/pages/{draft.pk}/submit/", {"change_kind": "new", "change_note": "x"}
    )
    assert "at most 10 items" in answer.content.decode()


ROLES = (None, roles.EDITOR, roles.MEDICAL_REVIEWER, roles.MODERATOR, roles.SITE_ADMIN)
# Status of a GET by role, in the order above; nobody is led to the log-in.
PERMITTED = {
    "/admin/pages/{page}/preview/": (302, 200, 200, 403, 200),
    "/admin/pages/{page}/submit/": (302, 200, 403, 403, 200),
    "/admin/pages/{page}/unpublish/": (302, 200, 403, 403, 200),
    "/admin/revisions/{revision}/text/": (302, 200, 200, 403, 200),
    "/admin/revisions/{revision}/sign-off/": (302, 403, 200, 403, 200),
    "/admin/revisions/{revision}/publish/": (302, 200, 403, 403, 200),
    "/admin/revisions/{revision}/restore/": (302, 200, 403, 403, 200),
    "/admin/revisions/{revision}/share/": (302, 200, 403, 403, 200),
    "/admin/articles/article/": (302, 200, 200, 403, 200),
    "/admin/articles/article/add/": (302, 200, 403, 403, 200),
    "/admin/articles/article/{page}/change/": (302, 200, 200, 403, 200),
    "/admin/articles/technique/add/": (302, 200, 403, 403, 200),
    "/admin/articles/condition/add/": (302, 200, 403, 403, 200),
    "/admin/articles/glossary/add/": (302, 200, 403, 403, 200),
    "/admin/articles/plainpage/add/": (302, 200, 403, 403, 200),
    "/admin/faq/question/add/": (302, 200, 403, 403, 200),
    "/admin/references/reference/add/": (302, 200, 403, 403, 200),
    "/admin/publishing/revision/": (302, 200, 200, 403, 200),
    "/admin/publishing/revision/{revision}/change/": (302, 200, 200, 403, 200),
    "/admin/publishing/revision/add/": (302, 403, 403, 403, 403),
    "/admin/publishing/contributor/add/": (302, 200, 403, 403, 200),
    "/admin/publishing/image/add/": (302, 200, 403, 403, 200),
    "/admin/publishing/task/": (302, 200, 200, 403, 200),
    "/admin/comments/queue/": (302, 403, 403, 200, 200),
    "/admin/auth/user/": (302, 403, 403, 403, 200),
}


@pytest.mark.parametrize("address", PERMITTED)
def test_each_role_reaches_its_own_pages_and_no_others(desk: Any, address: str) -> None:
    revision = factories.submitted(factories.article_content())
    path = address.format(page=revision.page_id, revision=revision.pk)
    found = []
    for role in ROLES:
        answer = desk(role).get(path)
        found.append(answer.status_code)
        if role is None:
            assert answer.headers["Location"].startswith("/admin/login/")
    assert tuple(found) == PERMITTED[address]


@pytest.mark.parametrize("address", [path for path in PERMITTED if "{" in path])
def test_what_does_not_exist_is_not_found(desk: Any, address: str) -> None:
    path = address.format(page=999_999, revision=999_999)
    assert desk(roles.SITE_ADMIN).get(path).status_code in (302, 404)
