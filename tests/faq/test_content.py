import pytest
from pydantic import ValidationError

from publishing.content import MarkdownBlock
from tests import factories


def test_a_question_says_where_it_stands_and_what_lists_show() -> None:
    question = factories.question_content(article="removal", order=3)
    assert (question.part_of, question.position) == ("removal", 3)
    assert question.summary == "Tiny cysts."


def test_headings_of_a_question_keep_apart_from_those_of_its_article() -> None:
    question = factories.question_content(answer="One.")
    assert question.markdown_blocks() == (
        MarkdownBlock(name="answer", text="One.", prefix="q-what-are-milia-"),
    )


def test_only_a_question_in_an_article_has_a_place() -> None:
    assert factories.question_content(article=None, order=0).position == 0
    with pytest.raises(ValidationError, match="Only a question in an article has a place there"):
        factories.question_content(article=None, order=1)


@pytest.mark.parametrize("order", [-1, 1001, "first", 1.5])
def test_a_place_is_a_whole_number_up_to_a_thousand(order: object) -> None:
    with pytest.raises(ValidationError) as caught:
        factories.question_content(article="removal", order=order)
    assert [error["loc"] for error in caught.value.errors()] == [("order",)]
