"""What readers say of a page: whether it answered their question."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.page import Page


class AnswerCount(models.Model):
    """How many readers found an answer on a page, and how many did not, on one day.

    Nothing is known of the readers.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="answer_counts")
    day = models.DateField(_("day"))
    yes = models.PositiveIntegerField(_("found an answer"), default=0)
    no = models.PositiveIntegerField(_("found none"), default=0)

    class Meta:
        verbose_name = _("readers' answers")
        verbose_name_plural = _("readers' answers")
        ordering = ("-day",)
        default_permissions = ()  # seen in the lists of pages
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="publishing_answercount_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.yes} / {self.no}"
