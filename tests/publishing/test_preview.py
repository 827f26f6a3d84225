"""A working copy, or a revision, as the public page it would be."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from milia_site import roles
from publishing import actions
from publishing.content import PageContent
from publishing.models import Page, Revision
from publishing.preview import preview_page, preview_revision
from tests import factories

pytestmark = pytest.mark.django_db

CONTENTS = {
    "article": (factories.article_content(), "/articles/removal/"),
    "technique": (factories.technique_content(), "/techniques/do-nothing/"),
    "condition": (factories.condition_content("cysts"), "/conditions/cysts/"),
    "question": (factories.question_content(), "/faq/what-are-milia/"),
    "glossary": (factories.glossary_content(), "/glossary/"),
    "page": (factories.plain_page_content(), "/about/"),
}


@pytest.fixture
def desk(client: Any) -> Any:
    """The browser of an editor."""
    user = factories.UserFactory.create(username="writer")
    user.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(user)
    return client


def main(answer: Any) -> str:
    """What stands in the main part of a page, up to what is known of the page itself."""
    text: str = answer.content.decode()
    end = '<section id="about-this-page"' if "about-this-page" in text else "</main>"
    return text[text.index("<main") : text.index(end)]


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_preview_of_an_unchanged_draft_is_the_public_page(desk: Any, kind: str) -> None:
    content, address = CONTENTS[kind]
    revision = factories.published(content)
    public = desk.get(address)
    assert public.status_code == 200
    assert content.title in main(public)
    by_revision = desk.get(f"/admin/revisions/{revision.pk}/text/")
    assert main(by_revision) == main(public)


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_draft_that_was_never_submitted_can_be_seen(desk: Any, kind: str) -> None:
    content, address = CONTENTS[kind]
    page = factories.draft(content)
    answer = desk.get(f"/admin/pages/{page.pk}/preview/")
    assert answer.status_code == 200
    assert content.title in main(answer)
    assert desk.get(address).status_code == 404


def changed(page: Page, content: PageContent) -> None:
    """Another working copy of the page."""
    actions.save_draft(by=factories.EditorFactory.create(), content=content, page=page)


def test_a_preview_shows_the_draft_and_the_public_page_the_live_text(desk: Any) -> None:
    page = factories.published(factories.article_content()).page
    changed(page, factories.article_content(body="## New words\n\nStill unseen."))
    preview = main(desk.get(f"/admin/pages/{page.pk}/preview/"))
    public = main(desk.get("/articles/removal/"))
    assert "Still unseen." in preview
    assert "Still unseen." not in public


def test_a_preview_stores_nothing(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    before = (Revision.objects.count(), Page.objects.get(pk=page.pk).version)
    desk.get(f"/admin/pages/{page.pk}/preview/")
    desk.get(f"/admin/pages/{page.pk}/check/")
    assert (Revision.objects.count(), Page.objects.get(pk=page.pk).version) == before


def test_a_sound_draft_has_no_problems() -> None:
    findings = preview_page(factories.draft(factories.article_content())).findings
    assert [finding for finding in findings if finding.blocks] == []


def test_each_problem_of_a_draft_is_told_with_what_it_is_about() -> None:
    content = factories.article_content(body="One [@nobody].\n\n![x](image:no-picture)")
    problems = [problem.message for problem in preview_page(factories.draft(content)).findings]
    assert any("nobody" in problem for problem in problems)
    assert any("no-picture" in problem for problem in problems)


def test_a_draft_keeps_the_addresses_of_headings_that_were_public(desk: Any) -> None:
    page = factories.published(factories.article_content(body="## Old heading\n\nText.")).page
    public = main(desk.get("/articles/removal/"))
    assert 'id="h-old-heading"' in public
    longer = "## Added\n\nText.\n\n## Old heading\n\nText."
    changed(page, factories.article_content(body=longer))
    preview = main(desk.get(f"/admin/pages/{page.pk}/preview/"))
    assert 'id="h-old-heading"' in preview
    assert 'id="h-added"' in preview


def test_a_superseded_revision_is_still_shown_with_its_own_words(desk: Any) -> None:
    old = factories.published(factories.article_content(limits="The old limits."))
    content = factories.article_content(limits="The new limits.")
    changed(old.page, content)
    factories.published(content)
    old.refresh_from_db()
    assert old.state == Revision.State.SUPERSEDED
    assert preview_revision(old).content.to_data()["limits"] == "The old limits."
    text = main(desk.get(f"/admin/revisions/{old.pk}/text/"))
    assert "The old limits." in text
    assert "The new limits." not in text


def test_a_preview_numbers_the_sources_that_only_the_draft_cites(desk: Any) -> None:
    factories.reference("new2024")
    page = factories.published(factories.article_content()).page
    changed(page, factories.article_content(body="Newly found [@new2024]."))
    text = main(desk.get(f"/admin/pages/{page.pk}/preview/"))
    assert 'id="ref-new2024"' in text
    assert "Title of new2024" in text
    assert "Unknown reference" not in text


def test_a_draft_technique_is_not_drawn_into_a_preview(desk: Any) -> None:
    factories.draft(factories.technique_content("laser", verdict="Not yet to be seen."))
    content = factories.article_content(
        body="Text [@berk2008].\n\n::: techniques\n:::", techniques=("laser",)
    )
    page = factories.draft(content)
    assert "Not yet to be seen." not in main(desk.get(f"/admin/pages/{page.pk}/preview/"))
