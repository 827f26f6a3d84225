"""What cannot be done at the desk is said in words, with nothing half done and nothing lost."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from milia_site import roles
from publishing.models import Revision
from references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Any) -> Any:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(user)
    return client


def test_a_cited_source_is_not_deleted_and_the_page_that_cites_it_is_named(client: Any) -> None:
    boss = User.objects.create_user("boss", is_staff=True)
    boss.groups.add(Group.objects.get(name=roles.SITE_ADMIN))
    client.force_login(boss)
    factories.published(factories.article_content())
    source = Reference.objects.get()
    address = f"/admin/references/reference/{source.pk}/delete/"
    text = client.get(address).content.decode()
    assert "would require deleting the following protected related objects" in text
    assert "berk2008 in Removal (1)" in text
    client.post(address, {"post": "yes"})
    assert Reference.objects.filter(pk=source.pk).exists()


def test_a_role_that_was_taken_away_ends_with_words_and_nothing_done(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    address = f"/admin/pages/{page.pk}/submit/"
    assert desk.get(address).status_code == 200
    User.objects.get(username="writer").groups.clear()
    answer = desk.post(address, {"change_kind": "new", "change_note": "My words."})
    assert answer.status_code == 403
    assert "what you typed is still in the form" in answer.content.decode()
    assert not Revision.objects.filter(page=page).exists()


def test_a_second_click_submits_nothing_twice(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    typed = {"change_kind": "new", "change_note": "First."}
    address = f"/admin/pages/{page.pk}/submit/"
    assert desk.post(address, typed).status_code == 302
    assert (
        "Nothing has changed since the last revision" in desk.post(address, typed).content.decode()
    )
    assert Revision.objects.filter(page=page).count() == 1


def test_a_revision_that_was_replaced_is_not_published(desk: Any) -> None:
    old = factories.approved(factories.article_content())
    factories.submitted(factories.article_content(title="Newer"))
    text = desk.post(f"/admin/revisions/{old.pk}/publish/", {}).content.decode()
    assert "This revision is withdrawn. Only one that is approved can be used here." in text
    old.refresh_from_db()
    assert old.state == Revision.State.WITHDRAWN
