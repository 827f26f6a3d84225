"""A plain page cannot have an address where another part of the site answers."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from articles.models import PlainPage
from articles.reserved import ReservedAddress, is_reserved
from milia_site import roles
from publishing import actions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "slug",
    ["admin", "articles", "faq", "glossary", "media", "preview", "references", "static"],
)
def test_what_the_site_answers_itself_is_reserved(slug: str) -> None:
    assert is_reserved(slug)


@pytest.mark.parametrize("slug", ["about", "privacy", "editorial-policy", "previews", "history"])
def test_other_addresses_are_free(slug: str) -> None:
    assert not is_reserved(slug)


def test_no_document_takes_a_reserved_address() -> None:
    with pytest.raises(ReservedAddress) as refused:
        factories.draft(factories.plain_page_content(slug="preview"))
    assert refused.value.message == (
        "The site itself uses the address “/preview/”. Choose another."
    )
    assert not PlainPage.objects.exists()


def test_the_form_says_at_the_address_that_it_is_reserved(client: Any) -> None:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(user)
    rows = {f"credits-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    sent = {"title": "Preview", "slug": "preview", "body": "Text.", **rows}
    answer = client.post("/admin/articles/plainpage/add/", sent)
    assert answer.context["adminform"].form.errors == {
        "slug": ["The site itself uses the address “/preview/”. Choose another."]
    }
    assert not PlainPage.objects.exists()
    wrong = client.post("/admin/articles/plainpage/add/", {**sent, "slug": "Pre view"})
    assert list(wrong.context["adminform"].form.errors) == ["slug"]
    client.post("/admin/articles/plainpage/add/", {**sent, "slug": "about-preview"})
    assert PlainPage.objects.get().slug == "about-preview"


def test_another_kind_of_page_may_use_the_word() -> None:
    editor = factories.EditorFactory.create()
    page = actions.save_draft(
        by=editor, content=factories.article_content("preview", condition=None)
    )
    assert page.slug == "preview"
