"""Links that show a revision to one person without an account, and what people say about it."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from publishing.models.revision import Revision

LINK_DAYS_MAX = 7


class PreviewLink(models.Model):
    """Lets one named person read one revision without logging in, for a few days."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="preview_links")
    recipient = models.CharField(
        _("for whom"), max_length=200, help_text=_("Their name; they see it in the preview.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="preview_links"
    )
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="preview_links_revoked",
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    times_opened = models.PositiveIntegerField(_("times opened"), default=0)
    opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(recipient=""),
                name="publishing_previewlink_has_recipient",
                violation_error_message=_("Say whom the link is for."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + datetime.timedelta(days=LINK_DAYS_MAX)),
                name="publishing_previewlink_ends",
                violation_error_message=_("A preview link lasts 1 to 7 days."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="publishing_previewlink_revoked_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.recipient}"


class Remark(models.Model):
    """What a reviewer, or the recipient of a preview link, says about a block of a revision."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="remarks")
    # A field of the document, such as `body`, or empty for the whole page.
    place = models.CharField(_("place"), max_length=80, blank=True)
    quote = models.CharField(_("the words it is about"), max_length=500, blank=True)
    text = models.TextField(_("remark"), max_length=5_000)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="remarks",
    )
    preview_link = models.ForeignKey(
        PreviewLink, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks"
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("written_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None, preview_link__isnull=False)
                | Q(account__isnull=False, preview_link=None),
                name="publishing_remark_has_one_writer",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="publishing_remark_has_text",
                violation_error_message=_("Write what you want to say."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.text[:50]}"
