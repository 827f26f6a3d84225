"""Content document of a question and its answer."""

from typing import Annotated, ClassVar, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from publishing.content import Line, Markdown, MarkdownBlock, PageContent, Slug


class QuestionContent(PageContent):
    """A question; the title is the question itself. It may be part of an article."""

    kind: ClassVar[str] = "question"
    body_field: ClassVar[str] = "answer"

    article: Slug | None = None
    order: Annotated[int, Field(ge=0, le=1000)] = 0
    short_answer: Line = ""
    answer: Markdown = ""

    @model_validator(mode="after")
    def _order_needs_article(self) -> Self:
        if self.order and self.article is None:
            raise ValueError(_("Only a question in an article has a place there."))
        return self

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
