import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faq.content import QuestionContent
from faq.models import Question
from faq.working_copies import read_question
from publishing import actions
from publishing.content import Credit
from publishing.errors import UnknownName
from publishing.models import Contributor, Page
from tests import factories

pytestmark = pytest.mark.django_db
# The database is one world for all examples of a test; each example overwrites the last.
ON_THE_DATABASE = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
texts = st.text(st.sampled_from("aB \n\t;:#'\"\\é漢🙂\x00\x0b\x85\u2028"), max_size=20)


@pytest.fixture
def page(editor: User) -> Page:
    Contributor.objects.create(slug="ann", name="Ann")
    factories.draft(factories.article_content())
    return factories.draft(factories.question_content())


@given(
    place=st.sampled_from([(None, 0), (None, 7), ("removal", 0), ("removal", 1000)]),
    title=texts.map("x{}".format),
    short_answer=texts,
    answer=texts,
    credited=st.sampled_from([(), (Credit(contributor="ann"),)]),
)
@ON_THE_DATABASE
def test_a_question_comes_back_from_its_working_copy(
    editor: User,
    page: Page,
    place: tuple[str | None, int],
    title: str,
    short_answer: str,
    answer: str,
    credited: tuple[Credit, ...],
) -> None:
    article, order = place
    content = QuestionContent(
        slug="what-are-milia",
        title=title,
        condition="milia",
        contributors=credited,
        article=article,
        order=order,
        short_answer=short_answer,
        answer=answer,
    )
    # No version: each example starts from what the last one stored.
    page.refresh_from_db()
    assert actions.save_draft(by=editor, content=content, page=page).pk == page.pk
    assert read_question(page.pk) == content


def test_the_longest_question_that_is_allowed_can_be_stored(editor: User) -> None:
    content = QuestionContent(slug="s" * 80, title="t" * 200, short_answer="a" * 500)
    assert read_question(actions.save_draft(by=editor, content=content).pk) == content


def test_a_question_of_an_article_that_is_not_there_is_refused(editor: User) -> None:
    content = factories.question_content(condition=None, article="missing")
    with pytest.raises(UnknownName, match="Article: there is nothing called “missing”"):
        actions.save_draft(by=editor, content=content)
    assert not Question.objects.exists()
