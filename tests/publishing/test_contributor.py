"""The page of a contributor."""

import datetime
import re
from typing import Any

import pytest

from publishing.content import Credit
from publishing.models import Contributor
from tests import factories, menu

pytestmark = pytest.mark.django_db

ADDRESS = "/contributors/jo-doe/"


@pytest.fixture
def jo(db: None) -> Contributor:
    return Contributor.objects.create(
        slug="jo-doe",
        name="Jo Doe",
        credentials="Writer",
        interests="None",
        interests_declared_on=datetime.date(2026, 11, 22),
    )


def written(slug: str = "removal") -> Any:
    return factories.article_content(slug, contributors=(Credit(contributor="jo-doe"),))


def test_it_shows_who_somebody_is_and_what_they_wrote(client: Any, jo: Contributor) -> None:
    factories.published(written())
    text = client.get(ADDRESS).content.decode().partition("<body>")[2]
    blocks = ['<h1 dir="auto">Jo Doe</h1>', "Writer", "22 November 2026", "/articles/removal/"]
    places = [text.index(block) for block in blocks]
    assert places == sorted(places)


def test_what_somebody_wrote_stands_under_the_names_of_its_kinds(
    client: Any, jo: Contributor
) -> None:
    credit = (Credit(contributor="jo-doe"),)
    factories.published(factories.condition_content(contributors=credit))
    factories.published(written())
    factories.published(factories.technique_content(contributors=credit))
    text = client.get(ADDRESS).content.decode().partition("Wrote")[2]
    assert re.findall(r"<h3>(.*?)</h3>", text) == ["Articles", "Conditions", "Techniques"]


def test_it_says_what_somebody_reviewed_and_what_is_demonstration(client: Any) -> None:
    user = factories.ReviewerFactory.create()
    Contributor.objects.filter(user=user).update(slug="jo-doe", name="Jo Doe")
    factories.published(factories.article_content())
    assert "Reviewed" in client.get(ADDRESS).content.decode()
    Contributor.objects.filter(user=user).update(demo=True)
    text = client.get(ADDRESS).content.decode()
    assert "Signed for demonstration" in text
    assert "not a person" in text


def test_nobody_is_shown_before_something_of_theirs_is_live(client: Any, jo: Contributor) -> None:
    factories.approved(written())
    assert client.get(ADDRESS).status_code == 404


def test_it_answers_reads_only(client: Any, jo: Contributor) -> None:
    factories.published(written())
    menu.answers_only_reads(client, ADDRESS, unknown="/contributors/nobody/")


def test_it_takes_as_many_queries_for_three_pages_as_for_one(client: Any, jo: Contributor) -> None:
    menu.queries_stay_equal(
        client, ADDRESS, lambda number: factories.published(written(f"a-{number}")), most=6
    )


def test_somebody_is_shown_with_what_they_did_and_nobody_with_what_others_did(
    client: Any, jo: Contributor
) -> None:
    factories.published(written())
    text = client.get(ADDRESS).content.decode()
    assert ("Wrote" in text, "Reviewed" in text) == (True, False)
    text = client.get("/contributors/reviewer/").content.decode()
    assert ("Wrote" in text, "Reviewed" in text) == (False, True)
    # The account that submitted it is credited nowhere.
    assert client.get("/contributors/editor/").status_code == 404
