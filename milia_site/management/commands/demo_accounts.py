"""Makes the accounts with which a new site can be tried."""

import os
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from milia_site import roles
from publishing.models import Contributor

# What each account is; the names are those that `load_content` writes and signs as.
ACCOUNTS = {
    "editor": roles.EDITOR,
    "reviewer": roles.MEDICAL_REVIEWER,
    "moderator": roles.MODERATOR,
    "admin": roles.SITE_ADMIN,
}
# The contributors behind the accounts that write and sign: address and name.
CONTRIBUTORS = {
    "editor": ("demo-author", "Demo author"),
    "reviewer": ("demo-reviewer", "Demo reviewer"),
}


class Command(BaseCommand):
    help = (
        "Make the accounts editor, reviewer, moderator and admin where they are missing. "
        "Their passwords are random and shown once, or DEMO_PASSWORD for all."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO_MODE:
            self.stdout.write(
                _("DEMO_MODE is off: make accounts of your own with manage.py createsuperuser.")
            )
            return
        made = make_accounts(os.environ.get("DEMO_PASSWORD", ""))
        if made:
            self.stdout.write(_table(made))
        else:
            self.stdout.write(_("Accounts exist already."))


@dataclass(frozen=True)
class NewAccount:
    """An account that was just made, and its password as far as it may be shown."""

    username: str
    role: str
    shown_password: str


@transaction.atomic
def make_accounts(password: str) -> list[NewAccount]:
    """Make the accounts that are missing, each with `password` or else a random one of its own.

    Accounts that exist are left as they are.
    """
    taken = set(User.objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    return [
        _make_account(username, role, password)
        for username, role in ACCOUNTS.items()
        if username not in taken
    ]


def _make_account(username: str, role: str, password: str) -> NewAccount:
    own = password or secrets.token_urlsafe(12)
    user = User.objects.create_user(
        username, password=own, is_staff=True, is_superuser=role == roles.SITE_ADMIN
    )
    user.groups.add(Group.objects.get(name=role))
    if username in CONTRIBUTORS:
        _stand_behind(user, *CONTRIBUTORS[username])
    return NewAccount(username, role, _("as in DEMO_PASSWORD") if password else own)


def _stand_behind(user: User, slug: str, name: str) -> None:
    """Let the account write or sign as a demo contributor, never as a person."""
    Contributor.objects.get_or_create(slug=slug, defaults={"name": name, "demo": True})
    Contributor.objects.filter(slug=slug, user=None, demo=True).update(user=user)


def _table(made: list[NewAccount]) -> str:
    rows = [(_("account"), _("role"), _("password"))]
    rows += [(account.username, account.role, account.shown_password) for account in made]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    notice = _("New accounts. Note the passwords: they are not shown again.")
    return "\n".join(["", notice, "", *(f"  {line}" for line in lines), ""])
