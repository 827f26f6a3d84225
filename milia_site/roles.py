"""What editors, medical reviewers, moderators and site admins may do.

The four groups are made after every migration, with exactly these permissions. A site that wants
other rights makes groups of its own.
"""

from collections.abc import Iterable
from itertools import product
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Value
from django.db.models.functions import Concat

EDITOR = "Editor"
MEDICAL_REVIEWER = "Medical reviewer"
MODERATOR = "Moderator"
SITE_ADMIN = "Site admin"

PAGES = (
    "articles.article",
    "articles.technique",
    "articles.condition",
    "articles.glossary",
    "articles.plainpage",
    "faq.question",
)
# Rows in the form of a page, which come and go with it.
ROWS_OF_PAGES = (
    "articles.articletechnique",
    "articles.assessment",
    "articles.term",
    "publishing.credit",
)
# What texts lean on: taken away, it would leave a hole in them.
LIBRARY = (
    "references.reference",
    "publishing.image",
    "publishing.contributor",
    "publishing.task",
)
# Written by the workflow and by services alone.
RECORDS = (
    "references.alias",
    "references.foundnotice",
    "publishing.page",
    "publishing.draftauthor",
    "publishing.revision",
    "publishing.contribution",
    "publishing.signoff",
    "publishing.citation",
    "publishing.inclusion",
    "publishing.imageuse",
    "publishing.waiver",
    "publishing.previewlink",
    "publishing.remark",
    "publishing.event",
    "publishing.reminder",
    "publishing.searchmiss",
)
# Found in texts; people only say which of them to leave alone.
LINKS = ("publishing.link",)
COMMENTS = ("comments.comment",)
EDITORIAL = (*PAGES, *ROWS_OF_PAGES, *LIBRARY, *RECORDS, *LINKS)

SUBMIT = "publishing.submit_revision"
SIGN_OFF = "publishing.sign_off_revision"
PUBLISH = "publishing.publish_revision"


def _may(verbs: str, models: Iterable[str]) -> frozenset[str]:
    """The permissions for some verbs on some models, such as `faq.view_question`."""
    named = (model.split(".") for model in models)
    return frozenset(
        f"{app}.{verb}_{model}" for verb, (app, model) in product(verbs.split(), named)
    )


PERMISSIONS = {
    EDITOR: _may("view", EDITORIAL)
    | _may("add change delete", (*PAGES, *ROWS_OF_PAGES))
    | _may("add change", LIBRARY)
    | _may("change", LINKS)
    | _may("view", COMMENTS)
    | {SUBMIT, PUBLISH},
    MEDICAL_REVIEWER: _may("view", EDITORIAL) | {SIGN_OFF},
    # Readers write comments; a moderator lets them through or holds them. Editors read them.
    MODERATOR: _may("view change", COMMENTS),
    SITE_ADMIN: _may("view", RECORDS)
    | _may("view change", LINKS)
    | _may("view add change delete", (*PAGES, *ROWS_OF_PAGES, *LIBRARY, "auth.user"))
    | _may("view change delete", COMMENTS)
    | _may("view", ["auth.group", "procrastinate.procrastinatejob"])
    | {SUBMIT, SIGN_OFF, PUBLISH},
}


def make_groups(*, using: str = "default", apps: Apps = installed, **_signal: Any) -> None:
    """Make the groups in the database `using`, and give each its permissions; post_migrate.

    `apps` are the tables that are there: while accounts have none, there is nothing to do.
    """
    try:
        apps.get_model("auth", "Group")
    except LookupError:
        return
    # Django makes each app's permissions when its own turn comes, which is later for some.
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, using=using, apps=apps)
    name = Concat("content_type__app_label", Value("."), "codename")
    stored = Permission.objects.using(using).annotate(permission_name=name)
    for role, wanted in PERMISSIONS.items():
        group, _made = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(stored.filter(permission_name__in=wanted))
