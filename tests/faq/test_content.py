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


def test_a_question_without_an_article_may_have_a_place_in_the_list() -> None:
    question = factories.question_content(article=None, order=1)
    assert (question.part_of, question.position) == (None, 1)


@pytest.mark.parametrize("order", [-1, 1001, "first", 1.5])
def test_a_place_is_a_whole_number_up_to_a_thousand(order: object) -> None:
    with pytest.raises(ValidationError) as caught:
        factories.question_content(article="removal", order=order)
    assert [error["loc"] for error in caught.value.errors()] == [("order",)]
