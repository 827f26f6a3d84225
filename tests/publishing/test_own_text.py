"""Nobody reviews what they wrote, whichever way it came into the text."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from articles.content import ArticleContent
from publishing import actions
from publishing.errors import OwnText
from publishing.models import Contributor, Page, Revision, SignOff
from publishing.public import live_page
from tests import factories

pytestmark = pytest.mark.django_db

CHANGE: dict[str, Any] = {
    "change_kind": Revision.ChangeKind.WORDING,
    "change_note": "Shorter sentences.",
}


def article(**fields: Any) -> ArticleContent:
    return factories.article_content("removal", **fields)


def may_sign(user: User) -> User:
    """The account, which may sign off from now on."""
    user.user_permissions.add(Permission.objects.get(codename="sign_off_revision"))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def editor(db: None) -> User:
    return factories.EditorFactory.create()


def test_who_wrote_a_revision_that_was_never_public_is_an_author_of_the_next(editor: User) -> None:
    writer = factories.EditorFactory.create(username="writer")
    factories.submitted(article(), by=writer)
    revision = factories.submitted(article(title="Newer"), by=editor, **CHANGE)
    assert {row.contributor.slug for row in revision.contributions.all()} == {"writer", "editor"}
    with pytest.raises(OwnText):
        factories.sign_off(revision, by=may_sign(writer))


def test_who_wrote_what_was_public_may_review_the_next_change(editor: User) -> None:
    writer = factories.EditorFactory.create(username="writer")
    factories.published(article(), by=writer)
    revision = factories.submitted(article(title="Newer"), by=editor, **CHANGE)
    assert [row.contributor.slug for row in revision.contributions.all()] == ["editor"]


def test_another_contributor_for_the_same_account_cannot_sign_its_text(editor: User) -> None:
    revision = factories.submitted(article(), by=editor)
    Contributor.objects.filter(user=editor).update(user=None)
    Contributor.objects.create(slug="dr-real", name="Dr Real", user=editor)
    with pytest.raises(OwnText):
        factories.sign_off(revision, by=may_sign(editor))
    assert not SignOff.objects.filter(contribution__revision=revision).exists()


def test_who_wrote_a_restored_text_cannot_review_it(editor: User) -> None:
    writer = factories.EditorFactory.create(username="writer")
    old = factories.published(article(), by=writer)
    factories.published(article(title="Newer"), by=editor, **CHANGE)
    page = Page.objects.get(pk=old.page_id)
    actions.restore(by=editor, revision=old, version=page.version)
    revision = actions.submit(by=editor, page=page, **CHANGE)
    with pytest.raises(OwnText):
        factories.sign_off(revision, by=may_sign(writer))


def test_a_review_keeps_who_signed_it() -> None:
    reviewer = factories.ReviewerFactory.create()
    revision = factories.submitted(article())
    Contributor.objects.filter(user=reviewer).update(slug="ada", name="Ada", credentials="RN")
    decide: dict[str, Any] = {
        "sha256": revision.sha256,
        "decision": "approve",
        "statement": "Read.",
    }
    expires_at = timezone.now() + factories.YEAR
    actions.sign_off(by=reviewer, revision=revision, expires_at=expires_at, **decide)
    actions.publish(by=factories.EditorFactory.create(), revision=revision)
    Contributor.objects.update(name="Somebody else", credentials="MD")
    review = live_page("article", "removal").review
    assert review is not None
    assert (review.person.name, review.person.credentials) == ("Ada", "RN")
