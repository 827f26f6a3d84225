import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from milia_site import roles
from tests import house

ALL_ROLES = {"Editor", "Medical reviewer", "Moderator", "Site admin"}
WORKFLOW = {
    "publishing.submit_revision",
    "publishing.sign_off_revision",
    "publishing.publish_revision",
}


# Written by the workflow and by services, never by hand.
RECORDS = {
    "publishing": {
        "citation",
        "contribution",
        "draftauthor",
        "event",
        "imageuse",
        "inclusion",
        "page",
        "previewlink",
        "remark",
        "reminder",
        "revision",
        "searchmiss",
        "signoff",
        "waiver",
    },
    "references": {"alias", "foundnotice"},
}


def permissions_of(role: str) -> set[str]:
    """What an account in a group may do, as Django answers it."""
    user = User.objects.create(username="somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user.get_all_permissions()


def models_that(verb: str, permissions: set[str]) -> set[str]:
    """The models that may be viewed, added, changed or deleted with these permissions."""
    return {name.replace(f"{verb}_", "") for name in permissions - WORKFLOW if f".{verb}_" in name}


@pytest.mark.django_db
def test_migrations_make_four_groups() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == ALL_ROLES


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ALL_ROLES))
def test_a_group_has_every_permission_that_is_named(role: str) -> None:
    assert permissions_of(role) == roles.PERMISSIONS[role]


@pytest.mark.django_db
def test_editors_write_and_publish_but_sign_nothing_off() -> None:
    permissions = permissions_of("Editor")
    pages = {
        "articles.article",
        "articles.technique",
        "articles.condition",
        "articles.glossary",
        "articles.plainpage",
        "faq.question",
    }
    rows = {
        "articles.articletechnique",
        "articles.assessment",
        "articles.term",
        "publishing.credit",
    }
    library = {
        "references.reference",
        "publishing.image",
        "publishing.contributor",
        "publishing.task",
    }
    assert permissions & WORKFLOW == {
        "publishing.submit_revision",
        "publishing.publish_revision",
    }
    assert models_that("add", permissions) == pages | rows | library
    assert models_that("change", permissions) == pages | rows | library | {"publishing.link"}
    assert models_that("delete", permissions) == pages | rows


@pytest.mark.django_db
def test_reviewers_see_what_editors_see_and_only_sign_off() -> None:
    permissions = permissions_of("Medical reviewer")
    seen = models_that("view", permissions)
    assert seen == {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in house.APPS and model._meta.app_label != "comments"
        if model._meta.default_permissions
    }
    assert permissions - {name.replace(".", ".view_") for name in seen} == {
        "publishing.sign_off_revision"
    }


@pytest.mark.django_db
def test_moderators_touch_nothing_but_comments() -> None:
    assert permissions_of("Moderator") == {"comments.view_comment", "comments.change_comment"}


@pytest.mark.django_db
def test_site_admins_may_do_everything_but_rewrite_the_record() -> None:
    permissions = permissions_of("Site admin")
    ours = {
        f"{label}.{codename}"
        for label, codename in Permission.objects.values_list("content_type__app_label", "codename")
        if label in house.APPS
    }
    written = {
        f"{app}.{verb}_{model}"
        for app, models in RECORDS.items()
        for model in models
        for verb in ("add", "change", "delete")
    }
    written |= {"publishing.add_link", "publishing.delete_link"}  # found in texts
    users = {f"auth.{verb}_user" for verb in ("view", "add", "change", "delete")}
    readers_only = {"comments.add_comment"}
    readable = {"auth.view_group", "procrastinate.view_procrastinatejob"}
    assert permissions == ours - written - readers_only | users | readable


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Editor", "Medical reviewer", "Moderator"])
def test_only_site_admins_touch_accounts(role: str) -> None:
    assert {name for name in permissions_of(role) if name.startswith("auth.")} == set()


@pytest.mark.django_db
def test_what_was_added_to_a_group_goes_with_the_next_migration() -> None:
    group = Group.objects.get(name="Moderator")
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    group.permissions.remove(Permission.objects.get(codename="view_comment"))
    Group.objects.create(name="Translators")
    roles.make_groups()
    codenames = set(group.permissions.values_list("codename", flat=True))
    assert codenames == {"view_comment", "change_comment"}
    assert set(Group.objects.values_list("name", flat=True)) == ALL_ROLES | {"Translators"}


@pytest.mark.django_db
def test_making_the_groups_again_writes_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        roles.make_groups()
    written = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert len(queries) > 4
    assert [sql for sql in written if "SAVEPOINT" not in sql] == []


@pytest.mark.django_db
def test_without_tables_for_accounts_nothing_is_made() -> None:
    Group.objects.all().delete()
    roles.make_groups(apps=Apps())
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_groups_are_there_after_a_flush() -> None:
    call_command("flush", interactive=False, verbosity=0)
    groups = Group.objects.prefetch_related("permissions__content_type")
    assert {
        group.name: {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in group.permissions.all()
        }
        for group in groups
    } == roles.PERMISSIONS
