"""Working copy of a question to its content document and back."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.models import Article
from faq.content import QuestionContent
from faq.models import Question
from publishing.errors import UnknownName
from publishing.models import Page
from publishing.working_copies import base_fields, write_base, write_credits


def read_question(page_id: int) -> QuestionContent:
    """The working copy of a question as its document."""
    question = Question.objects.select_related("condition", "article").get(pk=page_id)
    return QuestionContent(
        **base_fields(question),
        article=question.article.slug if question.article else None,
        order=question.order,
        short_answer=question.short_answer,
        answer=question.answer,
    )


def write_question(content: QuestionContent, page: Page | None, owner: AbstractBaseUser) -> Page:
    """Store a document as the working copy of a question."""
    question = write_base(Question, content, page, owner)
    question.article = _named_article(content.article)
    question.order = content.order
    question.short_answer = content.short_answer
    question.answer = content.answer
    question.save()
    write_credits(question, content)
    return question


def _named_article(slug: str | None) -> Article | None:
    if slug is None:
        return None
    article = Article.objects.filter(slug=slug).first()
    if article is None:
        raise UnknownName(field=_("Article"), name=slug)
    return article
