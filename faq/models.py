"""The working copy of a question."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from articles.models import Article
from publishing.models import Page, page_link


class Question(Page):
    """A question and its answer as editors see them; it may stand in an article."""

    page_ptr = page_link()
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
        help_text=_("The article that shows this question, or none."),
    )
    order = models.PositiveSmallIntegerField(
        _("place"),
        default=0,
        help_text=_(
            "In its article or, without one, in the list of questions. Smaller numbers come first; "
            "0 is no place: first in an article, last in the list."
        ),
    )
    short_answer = models.CharField(
        _("short answer"), max_length=500, blank=True, help_text=_("One plain sentence for lists.")
    )
    answer = MarkdownxField(_("answer"), blank=True, help_text=_("80 words at most, cited."))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(order__lte=1000), name="faq_question_order_range"
            ),
        ]
