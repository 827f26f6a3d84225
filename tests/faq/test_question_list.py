"""The list of questions."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection

from publishing import actions
from publishing.models import Revision
from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_lists_live_questions_with_their_short_answers(client: Any) -> None:
    assert "Nothing is published yet." in client.get("/faq/").content.decode()
    factories.published(factories.question_content())
    factories.submitted(factories.question_content("hidden-words"))
    text = client.get("/faq/").content.decode()
    assert text.index("/faq/what-are-milia/") < text.index("Tiny cysts.")
    assert "hidden-words" not in text


def test_questions_stand_under_their_conditions_by_the_titles_that_are_live(client: Any) -> None:
    factories.published(factories.condition_content("milia", title="Milia"))
    acne = factories.published(factories.condition_content("acne", title="Spots"))
    content = factories.question_content("of-none", condition=None)
    factories.waive_all(factories.draft(content))
    factories.published(content)
    for slug in ("b-milia", "a-milia"):
        factories.published(factories.question_content(slug))
    factories.published(factories.question_content("of-acne", condition="acne"))
    renamed = factories.condition_content("acne", title="A draft of a title")
    actions.save_draft(by=factories.EditorFactory.create(), content=renamed, page=acne.page)
    assert groups(client) == [
        ("Milia", ["a-milia", "b-milia"]),
        ("Spots", ["of-acne"]),
        ("Other questions", ["of-none"]),
    ]
    assert groups(client, "?condition=acne") == [("Spots", ["of-acne"])]


def test_those_with_a_place_come_first_and_first_of_all_those_of_no_article(client: Any) -> None:
    for slug in ("first", "second"):
        factories.published(factories.article_content(slug))
    for slug, article, order in (
        ("d-unplaced", None, 0),
        ("c-first", "first", 1),
        ("a-second", "first", 2),
        ("b-other", "second", 1),
        ("z-general", None, 2),
    ):
        factories.published(factories.question_content(slug, article=article, order=order))
    places = ["z-general", "b-other", "c-first", "a-second", "d-unplaced"]
    assert [each for _title, group in groups(client) for each in group] == places
    text = client.get("/search/").content.decode()
    assert re.findall(r'href="/faq/([\w-]+)/"', text) == places


def groups(client: Any, query: str = "") -> list[tuple[str, list[str]]]:
    """The headings of the list, each with its questions."""
    main = client.get(f"/faq/{query}").content.decode().partition("<main")[2]
    heads = re.findall(r'<h2 id="group-\d+" dir="auto">(.*?)</h2>', main)
    pieces = re.split(r"<h2 .*?</h2>", main)[1:]
    return [
        (head, re.findall(r'href="/faq/([\w-]+)/"', piece))
        for head, piece in zip(heads, pieces, strict=True)
    ]


def test_without_a_short_answer_it_shows_how_the_answer_begins(client: Any) -> None:
    answer = "Tiny **cysts** & more [@berk2008]. " + "They are harmless. " * 30
    factories.published(factories.question_content(short_answer="", answer=answer))
    factories.published(factories.question_content("short"))
    text = client.get("/faq/").content.decode()
    extracts = re.findall(r'<p dir="auto">(.*?)</p>', text)
    assert extracts[0] == "Tiny cysts."
    assert extracts[1].startswith("Tiny cysts &amp; more. They are harmless.")
    assert len(unescape(extracts[1])) == 200
    assert extracts[1].endswith("…")


def test_a_question_without_an_answer_has_no_extract(client: Any) -> None:
    content = factories.question_content(short_answer="", answer="")
    factories.waive_all(factories.draft(content))
    factories.published(content)
    text = client.get("/faq/").content.decode()
    assert "/faq/what-are-milia/" in text
    assert '<p dir="auto">' not in text


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/faq/", unknown="/faq/?page=x")


def test_it_takes_two_queries_whatever_its_length(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        "/faq/",
        lambda number: factories.published(factories.question_content(f"q-{number}")),
        most=2,
        items=30,
    )


def test_an_index_puts_the_questions_into_order(db: None) -> None:
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    questions = Revision.objects.live().of_kind("question").by_place("condition_id")
    plan = questions.only("id", "title")[:31].explain()
    assert "publishing_live_as_read" in plan
    assert "Sort" not in plan
