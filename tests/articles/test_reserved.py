"""A plain page cannot have an address where another part of the site answers."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from articles.models import PlainPage
from articles.reserved import ReservedAddress, is_reserved
from milia_site import roles
from publishing import actions
from publishing.loading import LoadFailed, load_folder
from tests import factories

pytestmark = pytest.mark.django_db

SAID = "The site itself uses the address “/preview/”. Choose another, such as “about-preview”."


@pytest.fixture
def desk(client: Any) -> Any:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "slug",
    """
    admin articles cards conditions contributors faq feeds glossary media preview references robots
    search sitemap static techniques
    """.split(),
)
def test_what_the_site_answers_itself_is_reserved(slug: str) -> None:
    assert is_reserved(slug)


@pytest.mark.parametrize("slug", ["about", "privacy", "editorial-policy", "previews", "history"])
def test_other_addresses_are_free(slug: str) -> None:
    assert not is_reserved(slug)


def test_no_document_takes_a_reserved_address() -> None:
    with pytest.raises(ReservedAddress) as refused:
        factories.draft(factories.plain_page_content(slug="preview"))
    assert refused.value.message == SAID
    assert not PlainPage.objects.exists()


def test_the_form_says_at_the_address_that_it_is_reserved(desk: Any) -> None:
    rows = {f"credits-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    sent = {"title": "Preview", "slug": "preview", "body": "Text.", **rows}
    answer = desk.post("/admin/articles/plainpage/add/", sent)
    assert answer.context["adminform"].form.errors == {"slug": [SAID]}
    assert not PlainPage.objects.exists()
    wrong = desk.post("/admin/articles/plainpage/add/", {**sent, "slug": "Pre view"})
    assert list(wrong.context["adminform"].form.errors) == ["slug"]
    desk.post("/admin/articles/plainpage/add/", {**sent, "slug": "about-preview"})
    assert PlainPage.objects.get().slug == "about-preview"


def test_a_content_file_with_a_reserved_address_is_named_and_nothing_is_stored(
    tmp_path: Path,
) -> None:
    path = tmp_path / "pages" / "ours.md"
    path.parent.mkdir()
    path.write_text("---\nkind: page\nschema: 1\nslug: preview\ntitle: Ours\n---\n\nText.\n")
    with pytest.raises(LoadFailed) as failed:
        load_folder(
            tmp_path,
            author=factories.EditorFactory.create(),
            reviewer=factories.ReviewerFactory.create(),
        )
    assert str(failed.value) == f"{path}: {SAID}"
    assert not PlainPage.objects.exists()


def test_a_page_that_is_there_does_not_move_to_a_reserved_address(desk: Any) -> None:
    page = factories.draft(factories.plain_page_content())
    rows = {f"credits-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    sent = {"title": "About", "slug": "preview", "opened_version": page.version, **rows}
    answer = desk.post(f"/admin/articles/plainpage/{page.pk}/change/", sent)
    assert answer.context["adminform"].form.errors == {"slug": [SAID]}
    page.refresh_from_db()
    assert page.slug == "about"


def test_another_kind_of_page_may_use_the_word() -> None:
    editor = factories.EditorFactory.create()
    page = actions.save_draft(
        by=editor, content=factories.article_content("preview", condition=None)
    )
    assert page.slug == "preview"
