"""The page that says that a reader's words have arrived."""

from typing import Any

import pytest

from tests import factories, menu

pytestmark = pytest.mark.django_db
ADDRESS = "/voice/article/removal/thanks/"


def test_it_leads_back_to_the_page_and_is_not_found_by_searching(client: Any) -> None:
    factories.published(factories.article_content())
    answer = client.get(ADDRESS)
    html = answer.content.decode()
    assert "Your answer has arrived." in html
    assert '<a href="/articles/removal/"' in html
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_after_a_report_it_says_that_somebody_reads_it(client: Any) -> None:
    factories.published(factories.article_content())
    html = client.get(f"{ADDRESS}?report").content.decode()
    assert "Somebody on our desk reads it." in html


def test_it_answers_reads_only(client: Any) -> None:
    factories.published(factories.article_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/voice/article/nothing/thanks/")
