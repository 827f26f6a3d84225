"""No page gets an address behind which the site itself would hide it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import URLPattern, URLResolver, include, path

from milia_site import roles
from milia_site.views import home
from publishing import actions, kinds
from publishing.errors import AddressHidden
from publishing.loading import LoadFailed, load_folder
from publishing.models import Page
from publishing.own_addresses import check_address, first_parts, own_addresses
from tests import factories

ADD = "/admin/articles/plainpage/add/"
OWN = """
    admin articles cards conditions contributors faq feeds glossary media preview references robots
    search sitemap static techniques
""".split()
SAID = "The address “{0}” belongs to another part of the site, behind which nobody would see this "
SAID += "page. Choose another one, such as “about-{0}”."


def typed(slug: str) -> dict[str, Any]:
    return {
        "title": "Ours",
        "slug": slug,
        "credits-TOTAL_FORMS": "0",
        "credits-INITIAL_FORMS": "0",
        "opened_version": "1",
    }


@pytest.fixture
def desk(client: Any, db: None) -> Any:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(user)
    return client


def test_the_first_parts_of_addresses_are_found_at_any_depth() -> None:
    inner = [path("deep/<slug:slug>/", home), path("<slug:slug>/history/", home)]
    patterns: list[URLPattern | URLResolver] = [
        path("", home),
        path("shop/", include([path("basket/", home)])),
        path("robots.txt", home),
        path("<slug:slug>/", home),
        path("", include([path("", include(inner))])),
    ]
    assert list(first_parts(patterns)) == ["", "shop", "robots", "deep"]


def test_the_sites_own_addresses_are_known() -> None:
    assert own_addresses().issuperset(OWN)
    assert "" not in own_addresses()


@pytest.mark.parametrize("slug", OWN)
def test_a_plain_page_may_not_have_an_address_of_the_site(slug: str) -> None:
    with pytest.raises(AddressHidden) as refused:
        check_address(kinds.get("page"), slug)
    assert str(refused.value) == SAID.format(slug)


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        ("page", "about"),
        ("page", "admin-team"),
        ("page", "history"),
        ("article", "search"),
        ("article", "articles"),
        ("question", "faq"),
        ("glossary", "glossary"),
    ],
)
def test_an_address_that_nothing_hides_may_be_had(kind: str, slug: str) -> None:
    check_address(kinds.get(kind), slug)


@pytest.mark.parametrize("slug", ["media", "search"])
def test_the_desk_says_at_the_field_what_to_do(desk: Any, slug: str) -> None:
    answer = desk.post(ADD, typed(slug))
    form = answer.context["adminform"].form
    assert form.errors == {"slug": [SAID.format(slug)]}
    assert SAID.format(slug) in answer.content.decode()
    assert not Page.objects.exists()


def test_the_desk_keeps_a_page_with_the_address_that_was_proposed(desk: Any) -> None:
    assert desk.post(ADD, typed("about-search")).status_code == 302
    assert Page.objects.get().slug == "about-search"


def test_a_page_that_is_there_is_not_moved_behind_the_site(desk: Any) -> None:
    page = factories.draft(factories.plain_page_content())
    answer = desk.post(f"/admin/articles/plainpage/{page.pk}/change/", typed("faq"))
    assert answer.context["adminform"].form.errors["slug"] == [SAID.format("faq")]
    page.refresh_from_db()
    assert page.slug == "about"


def test_a_content_file_is_refused_with_its_name_and_its_field(tmp_path: Path, db: None) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for slug in ("search", "static", "about"):
        text = f"---\nkind: page\nschema: 1\nslug: {slug}\ntitle: Ours\n---\n\nText.\n"
        (pages / f"{slug}.md").write_text(text)
    with pytest.raises(LoadFailed) as failed:
        load_folder(
            tmp_path,
            author=factories.EditorFactory.create(),
            reviewer=factories.ReviewerFactory.create(),
        )
    assert [str(fault) for fault in failed.value.faults] == [
        f"{pages / slug}.md: field “slug”: {SAID.format(slug)}" for slug in ("search", "static")
    ]
    assert not Page.objects.exists()


def test_no_other_way_leads_there_either(editor: User) -> None:
    with pytest.raises(AddressHidden):
        actions.save_draft(by=editor, content=factories.plain_page_content("search"))
    assert not Page.objects.exists()
