"""Who did what to a page, and when: a log that is only ever added to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.page import Page
from publishing.models.revision import Revision


class Event(models.Model):
    """One act in the life of a page. A trigger forbids changing or deleting it."""

    class Action(models.TextChoices):
        SAVED = "saved", _("saved the draft")
        SUBMITTED = "submitted", _("submitted for review")
        WITHDRAWN = "withdrawn", _("withdrew")
        APPROVED = "approve", _("approved")
        CHANGES_REQUESTED = "request-changes", _("asked for changes")
        DECLINED = "decline", _("declined")
        SCHEDULED = "scheduled", _("scheduled")
        UNSCHEDULED = "unscheduled", _("took out of the schedule")
        NOT_PUBLISHED = "not-published", _("was not published at its time")
        PUBLISHED = "published", _("published")
        UNPUBLISHED = "unpublished", _("unpublished")
        RESTORED = "restored", _("restored as a draft")
        WAIVED = "waived", _("waived a finding")
        UNWAIVED = "unwaived", _("took back a waiver")
        SHARED = "shared", _("made a preview link")
        REVOKED = "revoked", _("revoked a preview link")
        REMARKED = "remarked", _("left a remark")
        REVIEW_PULLED = "review-pulled", _("review pulled forward")

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="events")
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    action = models.CharField(_("act"), max_length=20, choices=Action)
    # Nobody where the site itself acted, such as at the time of a scheduled publication.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    detail = models.TextField(_("detail"), blank=True)
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-happened_at", "-id")
        indexes = [models.Index(fields=["page", "-happened_at"], name="publishing_event_by_page")]

    def __str__(self) -> str:
        return f"{self.page}: {self.get_action_display()}"
