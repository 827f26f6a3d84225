"""A reader writes in two steps: the first one shows, the second one keeps."""

from typing import Any

import pytest

from comments.models import Comment, Trace
from publishing import actions as publishing_actions
from publishing.models import Page, Revision
from tests import factories
from tests.comments.conftest import ON, US, Write, hidden, stored

pytestmark = pytest.mark.django_db
State = Comment.State


def test_the_first_step_shows_the_comment_and_keeps_nothing(check: Write) -> None:
    answer = check(text="One.\n\nTwo <b> & [three](x) https://example.org/a).\nThree.")
    html = answer.content.decode()
    assert (answer.status_code, Comment.objects.count(), Trace.objects.count()) == (200, 0, 0)
    link = '<a href="https://example.org/a" rel="ugc nofollow noopener">https://example.org/a</a>'
    assert f"<p>One.</p><p>Two &lt;b&gt; &amp; [three](x) {link}).<br>Three.</p>" in html
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("step", ["write", "send"])
def test_another_site_cannot_send_the_form(client: Any, check: Write, step: str) -> None:
    said = hidden(check())
    answer = client.post(f"{ON}{step}/", said, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, Comment.objects.count()) == (403, 0)
    assert "Mine went by themselves." in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 81, "at most 80 characters"),
        ("text", "", "This field is required."),
        ("text", " \x00\u200e\n", "This field is required."),
        ("text", "x" * 5_001, "at most 5000 characters"),
        ("email", "robin", "Enter a valid email address."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason(
    check: Write, field: str, value: str, said: str
) -> None:
    fields = {"name": "Kept name", "text": "Kept text", "email": "kept@example.org"}
    html = check(**{**fields, field: value}).content.decode()
    assert said in html
    for name, kept in fields.items():
        assert name == field or kept in html


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "\x00a\x0b",
        "a\ud800",
        "e" + "\u0301" * 500,
        "\u202eright to left\u202c",
        "<script>alert(1)</script> **bold** [a](javascript:alert(1))",
        "https://a.example/ " * 250,
        "مرحبا بالعالم",
        "😀" * 500,
    ],
    ids=range(9),
)
def test_odd_texts_are_shown_as_text(client: Any, check: Write, text: str) -> None:
    answer = check(text=text.encode("utf-8", "surrogatepass"))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    sent = client.post(f"{ON}send/", hidden(answer), headers=US)
    assert sent.status_code == 303


def test_a_megabyte_is_refused_and_nothing_breaks(client: Any, check: Write) -> None:
    assert check(text="x" * 1_000_000).status_code == 200
    assert check(text="x" * 3_000_000).status_code == 400
    assert Comment.objects.count() == 0


def test_doubts_are_told_kindly_and_nothing_is_forbidden(check: Write, write: Write) -> None:
    html = check(text="Call me: 0171 2345678 please").content.decode()
    assert "phone number" in html
    assert write(text="Call me: 0171 2345678 please").status_code == 303


def test_who_writes_of_self_harm_is_told_where_help_is(client: Any, write: Write) -> None:
    factories.published(factories.plain_page_content("help", title="Help"))
    answer = write(text="I hate my face and I want to kill myself.")
    html = client.get(answer.headers["Location"]).content.decode()
    assert '<a href="/help/">Where to find help</a>' in html
    assert stored().urgent


# Replies


# Where none are taken


def test_a_page_or_a_site_that_takes_none_says_so_and_gives_the_words_back(
    client: Any, check: Write, page: Revision, settings: Any
) -> None:
    said = hidden(check())
    Page.objects.filter(pk=page.page_id).update(comments_open=False)
    answer = client.post(f"{ON}send/", said, headers=US)
    html = answer.content.decode()
    assert (answer.status_code, Comment.objects.count()) == (403, 0)
    assert "takes no comments any more" in html
    assert "Mine went by themselves." in html
    assert "Comments of readers" not in client.get("/articles/removal/").content.decode()
    Page.objects.filter(pk=page.page_id).update(comments_open=True)
    settings.COMMENTS_OPEN = False
    assert client.post(f"{ON}send/", said, headers=US).status_code == 403


@pytest.mark.parametrize("path", ["", "write/", "send/"])
def test_below_a_page_that_was_taken_down_nothing_is_written(
    client: Any, page: Revision, path: str
) -> None:
    publishing_actions.unpublish(
        by=factories.EditorFactory.create(), page=page.page, reason="Out of date."
    )
    ask = client.post if path else client.get
    assert ask(f"{ON}{path}").status_code == 410
    assert ask(f"/comments/on/article/never/{path}").status_code == 404
    assert ask(f"/comments/on/nonsense/never/{path}").status_code == 404


# Writers


def test_an_address_is_required_where_the_owner_says_so(check: Write, settings: Any) -> None:
    settings.COMMENTS_EMAIL_REQUIRED = True
    assert "This field is required." in check().content.decode()
    assert "Is this right?" in check(email="robin@example.org").content.decode()


@pytest.mark.parametrize("step", ["write", "send"])
def test_whoever_opens_a_step_again_begins_anew(client: Any, page: Revision, step: str) -> None:
    answer = client.get(f"{ON}{step}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ON}#write")


def test_a_page_that_takes_no_comments_says_so_at_the_first_step(
    check: Write, page: Revision, settings: Any
) -> None:
    settings.COMMENTS_OPEN = False
    answer = check()
    assert answer.status_code == 403
    assert "takes no comments any more" in answer.content.decode()
    assert "Mine went by themselves." in answer.content.decode()


def test_a_kind_of_page_without_comments_takes_none(client: Any, db: None) -> None:
    factories.published(factories.plain_page_content())
    said = {"name": "Robin", "text": "Mine went."}
    for step in ("", "write/", "send/"):
        ask = client.post if step else client.get
        assert ask(f"/comments/on/page/about/{step}", said, headers=US).status_code == 404


def test_a_flood_is_refused_at_the_first_step(
    check: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.actions.writing.ADDRESS_AN_HOUR", 0)
    answer = check()
    assert answer.status_code == 429
    assert "Mine went by themselves." in answer.content.decode()


def test_a_writer_who_is_none_is_nobody(write: Write) -> None:
    assert write(writer="x" * 500).status_code == 303
