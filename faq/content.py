"""Content document of a question and its answer."""

from typing import Annotated, ClassVar

from pydantic import Field

from publishing.content import Line, Markdown, MarkdownBlock, PageContent, Slug


class QuestionContent(PageContent):
    """A question; the title is the question itself. It may be part of an article.

    `order` is its place in that article, or, of one that belongs to none, in the list of questions;
    0 is no place, which comes first in an article and last in the list.
    """

    kind: ClassVar[str] = "question"
    body_field: ClassVar[str] = "answer"

    article: Slug | None = None
    order: Annotated[int, Field(ge=0, le=1000)] = 0
    short_answer: Line = ""
    answer: Markdown = ""

    @property
    def summary(self) -> str:
        return self.short_answer

    @property
    def part_of(self) -> Slug | None:
        return self.article

    @property
    def position(self) -> int:
        return self.order

    def markdown_blocks(self) -> tuple[MarkdownBlock, ...]:
        return (MarkdownBlock(name="answer", text=self.answer, prefix=f"q-{self.slug}-"),)
