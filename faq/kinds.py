"""Tells publishing which kind of page this app has."""

from django.utils.translation import gettext_lazy as _

from faq.content import QuestionContent
from faq.models import Question
from faq.pages import question_context, question_parts
from faq.working_copies import read_question, write_question
from publishing.kinds import PageKind

QUESTION = PageKind(
    kind="question",
    content=QuestionContent,
    model=Question,
    read=read_question,
    write=write_question,
    parts=question_parts,
    context=question_context,
    url_name="faq:detail",
    template="faq/detail.html",
    list_url_name="faq:list",
    list_title=_("Questions and answers"),
    folder="questions",
    part_of_kind="article",
    takes_comments=True,
)
