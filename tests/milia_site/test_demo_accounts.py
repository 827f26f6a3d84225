import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from milia_site import roles
from publishing import actions
from publishing.models import Contributor

pytestmark = pytest.mark.django_db
NAMES = ["admin", "editor", "moderator", "reviewer"]


@pytest.fixture(autouse=True)
def no_demo_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


def output() -> str:
    written = io.StringIO()
    call_command("demo_accounts", stdout=written)
    return written.getvalue()


def rows(text: str) -> list[list[str]]:
    """The cells of the table, below its head."""
    lines = [re.split(" {2,}", line.strip()) for line in text.splitlines()]
    return [cells for cells in lines if len(cells) == 3][1:]


def test_four_staff_accounts_are_made_with_the_passwords_that_are_shown() -> None:
    cells = rows(output())
    assert [row[:2] for row in cells] == [
        ["editor", "Editor"],
        ["reviewer", "Medical reviewer"],
        ["moderator", "Moderator"],
        ["admin", "Site admin"],
    ]
    users = {user.username: user for user in User.objects.all()}
    assert sorted(users) == NAMES
    for username, role, password in cells:
        user = users[username]
        assert user.check_password(password)
        assert (user.is_staff, user.is_superuser) == (True, username == "admin")
        assert [group.name for group in user.groups.all()] == [role]
        assert len(password) == 16
    assert len({row[2] for row in cells}) == 4


def test_the_table_is_easy_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "four words of mine")
    assert (
        output()
        == """
New accounts. Note the passwords: they are not shown again.

  account    role              password
  editor     Editor            as in DEMO_PASSWORD
  reviewer   Medical reviewer  as in DEMO_PASSWORD
  moderator  Moderator         as in DEMO_PASSWORD
  admin      Site admin        as in DEMO_PASSWORD
"""
    )


def test_a_password_of_ones_own_is_used_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "four words of mine")
    assert "four words of mine" not in output()
    users = list(User.objects.all())
    assert [user.check_password("four words of mine") for user in users] == [True] * 4


def test_a_second_run_changes_and_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    output()
    before = list(User.objects.order_by("pk").values())
    monkeypatch.setenv("DEMO_PASSWORD", "another one")
    assert output() == "Accounts exist already.\n"
    assert list(User.objects.order_by("pk").values()) == before


def test_an_account_that_exists_is_left_as_it_is() -> None:
    User.objects.create_user("admin", password="my own", first_name="Ada")
    before = User.objects.filter(username="admin").values().get()
    assert [row[0] for row in rows(output())] == ["editor", "reviewer", "moderator"]
    assert User.objects.filter(username="admin").values().get() == before
    assert not User.objects.get(username="admin").groups.exists()


def test_editor_and_reviewer_stand_behind_demo_contributors() -> None:
    output()
    people = Contributor.objects.values_list("slug", "name", "demo", "user__username")
    assert list(people) == [
        ("demo-author", "Demo author", True, "editor"),
        ("demo-reviewer", "Demo reviewer", True, "reviewer"),
    ]
    reviewer = User.objects.get(username="reviewer")
    assert actions.contributor_of(reviewer).slug == "demo-reviewer"


def test_contributors_that_exist_are_linked_and_keep_their_words() -> None:
    Contributor.objects.create(slug="demo-author", name="Author", biography="Words.", demo=True)
    output()
    author = Contributor.objects.get(slug="demo-author")
    assert author.user == User.objects.get(username="editor")
    assert (author.name, author.biography) == ("Author", "Words.")


def test_no_account_stands_behind_a_person_or_takes_anothers_place() -> None:
    other = User.objects.create_user("other")
    Contributor.objects.create(slug="demo-author", name="Dr Real", demo=False)
    Contributor.objects.create(slug="demo-reviewer", name="Demo", demo=True, user=other)
    output()
    people = Contributor.objects.values_list("slug", "name", "demo", "user__username")
    assert sorted(people) == [
        ("demo-author", "Dr Real", False, None),
        ("demo-reviewer", "Demo", True, "other"),
    ]


def test_a_site_that_is_no_demonstration_gets_no_accounts(settings: Any) -> None:
    settings.DEMO_MODE = False
    assert output() == (
        "DEMO_MODE is off: make accounts of your own with manage.py createsuperuser.\n"
    )
    assert not User.objects.exists()
    assert not Contributor.objects.exists()


def test_the_accounts_may_do_what_their_role_says() -> None:
    output()
    for name in ("editor", "reviewer", "moderator"):
        user = User.objects.get(username=name)
        (group,) = user.groups.all()
        assert user.get_all_permissions() == roles.PERMISSIONS[group.name]
