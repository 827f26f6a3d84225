"""The public history of a page: what readers have seen of it, and nothing else."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from publishing import actions
from publishing.content import Credit, PageContent
from publishing.models import Contributor, Page
from tests import factories, menu

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/removal/history/"
CONTENTS: dict[str, tuple[PageContent, str]] = {
    "article": (factories.article_content(), ADDRESS),
    "technique": (factories.technique_content(), "/techniques/do-nothing/history/"),
    "condition": (factories.condition_content("cysts"), "/conditions/cysts/history/"),
    "question": (factories.question_content(), "/faq/what-are-milia/history/"),
    "glossary": (factories.glossary_content(), "/glossary/history/"),
    "page": (factories.plain_page_content(), "/about/history/"),
}


def words(answer: Any) -> str:
    """The words of the main part of a page, with single spaces."""
    text: str = answer.content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def entries(client: Any, address: str = ADDRESS) -> list[str]:
    """The words of each change, newest first."""
    html: str = client.get(address).content.decode()
    return [
        " ".join(re.sub(r"<[^>]*>", " ", part).split())
        for part in html.split("<p><strong><time")[1:]
    ]


@pytest.mark.parametrize("kind", CONTENTS)
def test_each_kind_of_page_has_a_history_that_is_hidden_until_it_is_public(
    client: Any, kind: str
) -> None:
    content, address = CONTENTS[kind]
    menu.is_hidden_until_published(client, address, content)


@pytest.mark.parametrize("kind", CONTENTS)
def test_each_kind_of_page_leads_to_its_history(client: Any, kind: str) -> None:
    content, address = CONTENTS[kind]
    factories.published(content)
    assert f'href="{address}"' in client.get(address.removesuffix("history/")).content.decode()
    history = client.get(address)
    assert f"History of “{content.title}”" in words(history)
    assert f'href="{address.removesuffix("history/")}"' in history.content.decode()


def test_the_history_of_a_page_that_moved_stands_at_its_new_address(client: Any) -> None:
    revision = factories.published(factories.article_content())
    editor = factories.EditorFactory.create()
    page = Page.objects.get(pk=revision.page_id)
    actions.save_draft(by=editor, content=factories.article_content("moved"), page=page)
    change = {"change_kind": "wording", "change_note": "A better address."}
    moved = actions.submit(by=editor, page=page, **change)
    factories.sign_off(moved)
    actions.publish(by=editor, revision=moved)
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/articles/moved/history/")
    assert "First version." in words(client.get("/articles/moved/history/"))


def test_it_answers_only_reads(client: Any) -> None:
    factories.published(factories.article_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/articles/unknown/history/")


def test_it_takes_as_many_queries_for_three_changes_as_for_one(client: Any) -> None:
    def add(number: int) -> None:
        key = f"key{number}"
        factories.reference(key)
        body = f"Version {number} [@{key}]."
        factories.published(factories.article_content(body=body), change_kind="evidence")

    menu.queries_stay_equal(client, ADDRESS, add, most=5)


def test_a_change_says_when_what_who_and_on_which_sources(client: Any, reviewer: User) -> None:
    Contributor.objects.filter(user=reviewer).update(name="Rae Example", credentials="MD, test")
    Contributor.objects.create(slug="ann", name="Ann Example", credentials="MSc")
    factories.reference("old2001", issued={"date-parts": [[2001]]})
    factories.reference("new2024", issued={"date-parts": [[2024]]})
    credit = (Credit(contributor="ann"),)
    factories.published(factories.article_content(body="One [@old2001].", contributors=credit))
    factories.published(
        factories.article_content(body="Two [@new2024].", contributors=credit),
        change_kind="evidence",
        change_note="A new study was added.",
    )
    newest, first = entries(client)
    assert newest.endswith(
        "evidence update A new study was added. Written by Ann Example, MSc "
        "Medically reviewed by Rae Example, MD, test "
        "References added Title of new2024 , Journal of Tests, 2024 "
        "References removed Title of old2001 , Journal of Tests, 2001"
    )
    assert "new page First version. Written by Ann Example, MSc" in first
    assert "References" not in first
    html = client.get(ADDRESS).content.decode()
    assert 'href="/references/new2024/"' in html
    assert 'href="/references/old2001/"' in html


def test_a_reviewer_stands_there_as_they_signed(client: Any, reviewer: User) -> None:
    factories.published(factories.article_content())
    Contributor.objects.filter(user=reviewer).update(name="Another name", credentials="PhD")
    assert "Medically reviewed by reviewer, MD" in entries(client)[0]


def test_a_placeholder_is_never_shown_as_a_reviewer(client: Any, reviewer: User) -> None:
    Contributor.objects.filter(user=reviewer).update(demo=True)
    factories.published(factories.article_content())
    text = words(client.get(ADDRESS))
    assert "Nobody: this text was not medically reviewed." in text
    assert "No author is named." in text


def test_what_was_never_public_is_not_in_the_history(client: Any, editor: User) -> None:
    factories.published(factories.article_content())
    before = client.get(ADDRESS).content
    note: dict[str, Any] = {"change_kind": "clinical", "change_note": "Xyzzycanary."}
    factories.reference("canary")
    for decision in ("withdraw", "decline", "request-changes", "approve"):
        content = factories.article_content(title=f"Canary {decision}", body="Canary [@canary].")
        revision = factories.submitted(content, **note)
        if decision == "withdraw":
            actions.withdraw(by=editor, revision=revision)
        else:
            actions.sign_off(
                by=factories.ReviewerFactory.create(),
                revision=revision,
                sha256=revision.sha256,
                decision=decision,
                statement="Canary.",
                expires_at=revision.submitted_at + factories.YEAR,
            )
        assert client.get(ADDRESS).content == before, decision
    actions.publish(by=editor, revision=revision)
    assert "Xyzzycanary." in words(client.get(ADDRESS))


def test_minor_edits_that_follow_each_other_are_folded_together(client: Any) -> None:
    for number, kind in enumerate(("wording", "clinical", "wording", "layout", "correction")):
        note: dict[str, Any] = {"change_kind": kind, "change_note": f"Change {number}."}
        factories.published(factories.article_content(body=f"Version {number}."), **note)
    html = client.get(ADDRESS).content.decode()
    folded = re.findall(r"<details>.*?</details>", html, flags=re.DOTALL)
    assert [re.findall(r"Change \d", part) for part in folded] == [["Change 3", "Change 2"]]
    assert "2 minor edits" in folded[0]
    assert re.findall(r"Change \d", html) == [f"Change {number}" for number in (4, 3, 2, 1, 0)]


def test_a_long_history_goes_on_on_another_page(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.history.CHANGES_SHOWN", 2)
    for number in range(3):
        factories.reference(f"key{number}")
        content = factories.article_content(body=f"Version {number} [@key{number}].")
        factories.published(content, change_kind="evidence", change_note=f"Change {number}.")
    first, second = entries(client), entries(client, f"{ADDRESS}?page=2")
    assert [len(first), len(second)] == [2, 1]
    assert "References removed Title of key0" in first[1]
    assert 'href="?page=2"' in client.get(ADDRESS).content.decode()
    assert client.get(f"{ADDRESS}?page=3").status_code == 404


def test_a_page_that_came_back_keeps_its_whole_history(client: Any, editor: User) -> None:
    first = factories.published(factories.article_content())
    actions.unpublish(by=editor, page=first.page, reason="It was out of date.")
    factories.published(factories.article_content(title="Back"), change_note="It is back.")
    first.refresh_from_db()
    back, gone = entries(client)
    assert f"Taken down on {first.unpublished_at:%-d %B %Y} : It was out of date." in gone
    assert "It is back." in back
    assert "Taken down" not in back
