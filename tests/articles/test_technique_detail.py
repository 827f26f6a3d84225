"""The page of one technique."""

import re
from typing import Any

import pytest

from publishing.models import Revision
from publishing.reading import PARTS_APART
from tests import factories, menu

pytestmark = pytest.mark.django_db

ADDRESS = "/techniques/laser/"


def test_it_shows_certainty_facts_and_where_it_is_covered(client: Any) -> None:
    factories.published(
        factories.technique_content(
            "laser",
            near_eye="avoid",
            near_eye_note="With shields.",
            sessions="One.",
            serious_risks="A scar.",
            not_for="Nobody.",
        )
    )
    factories.published(factories.article_content(techniques=("laser",)))
    text = client.get(ADDRESS).content.decode()
    blocks = ['<h1 dir="auto">Laser</h1>', "A sound choice.", 'id="evidence"']
    blocks += ["Very low certainty", "/conditions/milia/compare/", 'id="how"', 'id="who"']
    blocks += ["In a clinic", 'id="expect"', "One.", 'id="benefits"', 'id="risks"', "They may stay"]
    blocks += ["A scar.", "Near the eye", "Avoid", "With shields.", 'id="not-for"', 'id="cost"']
    blocks += ['id="unknowns"', 'id="covered"', "/articles/removal/", 'role="doc-bibliography"']
    main = text[text.index("<main") :]
    places = [main.index(block) for block in blocks]
    assert places == sorted(places)


def test_the_contents_list_leads_to_every_heading(client: Any) -> None:
    factories.published(factories.technique_content("laser"))
    text = client.get(ADDRESS).content.decode()
    contents = text[text.index('<nav class="contents"') : text.index('<div class="prose"')]
    places = re.findall(r'href="#([^"]+)"', contents)
    assert places == [
        *("evidence", "how", "who", "benefits", "risks", "cost", "unknowns", "references"),
        "about-this-page",
    ]
    assert [text.count(f' id="{place}"') for place in places] == [1] * len(places)


def test_sources_are_numbered_in_reading_order(client: Any) -> None:
    factories.reference("early")
    content = factories.technique_content("laser", unknowns="Much [@early].", benefits="Few.")
    factories.published(content)
    text = client.get(ADDRESS).content.decode()
    assert re.findall(r'<li id="ref-(\w+)"', text) == ["berk2008", "early"]
    assert text.index('id="cite-1"') < text.index('id="cite-2"') < text.index('id="cite-3"')


def test_each_assessment_names_its_condition_its_own_first(client: Any) -> None:
    first = factories.technique_content("laser").assessments[0]
    others = [first.model_copy(update={"condition": slug}) for slug in ("acne", "warts")]
    factories.published(factories.condition_content("acne", title="Acne & more"))
    factories.published(factories.condition_content("milia"))
    content = factories.technique_content("laser", assessments=(*others, first))
    factories.draft(factories.condition_content("warts"))
    factories.waive_all(factories.draft(content))
    factories.published(content)
    text = client.get(ADDRESS).content.decode()
    titles = re.findall(r'<h3 dir="auto">(.*?)</h3>', text[: text.index('id="how"')])
    assert titles == ["Milia", "Acne &amp; more"]  # nothing says what the third one is about
    assert text.count('<p class="evidence">') == 3


def test_without_an_assessment_it_says_so(client: Any) -> None:
    content = factories.technique_content("laser", assessments=())
    factories.waive_all(factories.draft(content))
    factories.published(content)
    assert "Not assessed yet." in client.get(ADDRESS).content.decode()


def test_the_way_leads_over_the_list_and_its_condition_is_named(client: Any) -> None:
    factories.published(factories.technique_content("laser"))
    way = [("Skin", "/"), ("Techniques", "/techniques/"), ("Laser", "")]
    assert menu.way(client, ADDRESS) == way
    named = '<p class="meta">An option for <a href="/conditions/milia/" dir="auto">Milia</a></p>'
    assert named in client.get(ADDRESS).content.decode()
    content = factories.technique_content("wait", condition=None)
    factories.waive_all(factories.draft(content))
    factories.published(content)
    assert "An option for" not in client.get("/techniques/wait/").content.decode()


def test_related_techniques_are_four_of_the_same_condition(client: Any) -> None:
    for number in range(6):
        factories.published(factories.technique_content(f"t-{number}"))
    factories.published(factories.technique_content("elsewhere", condition="acne"))
    text = client.get("/techniques/t-0/").content.decode()
    related = text[text.index('id="related-heading"') :]
    assert len(re.findall(r'href="/techniques/t-[1-5]/"', related)) == 4
    assert "elsewhere" not in related


def test_a_page_that_an_older_renderer_made_shows_its_facts_in_one_list(client: Any) -> None:
    revision = factories.published(factories.technique_content("laser"))
    parts = {name: part for name, part in revision.parts.items() if name != PARTS_APART}
    Revision.objects.filter(pk=revision.pk).update(parts=parts)
    text = client.get(ADDRESS).content.decode()
    assert "What to know" in text
    assert "Nothing is done" in text


def test_it_is_hidden_until_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.technique_content("laser"))


def test_it_answers_at_its_old_address(client: Any) -> None:
    content = factories.technique_content("laser")
    menu.moves(client, ADDRESS, "/techniques/light/", content)


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.technique_content("laser"))
    menu.answers_only_reads(client, ADDRESS, unknown="/techniques/nothing/")


def test_it_takes_as_many_queries_in_three_articles_as_in_one(client: Any) -> None:
    factories.published(factories.technique_content("laser"))
    menu.queries_stay_equal(
        client,
        ADDRESS,
        lambda number: factories.published(
            factories.article_content(f"a-{number}", techniques=("laser",))
        ),
        most=4,
    )
