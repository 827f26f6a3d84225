"""A stated reason for passing a finding that blocks."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.page import Page


class Waiver(models.Model):
    """Why one finding about one page may stand. It falls with the words that it is about."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="waivers")
    code = models.CharField(_("code"), max_length=60)
    # publishing.checks.model.Finding.fingerprint
    fingerprint = models.CharField(_("SHA-256 of what it is about"), max_length=64)
    message = models.TextField(_("finding"))
    quote = models.TextField(_("words"), blank=True)
    reason = models.CharField(
        _("reason"), max_length=500, help_text=_("The reviewer reads it before signing.")
    )
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="waivers"
    )
    waived_at = models.DateTimeField(_("waived"), auto_now_add=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "code", "fingerprint"], name="publishing_waiver_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="publishing_waiver_has_reason",
                violation_error_message=_("Say why this may stand."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.page}"
