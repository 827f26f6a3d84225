"""The menu that every public page is tested with."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import actions
from publishing.content import PageContent
from publishing.models import Page
from tests import factories

WILD_QUERIES = ("?a=%00", "?page=%ff%fe", "?" + "x=1&" * 500, "?%F0%9F%92%A9", "?a[]=1;b")


def is_hidden_until_published(client: Any, address: str, content: PageContent) -> None:
    """Draft, submitted, approved: 404. Published: 200. Unpublished: 410 with the reason."""
    factories.draft(content)
    assert client.get(address).status_code == 404
    revision = factories.submitted(content)
    assert client.get(address).status_code == 404
    factories.sign_off(revision)
    assert client.get(address).status_code == 404
    editor = factories.EditorFactory.create()
    actions.publish(by=editor, revision=revision)
    assert client.get(address).status_code == 200
    actions.unpublish(by=editor, page=revision.page, reason="It was out of date.")
    gone = client.get(address)
    assert gone.status_code == 410
    assert "It was out of date." in gone.content.decode()


def moves(client: Any, old: str, new: str, content: PageContent) -> None:
    """A page whose address changed answers at the old one with the new one."""
    revision = factories.published(content)
    slug = new.rstrip("/").rpartition("/")[2]
    page = Page.objects.get(pk=revision.page_id)
    editor = factories.EditorFactory.create()
    actions.save_draft(by=editor, content=content.model_copy(update={"slug": slug}), page=page)
    next_one = actions.submit(
        by=editor, page=page, change_kind="wording", change_note="A better address."
    )
    factories.sign_off(next_one)
    actions.publish(by=editor, revision=next_one)
    moved = client.get(old)
    assert (moved.status_code, moved.headers["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def answers_only_reads(client: Any, address: str, *, unknown: str = "") -> None:
    """HEAD as GET, 405 for other verbs, wild queries ignored, 404 for what is not there."""
    assert client.head(address).status_code == 200
    for verb in (client.post, client.put, client.delete, client.patch):
        assert verb(address).status_code == 405
    for query in WILD_QUERIES:
        assert client.get(address + query).status_code in (200, 404)
    if unknown:
        assert client.get(unknown).status_code == 404


def way(client: Any, address: str) -> list[tuple[str, str]]:
    """The steps of the breadcrumb, each with its address; the page itself has none."""
    text = client.get(address).content.decode()
    (nav,) = re.findall(r'<nav class="breadcrumb".*?</nav>', text, re.DOTALL)
    steps = re.findall(r'<li[^>]*>(?:<a href="([^"]*)"[^>]*>)?(.*?)(?:</a>)?</li>', nav)
    return [(unescape(title), unescape(url)) for url, title in steps]


def queries_stay_equal(
    client: Any,
    address: str,
    add: Callable[[int], object],
    *,
    most: int,
    items: int = 3,
) -> None:
    """As many queries for several items as for one, and no more than `most`."""
    add(1)
    client.get(address)
    counts = []
    for numbers in ((), range(2, items + 1)):
        _add_all(add, numbers)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= most


def _add_all(add: Callable[[int], object], numbers: Iterable[int]) -> None:
    for number in numbers:
        add(number)
