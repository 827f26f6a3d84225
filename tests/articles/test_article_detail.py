"""The article page: its blocks in reading order, from live rows only."""

import datetime
import re
from typing import Any

import pytest

from publishing import actions
from publishing.content import Credit
from publishing.models import Contributor, Page
from tests import factories, menu
from tests.html import parse

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/removal/"
BODY = """## What they are {#what}

Tiny cysts [@berk2008].

::: compare
:::

## One by one

::: techniques
:::

## Afterwards

Nothing to do [@other2010].
"""


def whole_article(client: Any) -> str:
    """An article with everything that one can have."""
    factories.reference("other2010")
    for number, slug in enumerate(("do-nothing", "laser")):
        factories.published(factories.technique_content(slug, invasiveness=number))
    factories.published(
        factories.article_content(
            body=BODY,
            techniques=("do-nothing", "laser"),
            safety_level="urgent",
            safety_heading="See a dermatologist if:",
            safety_notes="- it bleeds",
            adults_only=True,
            searched_on="2026-11-22",
        )
    )
    factories.published(factories.question_content(article="removal", order=1))
    factories.published(factories.article_content("second-article"))
    text: str = client.get(ADDRESS).content.decode()
    return text


def test_the_blocks_stand_in_reading_order(client: Any) -> None:
    text = whole_article(client)
    blocks = [
        '<h1 dir="auto">Removal</h1>',
        "Milia are harmless and may be left alone.",
        "Medically reviewed by",
        "Key points",
        "See a dermatologist if:",
        "On this page",
        'id="h-what"',
        'class="comparison"',
        'id="technique-do-nothing"',
        'id="technique-laser"',
        "Nothing to do",
        'id="questions-heading"',
        'id="limits-heading"',
        "22 November 2026",
        'role="doc-bibliography"',
        'id="about-heading"',
        "First version.",
        "Second article",
        "General information, not a diagnosis",
    ]
    main = text[text.index("<main") :]
    places = [main.index(block) for block in blocks]
    assert places == sorted(places)


def test_an_option_says_how_it_works_and_folds_the_rest_benefits_with_risks(client: Any) -> None:
    content = factories.technique_content(downtime="None.", not_for="Babies.", near_eye="avoid")
    factories.published(content)
    factories.published(factories.article_content(techniques=("do-nothing",)))
    document, _errors = parse(client.get(ADDRESS).content.decode())
    section = document.find(".//section[@id='technique-do-nothing']")
    assert "Nothing is done" in "".join(section.find("p[4]").itertext())
    folds = {
        fold.findtext("summary"): [label.text for label in fold.iter("dt")]
        for fold in section.findall("details")
    }
    assert folds == {
        "What to expect": ["Where", "Healing time"],
        "Benefits and risks": [
            *("Benefits", "Risks", "Near the eye", "In pregnancy", "Not for"),
        ],
        "Cost, and what we don’t know": ["Cost", "What we don’t know"],
    }


def test_the_contents_name_all_that_the_page_has(client: Any) -> None:
    body = "\n\n".join(f"## Part {number} {{#p{number}}}\n\nWords." for number in range(12))
    factories.published(factories.article_content(body=body, limits="Few."))
    text = client.get(ADDRESS).content.decode()
    contents = text[text.index('<nav class="contents"') : text.index('<div class="prose"')]
    parts = [f"h-p{number}" for number in range(12)]
    assert re.findall(r'href="#([^"]+)"', contents) == [
        *parts,
        *("limits", "references", "about-this-page"),
    ]


def test_sources_are_numbered_over_the_whole_page_and_lead_back(client: Any) -> None:
    text = whole_article(client)
    cited = re.findall(r'<sup class="cite" id="(cite-\d+)">', text)
    back = re.findall(r'href="#(cite-\d+)"', text)
    assert cited == [f"cite-{number}" for number in range(1, len(cited) + 1)]
    assert sorted(back) == sorted(cited)
    assert re.findall(r'<li id="(ref-\w+)">', text) == ["ref-berk2008", "ref-other2010"]
    assert len(re.findall(r'role="doc-biblioref"', text)) == len(cited)


def test_a_technique_that_is_no_longer_live_leaves_the_page(client: Any) -> None:
    whole_article(client)
    page = Page.objects.get(kind="technique", slug="laser")
    actions.unpublish(by=factories.EditorFactory.create(), page=page, reason="Old.")
    text = client.get(ADDRESS).content.decode()
    assert "technique-laser" not in text
    assert "technique-do-nothing" in text


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.article_content())


def test_it_answers_at_its_old_address(client: Any) -> None:
    menu.moves(client, ADDRESS, "/articles/options/", factories.article_content())


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.article_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/articles/nothing/")


def test_it_takes_as_many_queries_for_three_questions_as_for_one(client: Any) -> None:
    factories.published(factories.article_content())
    menu.queries_stay_equal(
        client,
        ADDRESS,
        lambda number: factories.published(
            factories.question_content(f"q-{number}", article="removal", order=number)
        ),
        most=6,
    )


def test_a_demo_sign_off_is_no_medical_review(client: Any) -> None:
    reviewer = factories.ReviewerFactory.create()
    Contributor.objects.filter(user=reviewer).update(demo=True)
    factories.published(factories.article_content())
    text = client.get(ADDRESS).content.decode()
    assert "Not yet medically reviewed" in text
    assert "Medically reviewed by" not in text


def test_a_text_that_nobody_signed_says_so(client: Any, settings: Any) -> None:
    settings.REVIEW_REQUIRED = False
    revision = factories.submitted(factories.article_content())
    actions.publish(by=factories.EditorFactory.create(), revision=revision)
    assert "Not yet medically reviewed" in client.get(ADDRESS).content.decode()


def test_the_demonstration_notice_goes_when_the_owner_turns_it_off(
    client: Any, settings: Any
) -> None:
    factories.published(factories.article_content())
    notice = "This is demonstration content. No clinician has reviewed it."
    assert notice in client.get(ADDRESS).content.decode()
    settings.DEMO_MODE = False
    assert notice not in client.get(ADDRESS).content.decode()


def test_authors_are_told_with_their_interests(client: Any) -> None:
    Contributor.objects.create(
        slug="jo-doe",
        name="Jo <Doe>",
        credentials="RN",
        interests="Shares in & of a laser.",
        interests_declared_on=datetime.date(2026, 11, 22),
    )
    credit = Credit(contributor="jo-doe")
    factories.published(factories.article_content(contributors=(credit,)))
    html = client.get("/articles/removal/").content.decode()
    assert 'By <a href="/contributors/jo-doe/" dir="auto">Jo &lt;Doe&gt;</a>, RN' in html
    about = html[html.index('id="about-this-page"') :]
    assert "<dt>Author</dt>" in about
    assert 'Interests: <span dir="auto">Shares in &amp; of a laser.</span>' in about
