"""What tests of comments need: a page that is commented on, and how a reader writes."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from comments import actions, tickets
from comments.models import Comment
from comments.paths import path_below
from publishing.models import Revision
from tests import factories

US = {"Sec-Fetch-Site": "same-origin"}
ON = "/comments/on/article/removal/"
Write = Callable[..., Any]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers take ten seconds between one step and the next."""
    clock = count(1_800_000_000, 10)
    monkeypatch.setattr(tickets, "_now", lambda: float(next(clock)))


@pytest.fixture
def page(db: None) -> Revision:
    """An article that takes comments."""
    return factories.published(factories.article_content())


@pytest.fixture
def check(client: Any, page: Revision) -> Write:
    """Take the first step; gives the answer."""

    def post(**fields: Any) -> Any:
        said = {"name": "Robin", "text": "Mine went by themselves.", **fields}
        return client.post(f"{ON}write/", said, headers=US)

    return post


@pytest.fixture
def write(client: Any, check: Write) -> Write:
    """Take both steps; gives the answer to the second one."""

    def post(**fields: Any) -> Any:
        return client.post(f"{ON}send/", hidden(check(**fields)) | fields, headers=US)

    return post


def stored(**fields: Any) -> Comment:
    """The only comment there is, as it is stored now."""
    return Comment.objects.get(**fields)


def hidden(answer: Any) -> dict[str, str]:
    """What the check page sends on."""
    html = answer.content.decode()
    inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    area = re.search(r'<textarea[^>]*name="text"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    return dict(inputs) | ({"text": area[1]} if area else {})


@pytest.fixture
def moderator(db: None) -> Any:
    """An account that may decide."""
    return factories.UserFactory.create(username="moderator", may=("change_comment",))


def written(page: Revision, **fields: Any) -> Comment:
    """A comment that waits, with its path."""
    said = {"page": page.page, "name": "Robin", "text": "Mine went by themselves.", **fields}
    parent = said.get("parent")
    comment = Comment.objects.create(depth=parent.depth + 1 if parent else 0, **said)
    comment.path = path_below(parent.path if parent else "", comment.pk)
    comment.save()
    return comment


def let_through(comment: Comment, by: Any) -> Comment:
    """The comment, shown."""
    return actions.approve(by=by, comment=comment, version=comment.version)


def approved(comment: Comment) -> Comment:
    """The comment, shown by a moderator of its own."""
    return let_through(comment, factories.UserFactory.create(may=("change_comment",)))


def texts(html: str) -> list[str]:
    """The comments that a page shows, in order."""
    return re.findall(r'<div dir="auto"><p>(.*?)</p></div>', html)
