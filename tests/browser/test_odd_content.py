"""Odd texts look right on every screen: very long, very many, none at all, from right to left."""

from typing import Any

import pytest
from playwright.sync_api import Page

from articles.content import Term
from publishing.content import PageContent
from tests import factories

WORD = "Sklerodermiforme" * 5  # one word of 80 letters
LONG = f"{WORD} " + "and a title that does not want to end for a long while yet " * 2
TITLE = LONG.ljust(200, "x")[:200]
RTL = "هذا نص للتجربة فقط"  # "this is a text for trial only"
MANY = [f"source{number}" for number in range(60)]
BODY = f"""## {WORD}

{WORD} and {WORD}.

- {WORD}

| {WORD} | b |
|---|---|
| a | {WORD} |

> {WORD}

`{WORD}`

::: compare
:::

::: techniques
:::
"""
# What sticks out of the window or is cut off, apart from what scrolls by itself or is for
# screen readers alone.
FAULTS = """() => {
    const wide = document.documentElement.clientWidth;
    const apart = ".table-scroll, .compare-wide, pre, .visually-hidden, .skip-link, .trap, input";
    const faults = [];
    if (document.documentElement.scrollWidth > wide) faults.push("the page scrolls sideways");
    for (const one of document.querySelectorAll("body *")) {
        if (!one.checkVisibility() || one.closest(apart)) continue;
        const box = one.getBoundingClientRect();
        // A section shows nothing beyond its edges.
        const held = one.closest(".prose > section")?.getBoundingClientRect();
        const most = held ? Math.min(held.right, wide) : wide;
        const out = box.width && (box.left < -1 || box.right > most + 1);
        const cuts = getComputedStyle(one).overflowX !== "visible"
            && (one.scrollWidth > one.clientWidth + 1);
        if (out || cuts) faults.push(`${out ? "out" : "cut"}: ${one.tagName}.${one.className}`);
    }
    return faults.slice(0, 5);
}"""
# Whether the words of an element begin at its right side.
BEGINS_RIGHT = """one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const words = range.getClientRects()[0];
    const box = one.getBoundingClientRect();
    return getComputedStyle(one).display !== "inline"
        && box.right - words.right < 60 && words.left - box.left > 1;
}"""
ODD = (
    "/articles/long/",
    "/articles/bare/",
    "/articles/many/",
    "/articles/rtl/",
    "/techniques/long/",
    "/techniques/rtl/",
    "/faq/long/",
    "/faq/rtl/",
    "/conditions/long/",
    "/conditions/long/compare/",
    "/conditions/rtl/",
    "/glossary/",
    "/long/",
    "/articles/",
    "/techniques/?condition=long",
    "/faq/",
    "/references/",
    "/references/source0/",
    "/contributors/reviewer/",
    "/articles/long/history/",
    "/voice/article/long/report/",
    "/voice/article/long/thanks/",
    "/search/?q=Sklerodermiforme",
    "/",
)
MAIN = (
    "/",
    "/articles/long/",
    "/articles/many/",
    "/techniques/long/",
    "/conditions/long/",
    "/conditions/long/compare/",
    "/faq/",
    "/faq/long/",
    "/glossary/",
    "/references/",
    "/search/?q=Sklerodermiforme",
    "/voice/article/long/report/",
    "/nothing-here/",
)


def publish(content: PageContent) -> None:
    """A live page, whatever the rules of the desk say of such a text."""
    factories.waive_all(factories.draft(content))
    factories.published(content)


@pytest.fixture
def world(transactional_db: None) -> None:
    """Odd pages of every kind."""
    long_source = {"title": TITLE, "container-title": WORD, "URL": f"https://a.test/{WORD}"}
    for key in MANY:
        factories.reference(key, **(long_source if key == MANY[0] else {}))
    for slug, text in (("long", TITLE), ("rtl", RTL)):
        odd_pages(slug, text)
    publish(factories.glossary_content(terms=(_term("long", WORD), _term("rtl", RTL))))
    publish(factories.plain_page_content("long", title=TITLE, lead=TITLE, body=WORD))
    nothing: dict[str, Any] = {"key_points": (), "limits": "", "standfirst": ""}
    publish(factories.article_content("bare", body="## One\n\nNo source.", **nothing))
    cites = "".join(f"Sentence {number} [@{key}].\n\n" for number, key in enumerate(MANY))
    together = f"All of them [@{'; @'.join(MANY)}]."
    publish(factories.article_content("many", body=f"## One\n\n{cites}{together}"))


def odd_pages(slug: str, text: str) -> None:
    """A condition, an option, an article and a question that all say the same odd text."""
    body = BODY if slug == "long" else f"## {text}\n\n{text}.\n\n- {text}"
    publish(factories.condition_content(slug, title=text, overview=text, body=body))
    named = {"title": text, "condition": slug}
    facts = dict.fromkeys(("how_it_works", "benefits", "sessions", "near_eye_note"), f"{text}.")
    assessed = factories.technique_content().assessments[0]
    assessments = (assessed.model_copy(update={"condition": slug, "sentence": text}),)
    publish(
        factories.technique_content(slug, verdict=text, assessments=assessments, **named, **facts)
    )
    shown: dict[str, Any] = {"body": body, "standfirst": text, "techniques": (slug,)}
    shown |= {"key_points": (text,), "limits": text, "safety_level": "urgent"}
    publish(factories.article_content(slug, safety_notes=text, **named, **shown))
    question = {"article": slug, "short_answer": text, "answer": f"{text}."}
    publish(factories.question_content(slug, **named, **question))


def _term(slug: str, text: str) -> Term:
    return Term(slug=slug, term=text, also=(f"{text} a",), definition=text)


def test_the_odd_texts_are_as_odd_as_they_should_be() -> None:
    assert (len(TITLE), len(WORD), len(MANY)) == (200, 80, 60)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_sticks_out_or_is_cut_off(
    world: None, open_page: Any, site: str, complaints: list[str], width: int
) -> None:
    page = open_page(width)
    found = {}
    for path in ODD:
        answer = page.goto(site + path)
        assert answer.status == 200, path
        unfold(page)
        found[path] = page.evaluate(FAULTS)
    assert found == {path: [] for path in ODD}
    assert complaints == []


@pytest.mark.parametrize("width", [640, 1280])
def test_text_of_twice_the_size_fits(world: None, open_page: Any, site: str, width: int) -> None:
    page = open_page(width)
    found = {}
    for path in MAIN:
        page.goto(site + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        unfold(page)
        found[path] = page.evaluate(FAULTS)
    assert found == {path: [] for path in MAIN}


def test_text_from_right_to_left_begins_on_the_right(
    world: None, open_page: Any, site: str
) -> None:
    page = open_page(768)
    for path in ("/articles/rtl/", "/conditions/rtl/", "/techniques/rtl/", "/faq/rtl/"):
        page.goto(site + path)
        assert page.locator("h1").evaluate(BEGINS_RIGHT), path
        written = page.locator(f".prose p:visible:text-is('{RTL}.')")
        assert written.count() >= 1, path
        assert all(one.evaluate(BEGINS_RIGHT) for one in written.all()), path
        english = page.locator(".about-page h2")
        assert not english.evaluate(BEGINS_RIGHT), path


def unfold(page: Page) -> None:
    """Open every fold, so that what is in it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
