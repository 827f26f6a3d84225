"""The comments below a page, as readers see them."""

import re
from typing import Any

import pytest

from comments import actions
from publishing import actions as publishing_actions
from publishing.models import Page, Revision
from tests import factories
from tests.comments.conftest import ON, let_through, texts, written

pytestmark = pytest.mark.django_db
PAGE = "/articles/removal/"


def test_only_what_was_let_through_is_shown_below_the_page_and_in_the_list(
    client: Any, page: Revision, moderator: Any
) -> None:
    let_through(written(page, text="Shown."), moderator)
    for state in ("held", "spam"):
        written(page, text="Not shown.", state=state)
    for address in (PAGE, ON):
        html = client.get(address).content.decode()
        assert texts(html) == ["Shown."]
        assert "Not shown." not in html


def test_replies_follow_what_they_reply_to_in_both_orders(
    client: Any, page: Revision, moderator: Any
) -> None:
    first = let_through(written(page, text="First."), moderator)
    let_through(written(page, text="Second."), moderator)
    reply = let_through(written(page, text="Reply.", parent=first), moderator)
    let_through(written(page, text="Deeper.", parent=reply), moderator)
    assert texts(client.get(ON).content.decode()) == ["First.", "Reply.", "Deeper.", "Second."]
    newest = client.get(f"{ON}?order=newest").content.decode()
    assert texts(newest) == ["Second.", "First.", "Reply.", "Deeper."]
    assert "comment-depth-2" in newest


def test_what_was_removed_says_why(client: Any, page: Revision, moderator: Any) -> None:
    comment = let_through(written(page, text="Take ten of them."), moderator)
    actions.remove(by=moderator, comment=comment, version=comment.version, reason="medical-advice")
    html = client.get(ON).content.decode()
    assert "A moderator has removed this comment. Reason: medical advice." in html
    assert "Take ten" not in html


def test_an_article_costs_one_query_for_its_comments_however_many(
    client: Any, page: Revision, moderator: Any, django_assert_num_queries: Any
) -> None:
    let_through(written(page), moderator)
    with django_assert_num_queries(2):
        client.get(PAGE)
    for _number in range(30):
        let_through(written(page), moderator)
    with django_assert_num_queries(2):
        client.get(PAGE)


def test_a_closed_page_shows_what_is_there_and_takes_nothing_new(
    client: Any, page: Revision, moderator: Any
) -> None:
    let_through(written(page, text="Shown."), moderator)
    Page.objects.filter(pk=page.page_id).update(comments_open=False)
    for address in (PAGE, ON):
        html = client.get(address).content.decode()
        assert texts(html) == ["Shown."]
        assert "This page takes no new comments." in html
        assert "<textarea" not in html


def test_kinds_without_comments_and_previews_have_none(client: Any) -> None:
    factories.published(factories.plain_page_content())
    factories.published(factories.glossary_content())
    for address in ("/about/", "/glossary/"):
        assert "Comments of readers" not in client.get(address).content.decode()


def test_the_list_has_the_menu_of_every_page(client: Any, page: Revision) -> None:
    assert client.post(ON).status_code == 405
    assert client.get("/comments/on/article/never/").status_code == 404
    by = factories.EditorFactory.create()
    publishing_actions.unpublish(by=by, page=page.page, reason="Out of date.")
    assert client.get(ON).status_code == 410


def test_comments_are_in_no_search_no_graph_and_no_document(
    client: Any, page: Revision, moderator: Any
) -> None:
    let_through(written(page, name="Zebediah", text="Quokkas helped."), moderator)
    html = client.get(PAGE).content.decode()
    (graph,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert "Quokkas" not in graph
    for address in ("/articles/removal.md", "/articles/removal.json", "/feed.json"):
        assert "Quokkas" not in client.get(address).content.decode()
    assert "Nothing was found" in client.get("/search/?q=quokkas").content.decode()


def test_the_privacy_page_says_what_is_in_force(client: Any, settings: Any) -> None:
    factories.published(factories.plain_page_content("privacy"))
    settings.COMMENTS_REFUSED_KEPT_DAYS = 17
    settings.COMMENTS_TRUSTED_AFTER = 3
    settings.COMMENTS_EMAIL_REQUIRED = True
    html = client.get("/privacy/").content.decode()
    for said in ("17 days after that", "Your e-mail address is needed.", "after 3 comments"):
        assert said in html
    settings.COMMENTS_OPEN = False
    assert "Comments are closed at the moment." in client.get("/privacy/").content.decode()


def test_a_comment_is_shown_with_its_writer_its_day_and_the_ways_on(
    page: Revision, moderator: Any
) -> None:
    comment = let_through(written(page, name="Robin & Sam"), moderator)
    day = comment.written_at.strftime("%Y-%m-%d")
    words = f"{comment.written_at.day} {comment.written_at:%B %Y}"
    hidden = '<span class="visually-hidden"> to the comment of Robin &amp; Sam</span>'
    assert comment.html == (
        f'<li id="comment-{comment.pk}" class="comment comment-depth-0">'
        '<p class="comment-head"><strong dir="auto">Robin &amp; Sam</strong> '
        f'<a href="#comment-{comment.pk}"><time datetime="{day}">{words}</time></a></p>'
        '<div dir="auto"><p>Mine went by themselves.</p></div><p class="comment-ways">'
        f'<a href="/comments/{comment.pk}/reply/" rel="nofollow">Reply{hidden}</a> '
        f'<a href="/comments/{comment.pk}/flag/" rel="nofollow">Something wrong with it?{hidden}'
        "</a></p></li>"
    )
