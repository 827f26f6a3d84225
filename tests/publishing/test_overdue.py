"""What a page says of its own age: corrections, updates, the next review, and when it is late."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from publishing import actions, clock
from publishing.models import Page
from publishing.public import NOINDEX_AFTER, live_page
from publishing.reading import CORRECTION_SHOWN, updated_at
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/removal/"
DAY = datetime.timedelta(days=1)


def body(client: Any, address: str = ADDRESS) -> str:
    text: str = client.get(address).content.decode()
    return text


def due(days_ago: int, *, kind: str = "article", reason: str = "") -> datetime.date:
    """Have the review of the page be due so many days ago by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'UTC')::date")
        day: datetime.date = cursor.fetchone()[0] - days_ago * DAY
    Page.objects.filter(kind=kind).update(review_due_on=day, review_pull_reason=reason)
    return day


def words(day: datetime.date) -> str:
    return f"{day:%-d %B %Y}"


def published_ago(ago: datetime.timedelta, content: Any, **change: Any) -> datetime.datetime:
    """Have a text be published so long ago; when that was."""
    moment = timezone.now() - ago
    with pytest.MonkeyPatch.context() as then:
        for module in ("submitting", "going_live"):
            then.setattr(f"publishing.actions.{module}.database_now", lambda: moment)
        factories.published(content, **change)
    return moment


# The next review


def test_the_next_review_is_the_one_of_the_page(client: Any) -> None:
    factories.published(factories.article_content())
    day = due(-40)
    text = body(client)
    assert "Next review due" in text
    assert words(day) in text
    assert "overdue" not in text


def test_a_page_from_before_the_clock_is_due_when_its_sign_off_ends() -> None:
    revision = factories.published(factories.article_content())
    Page.objects.update(review_due_on=None)
    shown = live_page("article", "removal")
    signed = revision.contributions.get(role="reviewer").sign_off
    assert signed.expires_at
    assert shown.due_on == signed.expires_at.date()


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True), (179, True)])
def test_a_review_is_overdue_from_the_day_after(client: Any, days: int, late: bool) -> None:
    factories.published(factories.article_content())
    day = due(days)
    answer = client.get(ADDRESS)
    text = answer.content.decode()
    assert ("Review overdue since" in text) is late
    assert ("Medically reviewed by" in text) is not late
    assert words(day) in text
    assert "noindex" not in text
    assert "X-Robots-Tag" not in answer.headers


@pytest.mark.parametrize(
    ("kind", "address", "content"),
    [
        ("article", ADDRESS, factories.article_content()),
        ("technique", "/techniques/do-nothing/", factories.technique_content()),
        ("question", "/faq/what-are-milia/", factories.question_content()),
        ("glossary", "/glossary/", factories.glossary_content()),
        ("page", "/about/", factories.plain_page_content()),
    ],
)
def test_half_a_year_overdue_is_for_no_search_engine(
    client: Any, kind: str, address: str, content: Any
) -> None:
    factories.published(content)
    due(NOINDEX_AFTER.days, kind=kind)
    answer = client.get(address)
    text = answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert text.count('<meta name="robots" content="noindex">') == 1
    assert "Review overdue since" in text


def test_a_review_that_was_pulled_forward_says_why(client: Any) -> None:
    factories.published(factories.article_content())
    clock.pull_forward(Page.objects.filter(kind="article"), reason="A source was retracted.")
    text = body(client)
    assert "Medically reviewed by" in text
    assert text.count("Why the review is due: A source was retracted.") == 1
    due(1, reason="A source was retracted.")
    text = body(client)
    assert "Review overdue since" in text
    assert text.count("Why the review is due: A source was retracted.") == 2


def test_a_plain_page_says_that_it_is_overdue_and_why(client: Any) -> None:
    factories.published(factories.plain_page_content())
    day = due(3, kind="page", reason="The law changed.")
    text = body(client, "/about/")
    assert "Review overdue since" in text
    assert words(day) in text
    assert "The law changed." in text


def test_a_page_that_nobody_reviewed_may_be_overdue_too(
    client: Any, settings: Any, editor: User
) -> None:
    settings.REVIEW_REQUIRED = False
    revision = factories.submitted(factories.article_content())
    actions.publish(by=editor, revision=revision)
    text = body(client)
    assert "Not yet medically reviewed" in text
    assert "<dt>Review due</dt>" in text
    due(10)
    text = body(client)
    assert "Not yet medically reviewed" in text
    assert "Review overdue since" in text


# Corrections


def test_a_correction_stands_on_top_with_the_way_to_the_history(client: Any) -> None:
    factories.published(factories.article_content())
    assert "Corrected on" not in body(client)
    factories.published(
        factories.article_content(body="Right."),
        change_kind="correction",
        change_note="A dose was wrong.",
    )
    text = body(client)
    top = text[text.index("<main") : text.index("<h1")]
    assert "Corrected on" in top
    assert "A dose was wrong." in top
    assert f'href="{ADDRESS}history/"' in top


@pytest.mark.parametrize(
    ("content", "address"),
    [
        (factories.technique_content(), "/techniques/do-nothing/"),
        (factories.condition_content("cysts"), "/conditions/cysts/"),
        (factories.question_content(), "/faq/what-are-milia/"),
        (factories.glossary_content(), "/glossary/"),
        (factories.plain_page_content(), "/about/"),
    ],
)
def test_each_kind_of_page_shows_its_corrections(client: Any, content: Any, address: str) -> None:
    factories.published(content, change_kind="correction", change_note="A number was wrong.")
    assert "A number was wrong." in body(client, address).partition("<h1")[0]


def test_a_correction_is_shown_for_thirty_days_whatever_follows_it(client: Any) -> None:
    note: dict[str, Any] = {"change_kind": "correction", "change_note": "Old mistake."}
    published_ago(CORRECTION_SHOWN + DAY, factories.article_content(), **note)
    note["change_note"] = "New mistake."
    content = factories.article_content(body="Two.")
    moment = published_ago(CORRECTION_SHOWN - DAY, content, **note)
    factories.published(factories.article_content(body="Three."), change_kind="wording")
    assert live_page("article", "removal").around.corrections == ((moment, "New mistake."),)
    assert "Old mistake." not in body(client).partition("<h1")[0]


def test_a_correction_that_was_never_public_is_not_shown(client: Any) -> None:
    factories.published(factories.article_content())
    note: dict[str, Any] = {"change_kind": "correction", "change_note": "Not yet."}
    factories.approved(factories.article_content(body="Right."), **note)
    assert "Not yet." not in body(client)


# The date of the last update


@pytest.mark.parametrize(
    ("kind", "moves"),
    [
        ("new", True),
        ("clinical", True),
        ("evidence", True),
        ("correction", True),
        ("wording", False),
        ("layout", False),
    ],
)
def test_only_what_changes_the_matter_moves_the_date(client: Any, kind: str, moves: bool) -> None:
    old = published_ago(100 * DAY, factories.article_content())
    second = factories.published(factories.article_content(body="Two."), change_kind=kind)
    new = second.published_at
    assert new
    assert live_page("article", "removal").updated_at == (new if moves else old)
    for address in (ADDRESS, "/articles/"):
        after = body(client, address).partition("Updated")[2]
        assert words(new if moves else old) in after[:100]


def test_a_page_that_began_with_its_wording_has_the_date_of_its_beginning() -> None:
    first = factories.published(factories.article_content(), change_kind="wording")
    assert live_page("article", "removal").updated_at == first.published_at
    assert updated_at([first.page_id]) == {first.page_id: first.published_at}


# Claims


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ([34, 36], "34 of 36 claims in this text name their source."),
        ([1, 1], "1 of 1 claim in this text names its source."),
        (
            [30, 30, 1],
            "30 of 30 claims in this text name their source. Counted are sentences that cite, or "
            "speak of numbers, risks or effects. Beside them, 1 sentence of common advice has no "
            "source and says so.",
        ),
        ([30, 30, 0], "or speak of numbers, risks or effects.</dd>"),
        ([3, 3, 4], "4 sentences of common advice have no source and say so."),
        ([0, 0, 4], ""),
        (None, ""),
    ],
)
def test_a_page_says_how_many_claims_name_their_source(
    client: Any, claims: list[int] | None, told: str
) -> None:
    revision = factories.published(factories.article_content())
    revision.parts = {key: value for key, value in revision.parts.items() if key != "claims"}
    if claims is not None:
        revision.parts["claims"] = claims
    revision.save(update_fields=["parts"])
    text = body(client)
    assert (told or " claim") in text if told else "name their source" not in text


def test_what_is_no_text_about_health_counts_no_claims(client: Any) -> None:
    factories.published(factories.glossary_content(introduction="It has 30 safe words."))
    factories.published(factories.plain_page_content(body="It works for 30 people."))
    for address in ("/glossary/", "/about/"):
        assert "Counted are sentences" not in client.get(address).content.decode()


def test_a_page_says_of_the_site_what_is_set_and_where_to_say_what_is_wrong(
    client: Any, settings: Any
) -> None:
    factories.published(factories.technique_content())
    address = "/techniques/do-nothing/"
    labels = ("<dt>Use of AI</dt>", "<dt>Funding</dt>", "<dt>Licence</dt>")
    text = body(client, address)
    assert [label in text for label in labels] == [False] * 3
    link = (
        '<a href="/voice/technique/do-nothing/report/" rel="nofollow">Something wrong on this page?'
    )
    assert link in text
    settings.SITE_AI_USE, settings.SITE_FUNDING = "None.", "By <readers>."
    settings.SITE_LICENCE = "CC BY 4.0"
    text = body(client, address)
    for label, said in zip(labels, ("None.", "By &lt;readers&gt;.", "CC BY 4.0"), strict=True):
        assert text.index(said) > text.index(label)


def test_all_of_it_takes_one_query() -> None:
    factories.published(factories.article_content(), change_kind="correction")
    due(200, reason="A source was retracted.")
    with CaptureQueriesContext(connection) as queries:
        shown = live_page("article", "removal")
        assert (shown.noindex, len(shown.corrections)) == (True, 1)
    assert len(queries) == 1
    assert Article.objects.count() == 1
