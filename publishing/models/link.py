"""Addresses outside the site that live pages link to, and reminders that were sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.page import Page


class Link(models.Model):
    """An address outside, and how it answered when it was last asked."""

    url = models.CharField(_("address"), max_length=2_000, unique=True)
    host = models.CharField(_("host"), max_length=253)
    # Live pages that link to it, as of the last check.
    pages = models.ManyToManyField(Page, related_name="links", blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    result = models.CharField(_("answer"), max_length=200, blank=True)
    # Failures in a row; with the third one the link is a broken one.
    strikes = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    ignored = models.BooleanField(
        _("ignored"), default=False, help_text=_("It works, but does not answer programs.")
    )

    class Meta:
        verbose_name = _("outgoing link")
        verbose_name_plural = _("outgoing links")
        ordering = ("-strikes", "url")

    def __str__(self) -> str:
        return self.url


class Reminder(models.Model):
    """An e-mail about a review that was sent; nobody is reminded twice of the same."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField(_("review due"))
    # 60, 30, 0 and -30
    days_before = models.SmallIntegerField(_("days before"))
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "due_on", "days_before"], name="publishing_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.days_before}"
