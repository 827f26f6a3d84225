"""Who may change accounts, and who may say which person an account is."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from milia_site.roles import EDITOR, SITE_ADMIN
from publishing.models import Contributor
from tests import factories

pytestmark = pytest.mark.django_db


def desk_of(role: str) -> tuple[User, Client]:
    user = factories.UserFactory.create(username="somebody")
    user.groups.set([Group.objects.get(name=role)])
    client = Client()
    client.force_login(user)
    return user, client


def fields(client: Any, address: str) -> set[str]:
    form = client.get(address).context["adminform"].form
    return set(form.fields)


def test_an_editor_cannot_say_which_account_a_contributor_has_nor_that_one_is_real() -> None:
    _user, client = desk_of(EDITOR)
    person = Contributor.objects.create(slug="ada", name="Ada", demo=True)
    address = f"/admin/publishing/contributor/{person.pk}/change/"
    assert not {"user", "demo"} & fields(client, address)
    values = {"slug": "ada", "name": "Ada B", "credentials": "", "biography": "", "interests": ""}
    client.post(address, values)
    person.refresh_from_db()
    assert (person.name, person.demo, person.user) == ("Ada B", True, None)


def test_a_site_admin_can() -> None:
    _user, client = desk_of(SITE_ADMIN)
    person = Contributor.objects.create(slug="ada", name="Ada", demo=True)
    assert {"user", "demo"} <= fields(client, f"/admin/publishing/contributor/{person.pk}/change/")


def test_a_site_admin_cannot_become_a_superuser() -> None:
    user, client = desk_of(SITE_ADMIN)
    root = User.objects.create_superuser("root")
    assert not {"is_superuser", "user_permissions"} & fields(
        client, f"/admin/auth/user/{user.pk}/change/"
    )
    address = f"/admin/auth/user/{root.pk}"
    assert client.get(f"{address}/password/").status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{address}/change/", {"username": "mine"}).status_code == 403


def test_a_superuser_can_change_everybody(admin_client: Any) -> None:
    root = User.objects.get(username="admin")
    assert "is_superuser" in fields(admin_client, f"/admin/auth/user/{root.pk}/change/")
    assert admin_client.get(f"/admin/auth/user/{root.pk}/delete/").status_code == 200
