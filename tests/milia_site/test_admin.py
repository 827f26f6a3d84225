"""Who may change accounts, and who may say which person an account is."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

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


def test_a_site_admin_sees_the_jobs_and_puts_failed_ones_back() -> None:
    _user, client = desk_of(SITE_ADMIN)
    statement = """INSERT INTO procrastinate_jobs (queue_name, task_name, priority, status)
        VALUES ('default', %s, 0, %s::procrastinate_job_status) RETURNING id"""
    with connection.cursor() as cursor:
        cursor.execute(statement, ["references.check_due", "failed"])
        (failed,) = cursor.fetchone()
        cursor.execute(statement, ["unheard.of", "succeeded"])
        (ended,) = cursor.fetchone()
    address = "/admin/procrastinate/procrastinatejob/"
    listed = client.get(address).content.decode()
    assert "Ask Crossref and PubMed about all sources" in listed
    assert "unheard.of" in listed
    assert client.get(f"{address}{failed}/change/").status_code == 200
    chosen = {"action": "run_again", "_selected_action": [failed, ended]}
    assert "1 job waits again." in client.post(address, chosen, follow=True).content.decode()
    jobs = dict(ProcrastinateJob.objects.values_list("id", "status"))
    assert jobs == {failed: "todo", ended: "succeeded"}
