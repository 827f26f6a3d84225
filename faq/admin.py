"""The desk: questions."""

from django.contrib import admin

from faq.content import QuestionContent
from faq.models import Question
from publishing.admin_base import PageAdmin


@admin.register(Question)
class QuestionAdmin(PageAdmin):
    content = QuestionContent
    search_fields = (*PageAdmin.search_fields, "article__title")
    autocomplete_fields = ("article",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "slug",
                    "condition",
                    "opened_version",
                    "article",
                    "order",
                    "short_answer",
                    "answer",
                )
            },
        ),
    )
