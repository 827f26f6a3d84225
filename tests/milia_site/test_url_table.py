"""Every address × role × state × method, as a table in the repository.

A new address without a row fails, and so does any answer that differs from its row. After a wanted
change, edit the row by hand and think about who may now see what.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import signing
from django.test import Client
from django.urls import URLPattern, get_resolver

import comments.actions
from comments import keys, notices
from comments.models import Comment
from milia_site import roles
from publishing import actions
from publishing.models import Contributor, Event, Image, Link, Page, SearchMiss, Task
from tests import factories

TABLE = Path(__file__).with_name("url_table.csv")
ROLES = (None, roles.EDITOR, roles.MEDICAL_REVIEWER, roles.MODERATOR, roles.SITE_ADMIN)
COLUMNS = ("route", "address", "method", "anonymous", "editor", "reviewer", "moderator", "admin")


def rows() -> list[dict[str, str]]:
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every route of the resolver, as it is written in the URL configuration."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


@pytest.fixture
def client() -> Client:
    """Django's own: the answer of the Markdown preview is a piece of a page."""
    return Client()


@pytest.fixture
def world(db: None) -> dict[str, str]:
    """An article in each state, and one of everything that has an address; ids by name."""
    states = {
        "draft": factories.draft(factories.article_content("draft")),
        "submitted": factories.submitted(factories.article_content("submitted")).page,
        "live": factories.published(factories.article_content("live")).page,
        "gone": factories.published(factories.article_content("gone")).page,
    }
    editor = factories.EditorFactory.create()
    actions.unpublish(by=editor, page=states["gone"], reason="Old.")
    factories.published(factories.technique_content("live"))
    factories.published(factories.question_content("live"))
    factories.published(factories.glossary_content())
    factories.published(factories.plain_page_content("live"))
    image = Image.objects.create(slug="image", file="image.png", width=1, height=1, added_by=editor)
    task = Task.objects.create(page=states["live"], kind="broken-link", detail="x")
    ids = {name: str(page.pk) for name, page in states.items()}
    revision = states["live"].revisions.get()
    person = Contributor.objects.get(user=editor)
    waiting = states["submitted"].revisions.get()
    link, revoked = (
        actions.share(by=editor, revision=waiting, recipient=name, days=7)
        for name in ("Ann", "Ben")
    )
    return ids | {
        "revision": str(revision.pk),
        "waiting": str(waiting.pk),
        "link": str(revoked.pk),
        "token": actions.token_of(link),
        "image": str(image.pk),
        "task": str(task.pk),
        "outgoing": str(Link.objects.create(url="https://example.org/", host="example.org").pk),
        "miss": str(_miss().pk),
        **_comments(states["live"]),
        "event": str(Event.objects.filter(page=states["live"]).latest("pk").pk),
        "person": str(person.pk),
        "reference": str(factories.reference().pk),
    }


def _miss() -> SearchMiss:
    """A search that found nothing, twice."""
    return SearchMiss.objects.create(words="nothing", times=2, last_on="2026-01-01")


def _comments(page: Page) -> dict[str, str]:
    """A comment that is shown and one that waits; the private link, and one in an e-mail."""
    moderator = factories.UserFactory.create(username="by-mail", may=("change_comment",))
    secret = keys.private_key("a ticket")
    held = Comment.objects.create(page=page, name="A", text="B", access=keys.hashed(secret))
    shown = Comment.objects.create(page=page, name="A", text="B")
    comments.actions.approve(by=moderator, comment=shown, version=shown.version)
    link = notices.Link(moderator.pk, held.pk, held.version, "approve")
    mailed = signing.dumps(list(link), salt=notices.SALT)
    return {"comment": str(shown.pk), "held": str(held.pk), "secret": secret, "mailed": mailed}


def answers(client: Client, row: dict[str, str], ids: dict[str, str]) -> dict[str, str]:
    """The row as it is: its answer to each role."""
    address = row["address"].format(**ids)
    found = {}
    for column, role in zip(COLUMNS[3:], ROLES, strict=True):
        client.logout()
        if role is not None:
            user, _made = User.objects.get_or_create(username=column, defaults={"is_staff": True})
            user.groups.set([Group.objects.get(name=role)])
            client.force_login(user)
        answer = getattr(client, row["method"].lower())(address)
        found[column] = str(answer.status_code)
    return found


def test_every_address_has_a_row() -> None:
    assert len(rows()) > 100
    assert {row["route"] for row in rows()} == set(routes())


@pytest.mark.parametrize("part", range(4))
def test_every_answer_is_the_one_in_the_table(
    client: Client, world: dict[str, str], part: int
) -> None:
    told, found = {}, {}
    for number, row in enumerate(rows()):
        if number % 4 == part:
            key = f"{row['method']} {row['address']}"
            told[key] = {column: row[column] for column in COLUMNS[3:]}
            found[key] = answers(client, row, world)
    assert found == told
