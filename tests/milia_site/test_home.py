"""The front page."""

import re
from typing import Any

import pytest

from publishing import actions
from publishing.models import Contributor
from tests import factories, menu

pytestmark = pytest.mark.django_db


def test_it_shows_conditions_and_the_newest_articles(client: Any) -> None:
    assert "Nothing is published yet." in client.get("/").content.decode()
    factories.published(factories.article_content())
    factories.approved(factories.article_content("hidden-words"))
    text = client.get("/").content.decode()
    assert text.index("/conditions/milia/") < text.index("/articles/removal/")
    assert "hidden-words" not in text


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_says_that_nobody_signed(client: Any, settings: Any, demo: bool) -> None:
    settings.DEMO_MODE = demo
    html = client.get("/").content.decode()
    assert "has signed exactly its text." in html
    assert ("a placeholder signed, not a clinician" in html) is demo


def test_the_articles_that_were_reviewed_last_come_first_and_the_newest_of_the_others(
    client: Any,
) -> None:
    for number in (0, 1):
        factories.published(factories.article_content(f"a-{number}"))
    placeholder = factories.ReviewerFactory.create(username="placeholder")
    Contributor.objects.filter(user=placeholder).update(demo=True)
    for number in (2, 3):
        revision = factories.submitted(factories.article_content(f"a-{number}"))
        factories.sign_off(revision, by=placeholder)
        actions.publish(by=factories.EditorFactory.create(), revision=revision)
    text = client.get("/").content.decode()
    assert re.findall(r'href="/articles/(a-\d)/"', text) == ["a-1", "a-0", "a-3", "a-2"]
    assert "Articles, latest reviewed first" in text
    Contributor.objects.update(demo=True)
    text = client.get("/").content.decode()
    assert re.findall(r'href="/articles/(a-\d)/"', text) == ["a-3", "a-2", "a-1", "a-0"]
    assert "Newest articles" in text


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/")


def test_it_takes_three_queries_whatever_there_is(client: Any) -> None:
    menu.queries_stay_equal(
        client,
        "/",
        lambda number: factories.published(factories.article_content(f"a-{number}")),
        most=3,
    )
