"""Each role × each list of the desk: what it may do to rows, and which bulk actions it is offered.

The table is whole: a new list, or a new action, fails until somebody has written down for whom it
is. The addresses themselves stand in url_table.csv.
"""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import RequestFactory

from milia_site import roles
from publishing.models import Task
from tests import factories

pytestmark = pytest.mark.django_db

EDITOR, REVIEWER = roles.EDITOR, roles.MEDICAL_REVIEWER
MODERATOR, SITE_ADMIN = roles.MODERATOR, roles.SITE_ADMIN
Row = dict[str, tuple[str, str]]
ON_PAGES = "change_owner close_comments open_comments review_now set_interval"
WRITTEN: Row = {
    EDITOR: ("add change delete view", ON_PAGES),
    REVIEWER: ("view", ""),
    SITE_ADMIN: ("add change delete view", ON_PAGES),
}
RECORD: Row = {EDITOR: ("view", ""), REVIEWER: ("view", ""), SITE_ADMIN: ("view", "")}


def library(*actions: str) -> Row:
    return {
        EDITOR: ("add change view", " ".join(actions)),
        REVIEWER: ("view", ""),
        SITE_ADMIN: ("add change delete view", " ".join(sorted([*actions, "delete_selected"]))),
    }


# model: {role: (verbs, bulk actions)}; a role that is not named may not open the list.
TABLE: dict[str, Row] = {
    "articles.article": WRITTEN,
    "articles.technique": WRITTEN,
    "articles.condition": WRITTEN,
    "articles.glossary": WRITTEN,
    "articles.plainpage": WRITTEN,
    "faq.question": WRITTEN,
    "references.reference": library("ask_services"),
    "publishing.contributor": library(),
    "publishing.image": library("make_copies"),
    "publishing.task": library("mark_done", "take_over"),
    "publishing.page": {
        EDITOR: ("view", ON_PAGES),
        REVIEWER: ("view", ""),
        SITE_ADMIN: ("view", ON_PAGES),
    },
    "publishing.link": {
        EDITOR: ("change view", "ask_again ignore"),
        REVIEWER: ("view", ""),
        SITE_ADMIN: ("change view", "ask_again ignore"),
    },
    "publishing.revision": RECORD,
    "publishing.event": RECORD,
    "publishing.searchmiss": RECORD,
    "comments.comment": {
        EDITOR: ("view", ""),
        MODERATOR: ("change view", ""),
        SITE_ADMIN: ("change view", ""),
    },
    "auth.user": {SITE_ADMIN: ("add change delete view", "delete_selected")},
    "auth.group": {SITE_ADMIN: ("view", "")},
    "procrastinate.procrastinatejob": {SITE_ADMIN: ("view", "run_again")},
}


def member(role: str) -> User:
    """An account with the role."""
    user = factories.UserFactory.create(username="somebody")
    user.groups.set([Group.objects.get(name=role)])
    return user


def may(model_admin: Any, user: User) -> tuple[str, str] | None:
    """The verbs and the bulk actions of an account in a list; None where it may not open it."""
    request = RequestFactory().get("/admin/")
    request.user = user
    verbs = sorted(verb for verb, yes in model_admin.get_model_perms(request).items() if yes)
    if "view" not in verbs:
        return None
    return " ".join(verbs), " ".join(sorted(model_admin.get_actions(request)))


@pytest.mark.parametrize("role", roles.PERMISSIONS)
def test_each_role_may_do_in_each_list_what_the_table_says(role: str) -> None:
    user = member(role)
    found = {
        model._meta.label_lower: may(model_admin, user)
        for model, model_admin in admin.site._registry.items()
    }
    assert found == {model: row.get(role) for model, row in TABLE.items()}


@pytest.mark.parametrize("role", [roles.EDITOR, roles.MEDICAL_REVIEWER])
def test_an_action_that_a_role_is_not_offered_does_nothing_when_it_is_sent_all_the_same(
    client: Any, role: str
) -> None:
    user = member(role)
    client.force_login(user)
    page = factories.draft(factories.article_content())
    task = Task.objects.create(page=page, kind="reader-report", detail="Look.")
    chosen = {"_selected_action": [task.pk], "action": "mark_done"}
    client.post("/admin/publishing/task/", chosen)
    task.refresh_from_db()
    assert (task.done_by == user) is (role == roles.EDITOR)
    sent = {"_selected_action": [page.pk], "action": "set_interval", "review_months": "7"}
    for address in ("/admin/articles/article/", "/admin/publishing/page/"):
        client.post(address, {**sent, "apply": "1"})
    page.refresh_from_db()
    assert (page.review_months == 7) is (role == roles.EDITOR)


def test_who_may_not_change_all_kinds_is_offered_no_bulk_action_for_all_of_them() -> None:
    user = member(roles.EDITOR)
    group = user.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_question"))
    found = {
        model._meta.label_lower: may(model_admin, user)
        for model, model_admin in admin.site._registry.items()
    }
    assert found["publishing.page"] == ("view", "")
    assert found["articles.article"] == WRITTEN[roles.EDITOR]


def test_a_role_that_was_taken_away_in_mid_work_stops_a_bulk_action(client: Any) -> None:
    user = member(roles.EDITOR)
    client.force_login(user)
    page = factories.draft(factories.article_content())
    address = "/admin/articles/article/"
    sent = {"_selected_action": [page.pk], "action": "set_interval"}
    assert client.post(address, sent).status_code == 200
    user.groups.clear()
    answer = client.post(address, {**sent, "review_months": "7", "apply": "1"})
    page.refresh_from_db()
    assert (answer.status_code, page.review_months) == (403, 24)
