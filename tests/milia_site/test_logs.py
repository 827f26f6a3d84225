"""Log lines say nothing that opens a page."""

import logging
from typing import Any

import pytest
from django.test import Client

from milia_site.logs import HideTokens, hide_tokens


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Not Found: /preview/12.abc_-D/", "Not Found: /preview/…/"),
        ("GET /preview/12.abc/page/?x=1, /preview/3.d", "GET /preview/…/page/?x=1, /preview/…"),
        ("Not Found: /articles/preview-of/", "Not Found: /articles/preview-of/"),
        ("/preview/", "/preview/"),
        ("Not Found: /comments/mine/aB-_9/correct/", "Not Found: /comments/mine/…/correct/"),
        ("Forbidden: /comments/decide/WzFd:1x:y/", "Forbidden: /comments/decide/…/"),
        ("GET /comments/on/article/x/?as=aB-_9&page=2", "GET /comments/on/article/x/?as=…&page=2"),
        ("Not Found: /comments/7/", "Not Found: /comments/7/"),
    ],
)
def test_a_line_keeps_all_but_the_token(text: str, shown: str) -> None:
    assert hide_tokens(text) == shown


def test_a_record_without_a_token_is_left_alone() -> None:
    record = logging.LogRecord("x", 30, "x.py", 1, "Not Found: %s", ("/x/",), None)
    assert HideTokens().filter(record)
    assert (record.msg, record.args) == ("Not Found: %s", ("/x/",))


@pytest.mark.django_db
def test_what_django_logs_of_a_refused_link_has_no_token(client: Client) -> None:
    records: list[Any] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger, handler = logging.getLogger("django.request"), Keep()
    logger.addHandler(handler)
    try:
        client.get("/preview/12.secret/")
        client.get("/no-such-page/")
    finally:
        logger.removeHandler(handler)
    assert [record.getMessage() for record in records] == [
        "Not Found: /preview/…/",
        "Not Found: /no-such-page/",
    ]
    assert records[0].request is None
