"""The comparison of a condition's options: every cell from data, the choice in the address."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.answers import QUESTIONS
from articles.comparison import certain_since
from articles.content import Assessment
from publishing import actions
from publishing.models import Contribution, Page, Revision
from tests import factories, menu
from tests.html import parse

pytestmark = pytest.mark.django_db

ADDRESS = "/conditions/milia/compare/"
NO_DATA = "No good data"


def read(client: Any, query: str = "") -> Any:
    """The page as an element tree."""
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return parse(answer.content.decode())[0]


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def options(document: Any) -> list[str]:
    """The heads of the columns."""
    return [words(head) for head in document.findall(".//table/thead/tr/th")[1:]]


def cells(document: Any, question: str) -> list[str]:
    row = document.find(f".//tr[@id='question-{question}']")
    return [words(cell) for cell in row.findall("td")]


def cards(document: Any) -> list[list[str]]:
    """The answers of every card."""
    found = document.findall(".//ul[@class='compare-cards']/li")
    return [[words(cell) for cell in card.findall(".//dd")] for card in found]


def said(document: Any) -> list[str]:
    """What the page says about what was chosen."""
    return [words(each) for each in document.findall(".//div[@id='comparison']/p")]


def assessment(certainty: str = "low", condition: str = "milia", **fields: Any) -> Assessment:
    right = {"basis": "One series [@berk2008].", "references": ("berk2008",), "sentence": "Few."}
    return Assessment(condition=condition, certainty=certainty, **{**right, **fields})


def option(slug: str, invasiveness: int = 10, **fields: Any) -> Revision:
    content = factories.technique_content(slug, invasiveness=invasiveness, **fields)
    factories.waive_all(factories.draft(content))
    return factories.published(content)


def four_options() -> None:
    option("do-nothing", 0, setting="home", cost_band="low", near_eye="suitable")
    option("cream", 5, setting="home", cost_band="low", near_eye="avoid", pregnancy="avoid")
    option(
        "needle",
        10,
        cost_band="medium",
        near_eye="specialist",
        pregnancy="suitable",
        assessments=(assessment("moderate"),),
    )
    option("laser", 20, setting="either", cost_band="high", assessments=())


def test_every_question_stands_in_a_row_and_every_option_in_a_column(client: Any) -> None:
    four_options()
    document = read(client)
    rows = document.findall(".//table/tbody/tr")
    assert [(row.get("id"), words(row.find("th"))) for row in rows] == [
        (f"question-{each.id}", str(each.question)) for each in QUESTIONS
    ]
    assert options(document) == ["Do nothing", "Cream", "Needle", "Laser"]
    assert {len(row.findall("td")) for row in rows} == {4}


def test_cells_say_what_the_techniques_say_and_no_good_data_where_they_say_nothing(
    client: Any,
) -> None:
    option(
        "do-nothing",
        0,
        serious_risks="None known [@berk2008].",
        near_eye="specialist",
        near_eye_note="With care.",
    )
    document = read(client)
    assert cells(document, "how") == ["Nothing is done.1"]
    assert cells(document, "risks") == ["Common: They may stay. Serious: None known.1"]
    assert cells(document, "eye") == ["Specialist only With care."]
    assert cells(document, "pregnancy") == [NO_DATA]
    assert cells(document, "sessions") == [NO_DATA]
    assert cells(document, "cost") == ["Medium"]


def test_the_cards_answer_as_the_table_does(client: Any) -> None:
    four_options()
    document = read(client)
    by_row = [cells(document, each.id) for each in QUESTIONS]
    assert cards(document) == [list(column) for column in zip(*by_row, strict=True)]
    questions = document.find(".//ul[@class='compare-cards']/li/dl").findall("dt")
    assert [words(each) for each in questions] == [str(each.question) for each in QUESTIONS]


def test_how_an_option_works_begins_with_a_paragraph_and_folds_the_others(client: Any) -> None:
    option("do-nothing", 0, how_it_works="One.\n\nTwo.\n\n- Three", common_risks="A.\n\nB.")
    document = read(client)
    assert cells(document, "how") == ["One. More Two. Three"]
    (fold,) = document.findall(".//tr[@id='question-how']/td/details")
    assert [words(each) for each in fold] == ["More", "Two.", "Three"]
    assert document.findall(".//tr[@id='question-risks']/td/details") == []


def test_more_options_than_fit_are_told(client: Any) -> None:
    four_options()
    assert "Scroll sideways" not in words(read(client))
    option("freeze", 30)
    option("burn", 40)
    assert "Scroll sideways to see all 6." in words(read(client))


def test_doing_nothing_is_a_column_before_anybody_has_written_about_it(client: Any) -> None:
    factories.published(factories.condition_content())
    document = read(client)
    assert options(document) == ["Do nothing"]
    assert [cells(document, each.id) for each in QUESTIONS] == [[NO_DATA]] * len(QUESTIONS)
    assert said(document) == ["No treatment is published yet. Only doing nothing is shown."]


def test_a_technique_about_another_condition_or_not_live_is_no_option(client: Any) -> None:
    option("do-nothing", 0)
    option("peel", 5, condition="acne", assessments=(assessment(condition="milia"),))
    factories.approved(factories.technique_content("laser", invasiveness=20))
    assert options(read(client)) == ["Do nothing"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?where=home", ["Cream", "Laser"]),
        ("?where=clinic", ["Needle", "Laser"]),
        ("?eye=suitable", []),
        ("?eye=possible", ["Needle"]),
        ("?pregnancy=suitable", ["Needle"]),
        ("?pregnancy=possible", ["Needle"]),
        ("?cost=low", ["Cream"]),
        ("?cost=medium", ["Cream", "Needle"]),
        ("?where=clinic&eye=possible", ["Needle"]),
        ("?sort=invasive", ["Cream", "Needle", "Laser"]),
        ("?sort=certainty", ["Needle", "Cream", "Laser"]),
        ("?sort=cost", ["Cream", "Needle", "Laser"]),
    ],
)
def test_a_choice_filters_and_sorts_and_doing_nothing_stays_first(
    client: Any, query: str, shown: list[str]
) -> None:
    four_options()
    assert options(read(client, query)) == ["Do nothing", *shown]


def test_a_choice_is_told_and_each_link_makes_or_takes_back_one(client: Any) -> None:
    four_options()
    document = read(client, "?eye=possible&where=clinic&sort=cost")
    links = document.findall(".//details[@class='compare-choices']//a")
    found = {words(link): (link.get("href"), link.get("aria-current")) for link in links}
    assert found["In a clinic"] == ("?eye=possible&sort=cost", "true")
    assert found["At home"] == ("?where=home&eye=possible&sort=cost", None)
    assert found["Low cost"] == ("?where=clinic&eye=possible&cost=low&sort=cost", None)
    assert found["Lowest cost first"] == ("?where=clinic&eye=possible&sort=cost", "true")
    assert found["Least invasive first"] == ("?where=clinic&eye=possible", None)
    assert said(document) == [
        "Chosen: In a clinic · Possible near the eye. 2 options do not fit and are not shown. "
        "Show all options"
    ]
    every = document.find(".//a[@class='compare-all']")
    assert every.get("href") == "?sort=cost"


def test_it_says_so_when_only_doing_nothing_fits(client: Any) -> None:
    four_options()
    assert said(read(client, "?eye=suitable"))[1:] == [
        "No treatment here fits what you chose. Only doing nothing is left."
    ]


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("?colour=red", ["We do not know the filter “colour”."]),
        ("?eye=", ["We do not know “” for “eye”."]),
        ("?sort=best", ["We do not know “best” for “sort”."]),
        ("?eye=a%00b%E2%80%AEc", ["We do not know “abc” for “eye”."]),
        ("?eye=" + "x" * 10_000, [f"We do not know “{'x' * 30}…” for “eye”."]),
        (
            "?a=1&b=1&c=1&d=1",
            [
                *(f"We do not know the filter “{name}”." for name in "abc"),
                "We do not know other parts of the address either.",
            ],
        ),
    ],
)
def test_what_is_unknown_is_left_out_and_said(
    client: Any, query: str, sentences: list[str]
) -> None:
    four_options()
    document = read(client, query)
    assert options(document) == ["Do nothing", "Cream", "Needle", "Laser"]
    assert said(document) == [f"{each} It was left out." for each in sentences]


def test_the_chip_opens_why_how_many_sources_and_since_when(client: Any) -> None:
    published = option("do-nothing", 0).published_at
    document = read(client)
    assert cells(document, "certainty") == [
        "Very low certainty Nobody has followed adults. Based on: One review.1 "
        f"1 source. So assessed since {published:%-d %B %Y}."
    ]
    row = document.find(".//tr[@id='question-certainty']")
    assert row.find("td/details").get("open") is None
    assert words(row.find("td/details/summary")) == "Very low certainty"


def revised(number: int, certainty: str, **fields: Any) -> Revision:
    """A new public text of the technique."""
    sentence = f"Number {number}."
    content = factories.technique_content(
        "laser", assessments=(assessment(certainty, sentence=sentence, **fields),)
    )
    factories.waive_all(factories.draft(content))
    return factories.published(content, change_kind="evidence")


def test_a_certainty_has_stood_since_its_unbroken_run_began() -> None:
    revisions = [
        revised(number, certainty)
        for number, certainty in enumerate(("low", "moderate", "low", "low"))
    ]
    page = revisions[0].page_id
    assert certain_since([page], "milia") == {page: revisions[2].published_at}
    assert certain_since([page], "acne") == {}


def test_a_time_when_the_page_was_down_breaks_the_run() -> None:
    page = revised(1, "low").page
    actions.unpublish(by=factories.EditorFactory.create(), page=page, reason="Old.")
    anew = revised(2, "low")
    assert certain_since([page.pk], "milia") == {page.pk: anew.published_at}


def test_sources_are_numbered_once_and_lead_back_to_the_table_and_the_cards(client: Any) -> None:
    factories.reference("other2010")
    option("do-nothing", 0)
    option("laser", 20, benefits="Smooth [@other2010].")
    text = client.get(ADDRESS).content.decode()
    assert re.findall(r'<li id="(ref-\w+)">', text) == ["ref-berk2008", "ref-other2010"]
    cited = re.findall(r'<sup class="cite" id="((?:card-)?cite-\d+)">', text)
    back = re.findall(r'href="#((?:card-)?cite-\d+)"', text)
    assert len(cited) == 10
    assert sorted(back) == sorted(cited)


def test_terms_are_explained_in_the_table_and_in_the_cards(client: Any) -> None:
    factories.published(factories.glossary_content())
    option("do-nothing", 0, how_it_works="It leaves the :term[keratin]{#keratin} be.")
    assert read(client) is not None


def test_parts_of_an_older_shape_show_no_answers(client: Any) -> None:
    revision = option("do-nothing", 0)
    Revision.objects.filter(pk=revision.pk).update(parts={"words": 1})
    document = read(client, "?sort=cost")
    assert cells(document, "how") == [NO_DATA]
    assert cells(document, "certainty") == [NO_DATA]


def test_an_option_without_a_cost_comes_last_by_cost(client: Any) -> None:
    older = option("laser", 20)
    Revision.objects.filter(pk=older.pk).update(parts={"words": 1})
    option("needle", 30, cost_band="high")
    assert options(read(client, "?sort=cost")) == ["Do nothing", "Needle", "Laser"]


def test_no_more_options_than_a_page_can_show(client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("articles.comparison.OPTIONS_MAX", 2)
    four_options()
    document = read(client)
    assert options(document) == ["Do nothing", "Cream"]
    assert said(document) == ["Only the least invasive options are shown; there are more."]


def test_its_canonical_address_has_no_choice(client: Any, settings: Any) -> None:
    four_options()
    link = read(client, "?eye=possible").find(".//link[@rel='canonical']")
    assert link.get("href") == settings.SITE_URL + ADDRESS


def test_it_is_hidden_until_the_condition_is_published_and_gone_after(client: Any) -> None:
    menu.is_hidden_until_published(client, ADDRESS, factories.condition_content())


def test_it_moves_with_the_condition_and_takes_the_choice_along(client: Any) -> None:
    content = factories.condition_content()
    menu.moves(client, "/conditions/milia/", "/conditions/milk-spots/", content)
    for query in ("", "?eye=possible&sort=cost"):
        moved = client.get(ADDRESS + query)
        expected = (301, f"/conditions/milk-spots/compare/{query}")
        assert (moved.status_code, moved.headers["Location"]) == expected


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.condition_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/conditions/nothing/compare/")


def test_thirty_options_take_as_many_queries_as_one(client: Any) -> None:
    original = option("do-nothing", 0)
    original.refresh_from_db()
    client.get(ADDRESS)
    counts = []
    for number in (0, 29):
        for copy in range(number):
            _copy(original, copy)
        with CaptureQueriesContext(connection) as queries:
            assert len(options(read(client))) == 1 + number
        counts.append(len(queries))
    assert counts == [4, 4]


def _copy(original: Revision, number: int) -> None:
    """Another live technique with the text of the first."""
    fields = {"slug": f"copy-{number}", "title": f"Copy {number}"}
    page = Page.objects.create(kind="technique", owner_id=original.submitted_by_id, **fields)
    copied = {
        field.attname: getattr(original, field.attname)
        for field in Revision._meta.concrete_fields
        if field.attname not in {"id", "page_id", "slug", "title", "position"}
    }
    revision = Revision.objects.create(
        **{**copied, **fields, "page_id": page.pk, "position": 1, "published_at": timezone.now()}
    )
    author = original.contributions.get(role=Contribution.Role.AUTHOR)
    Contribution.objects.create(
        revision=revision, contributor_id=author.contributor_id, role=author.role
    )


def test_the_table_inside_articles_is_made_of_the_same_answers(client: Any) -> None:
    option("do-nothing", 0, near_eye="suitable", assessments=(assessment("low"),))
    option("laser", 20, assessments=())
    body = "::: compare\n:::"
    content = factories.article_content(techniques=("do-nothing", "laser"), body=body)
    factories.published(content)
    document, _errors = parse(client.get("/articles/removal/").content.decode())
    table = document.find(".//table")
    assert [[words(cell) for cell in row] for row in table.iter("tr")] == [
        [
            *("Option", "How sure we are", "Where"),
            *("Near the eye", "In pregnancy", "Cost"),
        ],
        [
            *("Do nothing", "Low certainty Few. 1 source."),
            *("In a clinic", "Suitable", NO_DATA, "Medium"),
        ],
        ["Laser", "Not assessed", "In a clinic", NO_DATA, NO_DATA, "Medium"],
    ]
    links = [link.get("href") for link in document.iter("a")]
    assert ADDRESS in links
