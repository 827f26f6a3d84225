"""Readers' search: what is live is found, whatever is typed, and nothing else."""

import datetime
import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.content import Term
from milia_site import roles, search_views
from publishing import actions, tasks
from publishing.models import SearchEntry, SearchMiss
from publishing.search import misses, query
from tests import factories, menu

pytestmark = pytest.mark.django_db
KERATIN = Term(slug="keratin", term="keratin", also=("horny protein",), definition="A protein.")


def titles(client: Any, words: str, **filters: str) -> list[str]:
    """The titles of the results, in order."""
    html = client.get("/search/", {"q": words, **filters}).content.decode()
    found = re.findall(r'<h2 dir="auto"><a href="[^"]*">(.*?)</a></h2>', html)
    return [re.sub(r"</?mark>", "", title) for title in found]


def text(client: Any, words: str, **filters: str) -> str:
    html: str = client.get("/search/", {"q": words, **filters}).content.decode()
    return html


@pytest.fixture
def world(db: None) -> None:
    """Live pages of several kinds about milia."""
    factories.published(
        factories.condition_content(title="Milia", also_called=("milk spots", "oil seeds"))
    )
    factories.published(factories.glossary_content(terms=(KERATIN,)))
    factories.published(
        factories.article_content(
            title="Removal options",
            standfirst="Ways to remove milia.",
            body="A needle opens the cyst [@berk2008]. Extraction takes minutes.",
        )
    )
    factories.published(factories.technique_content("laser", title="Laser"))
    factories.published(factories.question_content(title="Do milia go away?"))


def test_title_matches_come_first_and_sources_last(world: None, client: Any) -> None:
    assert titles(client, "milia") == ["Milia", "Do milia go away?", "Removal options", "Laser"]


def test_a_page_is_found_by_the_name_of_its_condition_as_that_is_now(
    world: None, client: Any
) -> None:
    assert titles(client, "milia laser") == ["Laser"]
    factories.published(factories.condition_content(title="Grains"))
    assert "Nothing holds all of these words." in text(client, "milia laser")
    assert titles(client, "grains laser") == ["Laser"]
    call_command("reindex", stdout=io.StringIO())
    assert titles(client, "grains laser") == ["Laser"]


def test_a_word_in_a_title_weighs_more_than_words_that_stand_together(client: Any) -> None:
    factories.published(
        factories.technique_content("beam", title="Beam", verdict="Gains over extraction: none.")
    )
    factories.published(
        factories.technique_content("tool", title="Extraction with a tool", verdict="A sound one.")
    )
    assert titles(client, "milia extraction") == ["Extraction with a tool", "Beam"]


def test_words_in_the_text_are_found_and_marked_in_the_extract(world: None, client: Any) -> None:
    html = text(client, "needle")
    assert titles(client, "needle") == ["Removal options"]
    assert "<mark>needle</mark> opens the cyst" in html


def test_inflected_words_are_found(world: None, client: Any) -> None:
    assert titles(client, "extracting") == ["Removal options"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("needel", "needle"), ("mila extracton", "milia extraction")]
)
def test_typing_errors_are_forgiven_and_said(
    world: None, client: Any, typed: str, meant: str
) -> None:
    assert titles(client, typed) == ["Removal options"]
    html = text(client, typed)
    assert f"Nothing was found for “{typed}”" in html
    assert f"<strong>{meant}</strong>" in html


def test_other_names_of_a_condition_find_its_pages(world: None, client: Any) -> None:
    assert titles(client, "milk spots") == [
        "Milia",
        "Do milia go away?",
        "Removal options",
        "Laser",
    ]
    assert titles(client, "milk spots needle") == ["Removal options"]


def test_a_glossary_term_is_found_at_its_place_by_its_other_forms(world: None, client: Any) -> None:
    assert '<a href="/glossary/#term-keratin">' in text(client, "horny protein")


def test_a_cited_source_is_found_and_an_uncited_one_is_not(world: None, client: Any) -> None:
    factories.reference("lonely2020", title="A lonely study")
    assert SearchEntry.objects.filter(kind="reference").values_list("slug", flat=True).get() == (
        "berk2008"
    )
    assert titles(client, "lonely") == []


def test_quotes_or_and_minus_mean_what_they_say(world: None, client: Any) -> None:
    assert titles(client, '"opens the cyst"') == ["Removal options"]
    assert "Nothing holds all of these words." in text(client, '"cyst opens"')
    assert titles(client, "laser or needle") == ["Laser", "Removal options"]
    assert sorted(titles(client, "milia -needle")) == ["Do milia go away?", "Laser", "Milia"]


def test_when_no_page_holds_all_words_those_that_hold_some_are_shown(
    world: None, client: Any
) -> None:
    assert titles(client, "laser needle") == ["Laser", "Removal options"]
    assert "Nothing holds all of these words." in text(client, "laser needle")


def test_results_are_narrowed_by_links_that_keep_the_words(world: None, client: Any) -> None:
    html = text(client, "milia")
    assert '<a href="?q=milia&amp;kind=question">Questions <span class="count">(1)</span>' in html
    assert '<a href="?q=milia&amp;condition=milia">Milia <span class="count">(4)</span>' in html
    assert titles(client, "milia", kind="question") == ["Do milia go away?"]
    assert titles(client, "milia", condition="milia", kind="article") == ["Removal options"]
    chosen = text(client, "milia", kind="question")
    assert '<a href="?q=milia" aria-current="true">Questions' in chosen


def test_an_unknown_filter_is_left_out_and_said(world: None, client: Any) -> None:
    html = text(client, "milia", kind="nonsense", condition="<b>")
    assert "was left out: nonsense, &lt;b&gt;" in html
    assert len(titles(client, "milia", kind="nonsense")) == 4


def test_the_former_name_of_the_condition_in_the_address_still_narrows(
    world: None, client: Any
) -> None:
    assert titles(client, "milia", about="milia", kind="article") == ["Removal options"]
    assert '"?q=milia&amp;condition=milia&amp;kind=question"' in text(
        client, "milia", about="milia"
    )


def test_a_minus_alone_leaves_nothing_to_look_for(world: None, client: Any) -> None:
    for typed in ("-milia", "-milia -laser", "the -milia", "milia or -laser", '-"milk spots"'):
        html = text(client, typed)
        assert titles(client, typed) == []
        assert "A minus leaves a word out." in html
        assert "Do milia go away?" in html
    assert not SearchMiss.objects.exists()


def test_words_that_are_left_out_stay_out_when_only_some_are_found(
    world: None, client: Any
) -> None:
    assert titles(client, "needle laser -removal") == ["Laser"]


def test_only_so_many_words_are_looked_for_and_that_is_said(world: None, client: Any) -> None:
    said = "Only the first 12 words were looked for."
    assert said in text(client, "milia " * 13)
    assert said not in text(client, "milia " * 12)


def test_what_finds_nothing_leads_to_conditions_questions_and_the_glossary(
    world: None, client: Any
) -> None:
    html = text(client, "zzzqqq")
    for way in ("/conditions/milia/", "/faq/what-are-milia/", "/glossary/"):
        assert f'<a href="{way}">' in html.partition("<main")[2]


def test_a_kind_without_results_says_so(world: None, client: Any) -> None:
    assert "Choose another one above." in text(client, "needle", kind="technique")


def test_counts_stop_at_fifty() -> None:
    assert [search_views._capped(number) for number in (49, 50, 51, 5_000)] == [
        "49",
        "50",
        "50+",
        "50+",
    ]


def test_nothing_about_the_condition_is_no_reason_to_look_for_other_words(
    world: None, client: Any
) -> None:
    factories.published(factories.condition_content("acne", title="Acne"))
    html = text(client, "milia needle", condition="acne")
    assert "Nothing of this kind was found." in html
    assert "Nothing holds all of these words." not in html


def test_without_words_there_are_ways_in_and_it_may_be_indexed(world: None, client: Any) -> None:
    html = text(client, "")
    assert '<a href="/conditions/milia/">Milia</a>' in html
    assert "Do milia go away?" in html
    assert "noindex" not in html
    assert '<meta name="robots" content="noindex">' in text(client, "milia")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "the and of",
        "x" * 10_000,
        "milia " * 2_000,
        '"unclosed',
        "-" * 33 + "milia",
        "- " * 33,
        "!&|()<->:*",
        "\x00",
        "a\x00b\x0bc",
        "😀",
        "מיליה",
        "ا" * 300,
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "or",
        "\ud800",
        "𝓂𝒾𝓁𝒾𝒶",
        "e" + "\u0301" * 500,
    ],
    ids=range(20),
)
def test_whatever_is_typed_there_is_an_answer(world: None, client: Any, typed: str) -> None:
    answer = client.get("/search/", {"q": typed.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_has_an_answer(world: None, client: Any, typed: str) -> None:
    assert client.get("/search/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "2", "21", "1e9", "a", "%00"])
def test_a_page_that_is_not_there_is_not_found(world: None, client: Any, page: str) -> None:
    answer = client.get(f"/search/?q=milia&page={page}")
    assert answer.status_code == 404
    assert '<a class="button" href="?q=milia">' in answer.content.decode()


def test_more_than_ten_results_are_paged(client: Any) -> None:
    for number in range(11):
        factories.published(factories.article_content(f"a-{number}", title=f"Needle {number}"))
    first, second = titles(client, "needle"), titles(client, "needle", page="2")
    assert len(first) == 10
    assert sorted(first + second) == sorted(f"Needle {number}" for number in range(11))
    assert 'href="?q=needle&amp;page=2" rel="next"' in text(client, "needle")
    assert 'href="?q=needle&amp;page=1" rel="prev"' in text(client, "needle", page="2")


def test_it_answers_reads_only(world: None, client: Any) -> None:
    menu.answers_only_reads(client, "/search/")


def test_thirty_results_take_as_many_queries_as_one(client: Any) -> None:
    counts = []
    for start, end in ((0, 1), (1, 31)):
        for number in range(start, end):
            factories.published(factories.article_content(f"a-{number}", title=f"Needle {number}"))
        with CaptureQueriesContext(connection) as queries:
            assert titles(client, "needle")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 9


def test_a_page_is_found_from_its_publication_to_its_end(client: Any) -> None:
    content = factories.article_content(title="Zebra", body="Xylophone [@berk2008].")
    revision = factories.approved(content)
    assert titles(client, "xylophone") == []
    editor = factories.EditorFactory.create()
    actions.publish(by=editor, revision=revision)
    assert titles(client, "xylophone") == ["Zebra"]
    actions.unpublish(by=editor, page=revision.page, reason="Old.")
    assert titles(client, "xylophone") == []
    assert not SearchEntry.objects.filter(kind="article").exists()


def test_a_search_that_takes_too_long_says_so(
    world: None, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "_COUNTS", "SELECT 'article', pg_sleep(5)::text::int, 1")
    monkeypatch.setattr(query, "TIMEOUT", 50)
    answer = client.get("/search/", {"q": "milia"})
    assert answer.status_code == 503
    assert "This search took too long." in answer.content.decode()
    assert 'value="milia"' in answer.content.decode()


def test_searches_that_find_nothing_are_counted_without_anything_personal(
    world: None, client: Any
) -> None:
    for typed in ("zzzqqq xxyyzz", "Zzzqqq  xxyyzz", "zzz@qqq.example", "zzzqqq 0123", "q" * 90):
        client.get("/search/", {"q": typed})
    assert list(SearchMiss.objects.values_list("words", "times")) == [("zzzqqq xxyyzz", 2)]


def test_the_index_is_made_anew_as_it_was(world: None) -> None:
    def entries() -> set[tuple[str, ...]]:
        return set(SearchEntry.objects.values_list("kind", "slug", "anchor", "title", "body"))

    before = entries()
    assert len(before) == 7
    SearchEntry.objects.filter(kind="article").delete()
    output = io.StringIO()
    call_command("reindex", if_empty=True, stdout=output)
    assert output.getvalue() == ""
    tasks.keep_search(timestamp=0)
    assert entries() == before
    SearchEntry.objects.all().delete()
    call_command("reindex", if_empty=True, stdout=output)
    assert output.getvalue() == "entries: 7\n"
    assert entries() == before


def test_a_source_that_changes_is_found_by_its_new_title(world: None, client: Any) -> None:
    source = factories.reference("berk2008")
    source.csl |= {"title": "Zucchini in winter", "author": [{"literal": "Milia Group"}]}
    source.save()
    assert titles(client, "zucchini") == ["Zucchini in winter"]


def test_old_searches_that_found_nothing_are_forgotten(db: None) -> None:
    today = timezone.localdate()
    for words, times, days in (("a", 2, 364), ("b", 2, 366), ("c", 1, 29), ("d", 1, 31)):
        day = today - datetime.timedelta(days=days)
        SearchMiss.objects.create(words=words, times=times, last_on=day)
    misses.forget()
    assert sorted(SearchMiss.objects.values_list("words", flat=True)) == ["a", "c"]


def test_only_so_many_searches_that_found_nothing_are_kept(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misses, "MAX_ROWS", 1)
    misses.count("one")
    misses.count("two")
    misses.count("one")
    assert list(SearchMiss.objects.values_list("words", "times")) == [("one", 2)]


def test_a_search_is_answered_when_it_cannot_be_counted(
    world: None, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_words: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(misses, "_count", fails)
    assert client.get("/search/", {"q": "zzzqqq"}).status_code == 200


def test_editors_see_what_was_sought_in_vain_more_than_once(client: Any, editor: Any) -> None:
    for _time in range(2):
        misses.count("scar cream")
    misses.count("once only")
    editor.groups.set([Group.objects.get(name=roles.EDITOR)])
    client.force_login(editor)
    panel = {each.key: each for each in client.get("/admin/").context["panels"]}["sought-in-vain"]
    assert [(line.text, line.detail) for line in panel.lines] == [("scar cream", "2 times")]
    html = client.get("/admin/publishing/searchmiss/").content.decode()
    assert "scar cream" in html
    assert "once only" not in html


def test_a_comparison_is_found_by_that_word_too(world: None, client: Any) -> None:
    factories.published(factories.article_content("compared", title="Milia: options compared"))
    factories.published(factories.article_content("study", title="A comparison of milia studies"))
    for words in ("milia comparison", "comparisons of milia"):
        assert sorted(titles(client, words)) == [
            "A comparison of milia studies",
            "Milia: options compared",
        ]
