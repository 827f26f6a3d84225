"""What is not live is in no public byte: drafts with a unique word in every field are sought."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from articles.content import Assessment, Certainty, Term
from publishing import actions
from publishing.content import PageContent
from tests import factories

pytestmark = pytest.mark.django_db

CANARY = "xyzzycanary"
START = (
    "/",
    "/articles/",
    "/techniques/",
    "/faq/",
    "/glossary/",
    "/references/",
    "/references/berk2008/",
    "/conditions/milia/",
    "/about/",
    "/contributors/reviewer/",
    "/about/history/",
    "/search/",
    "/robots.txt",
    "/sitemap.xml",
    "/feed.json",
    "/feeds/articles.atom",
    *(
        f"/{name}.{form}"
        for name in (
            "articles/removal",
            "techniques/do-nothing",
            "conditions/milia",
            "faq/what-are-milia",
            "glossary",
            "about",
        )
        for form in ("md", "json")
    ),
    *(
        f"/search/?q={CANARY.upper()}{kind.upper()}"  # its own words stand on the page
        for kind in ("condition", "technique", "article", "question", "glossary", "page")
    ),
)


def texts(kind: str) -> dict[str, Any]:
    """A unique word for every text of a kind."""
    word = f"{CANARY}{kind}"
    by_kind: dict[str, dict[str, Any]] = {
        "condition": {"overview": word, "body": word, "also_called": (word,)},
        "technique": {
            "verdict": word,
            "how_it_works": word,
            "unknowns": word,
            "assessments": (
                Assessment(
                    condition="milia",
                    certainty=Certainty.HIGH,
                    basis=word,
                    references=("berk2008",),
                    sentence=word,
                ),
            ),
        },
        "article": {
            "standfirst": word,
            "key_points": (word,),
            "body": word,
            "limits": word,
            "safety_level": "urgent",
            "safety_heading": word,
            "safety_notes": word,
        },
        "question": {"short_answer": word, "answer": word},
        "glossary": {
            "introduction": word,
            "terms": (Term(slug="keratin", term=word, definition=word),),
        },
        "page": {"lead": word, "body": word},
    }
    return by_kind[kind] | {"title": word}


def contents(*, canary: bool) -> list[PageContent]:
    """One document of every kind, with or without the words."""
    make: dict[str, Callable[..., PageContent]] = {
        "condition": factories.condition_content,
        "technique": factories.technique_content,
        "article": factories.article_content,
        "question": factories.question_content,
        "glossary": factories.glossary_content,
        "page": factories.plain_page_content,
    }
    return [build(**(texts(kind) if canary else {})) for kind, build in make.items()]


def crawl(client: Any) -> dict[str, bytes]:
    """Every public answer that links lead to, with its headers."""
    seen: dict[str, bytes] = {}
    waiting = list(START)
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen[address] = str(answer.headers).encode() + body
        waiting += re.findall(r'(?:href|src)="(/[^"#]*)', body.decode(errors="replace"))
    return seen


def met(pages: dict[str, bytes]) -> list[str]:
    return [address for address, found in pages.items() if CANARY.encode() in found]


def test_a_draft_beside_a_live_page_is_nowhere_until_live_and_nowhere_after(client: Any) -> None:
    for content in contents(canary=False):
        factories.published(content)
    before = crawl(client)
    assert len(before) > 15
    assert met(before) == []

    for content in contents(canary=True):
        factories.draft(content)
        assert met(crawl(client)) == [], content.kind
    revisions = [factories.submitted(content) for content in contents(canary=True)]
    assert met(crawl(client)) == []
    for revision in revisions:
        factories.sign_off(revision)
    assert met(crawl(client)) == []

    editor = factories.EditorFactory.create()
    for revision in revisions:
        actions.publish(by=editor, revision=revision)
    pages = crawl(client)
    assert {"/articles/removal/history/", "/glossary/history/", "/about/history/"} <= set(pages)
    live = met(pages)
    assert {"/articles/removal/", "/techniques/do-nothing/", "/faq/what-are-milia/"} <= set(live)
    assert {"/", "/articles/", "/conditions/milia/", "/glossary/", "/about/"} <= set(live)

    for revision in revisions:
        actions.unpublish(by=editor, page=revision.page, reason="Out of date.")
    assert met(crawl(client)) == []
