"""The page behind a preview link: the public page, counted, and kept by nobody."""

import re
from typing import Any

import pytest

from publishing import actions
from publishing.content import PageContent
from publishing.models import PreviewLink, Revision
from tests import factories

pytestmark = pytest.mark.django_db

CONTENTS: dict[str, tuple[PageContent, str]] = {
    "article": (factories.article_content(), "/articles/removal/"),
    "technique": (factories.technique_content(), "/techniques/do-nothing/"),
    "condition": (factories.condition_content("cysts"), "/conditions/cysts/"),
    "question": (factories.question_content(), "/faq/what-are-milia/"),
    "glossary": (factories.glossary_content(), "/glossary/"),
    "page": (factories.plain_page_content(), "/about/"),
}


def share(revision: Revision) -> PreviewLink:
    return actions.share(
        by=factories.EditorFactory.create(), revision=revision, recipient="Ann Example", days=7
    )


def address(link: PreviewLink) -> str:
    return f"/preview/{actions.token_of(link)}/page/"


def without_live_state(answer: Any) -> str:
    """A page without what is known only of a live one: its dates, changes and reviews."""
    text: str = answer.content.decode()
    return re.sub(r'<section id="about-this-page".*?</section>', "", text, flags=re.DOTALL)


@pytest.mark.parametrize("kind", CONTENTS)
def test_it_is_byte_for_byte_the_public_page(client: Any, settings: Any, kind: str) -> None:
    settings.COMMENTS_OPEN = False  # nobody comments on what is not public yet
    content, public = CONTENTS[kind]
    link = share(factories.published(content))
    answer = client.get(address(link))
    assert answer.status_code == 200
    assert without_live_state(answer) == without_live_state(client.get(public))
    assert actions.token_of(link) not in answer.content.decode()


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_text_that_is_not_public_yet_is_shown_through_its_link_alone(
    client: Any, kind: str
) -> None:
    content, public = CONTENTS[kind]
    link = share(factories.submitted(content))
    answer = client.get(address(link))
    assert answer.status_code == 200
    assert content.title in answer.content.decode()
    assert client.get(public).status_code == 404
    assert client.get(f"{public}history/").status_code == 404
    assert f"{public}history/" not in answer.content.decode()


def test_nobody_keeps_it_and_its_address_goes_nowhere(client: Any) -> None:
    answer = client.get(address(share(factories.submitted(factories.article_content()))))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert dict(answer.cookies) == {}


def test_each_reading_is_counted_and_a_head_is_none(client: Any) -> None:
    link = share(factories.submitted(factories.article_content()))
    for _time in range(2):
        client.get(address(link))
    assert client.head(address(link)).status_code == 200
    assert client.post(address(link)).status_code == 405
    link.refresh_from_db()
    assert link.times_opened == 2
    assert link.opened_at is not None
