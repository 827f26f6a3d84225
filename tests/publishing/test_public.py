"""What the public may see of a revision, and what became of an address."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from publishing import actions
from publishing.content import Credit
from publishing.models import Contributor, Page, Revision
from publishing.public import Gone, Moved, live_page, reading_minutes, url_of
from tests import factories

pytestmark = pytest.mark.django_db


def move(revision: Revision, slug: str) -> Revision:
    """Publish the same page at another address."""
    editor = factories.EditorFactory.create()
    page = Page.objects.get(pk=revision.page_id)
    actions.save_draft(by=editor, content=factories.article_content(slug), page=page)
    moved = actions.submit(by=editor, page=page, change_kind="wording", change_note="Moved.")
    factories.sign_off(moved)
    return actions.publish(by=editor, revision=moved)


def unpublish(revision: Revision, reason: str) -> None:
    editor = factories.EditorFactory.create()
    actions.unpublish(by=editor, page=revision.page, reason=reason)


# Addresses


@pytest.mark.parametrize("make", [factories.draft, factories.submitted, factories.approved])
def test_what_was_never_public_is_not_found(make: Any) -> None:
    make(factories.article_content())
    with pytest.raises(Http404):
        live_page("article", "removal")


def test_an_address_of_one_kind_says_nothing_of_another() -> None:
    factories.published(factories.article_content("same"))
    with pytest.raises(Http404):
        live_page("question", "same")


def test_the_live_revision_is_shown_and_not_a_newer_one() -> None:
    factories.published(factories.article_content(title="Live"))
    factories.approved(factories.article_content(title="Newer"))
    shown = live_page("article", "removal")
    assert (shown.title, shown.url) == ("Live", "/articles/removal/")
    assert shown.content == factories.article_content(title="Live")


def test_every_old_address_leads_to_the_present_one() -> None:
    revision = factories.published(factories.article_content("first"))
    move(revision, "second")
    move(revision, "third")
    for old in ("first", "second"):
        with pytest.raises(Moved) as caught:
            live_page("article", old)
        assert caught.value.address == "/articles/third/"


def test_an_old_address_that_another_page_took_shows_that_page() -> None:
    move(factories.published(factories.article_content("first")), "second")
    factories.published(factories.article_content("first", title="Another"))
    assert live_page("article", "first").title == "Another"


def test_an_unpublished_page_is_gone_from_all_its_addresses_with_the_reason() -> None:
    moved = move(factories.published(factories.article_content("first")), "second")
    unpublish(moved, "Out of date.")
    for slug in ("first", "second"):
        with pytest.raises(Gone) as caught:
            live_page("article", slug)
        assert str(caught.value) == "Out of date."
        assert caught.value.revision == moved


def test_the_last_reason_counts_for_a_page_that_went_twice() -> None:
    unpublish(factories.published(factories.article_content()), "First.")
    unpublish(factories.published(factories.article_content(title="Back")), "Second.")
    with pytest.raises(Gone) as caught:
        live_page("article", "removal")
    assert str(caught.value) == "Second."


def test_a_page_that_came_back_is_shown_again() -> None:
    unpublish(factories.published(factories.article_content()), "First.")
    factories.published(factories.article_content(title="Back"))
    assert live_page("article", "removal").title == "Back"


def test_a_kind_with_one_page_has_an_address_without_a_name() -> None:
    assert url_of(factories.published(factories.glossary_content())) == "/glossary/"


# The review line


def test_a_review_says_who_read_the_text_and_until_when_that_holds(reviewer: User) -> None:
    revision = factories.published(factories.article_content())
    signed = revision.contributions.get(role="reviewer").sign_off
    review = live_page("article", "removal").review
    assert review is not None
    assert (review.person.slug, review.person.role) == ("reviewer", "reviewer")
    assert (review.signed_at, review.expires_at) == (signed.signed_at, signed.expires_at)


def test_a_demo_contributor_never_counts_as_a_reviewer(reviewer: User) -> None:
    factories.published(factories.article_content())
    Contributor.objects.filter(user=reviewer).update(demo=True)
    assert live_page("article", "removal").review is None


def test_a_text_that_nobody_signed_has_no_review(settings: Any, editor: User) -> None:
    settings.REVIEW_REQUIRED = False
    revision = factories.submitted(factories.article_content())
    actions.publish(by=editor, revision=revision)
    assert live_page("article", "removal").review is None


def test_the_review_of_an_older_text_does_not_stand_by_a_newer_one(
    settings: Any, editor: User
) -> None:
    factories.published(factories.article_content())
    settings.REVIEW_REQUIRED = False
    newer = factories.submitted(factories.article_content(title="Newer"))
    actions.publish(by=editor, revision=newer)
    assert live_page("article", "removal").review is None


# Byline, history, dates


def test_the_byline_has_the_credited_in_their_order_and_nobody_else(editor: User) -> None:
    for slug in ("ann", "ben"):
        Contributor.objects.create(slug=slug, name=slug.title(), credentials="MD")
    credited = (Credit(contributor="ben"), Credit(contributor="ann"))
    factories.published(factories.article_content(contributors=credited))
    byline = live_page("article", "removal").byline
    assert [(person.name, person.credentials, person.url) for person in byline] == [
        ("Ben", "MD", "/contributors/ben/"),
        ("Ann", "MD", "/contributors/ann/"),
    ]


def test_the_history_has_what_was_public_newest_first() -> None:
    first = factories.published(factories.article_content())
    factories.submitted(factories.article_content(title="Never public"))
    note: dict[str, Any] = {"change_kind": "correction", "change_note": "A number was wrong."}
    last = factories.published(factories.article_content(title="Third"), **note)
    shown = live_page("article", "removal")
    assert [(row.number, row.kind, row.note) for row in shown.history] == [
        (3, "correction", "A number was wrong."),
        (1, "new page", "First version."),
    ]
    assert [row.published_at for row in shown.history] == [last.published_at, first.published_at]
    assert shown.published_at == first.published_at


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (299, 1), (301, 2), (400, 2), (2000, 10)]
)
def test_reading_takes_a_minute_for_two_hundred_words(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


def test_the_words_of_all_blocks_and_pages_shown_are_counted() -> None:
    words = " ".join(["word"] * 199)
    factories.published(factories.article_content(key_points=("One.",), body=words, limits="Two."))
    assert live_page("article", "removal").minutes == 1
    factories.published(
        factories.question_content("does-it-hurt", article="removal", order=1, answer=f"{words} x.")
    )
    assert live_page("article", "removal").minutes == 2
