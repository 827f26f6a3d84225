"""Readers' remarks on pages, held until a moderator lets them through."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Page

MAX_DEPTH = 4


class Comment(models.Model):
    """A reader's remark, in plain text."""

    class State(models.TextChoices):
        HELD = "held", _("waiting")  # nobody but moderators sees it
        APPROVED = "approved", _("shown")  # public
        REJECTED = "rejected", _("not shown")  # a moderator said no
        SPAM = "spam", _("spam")  # as rejected; its writer still reads "waiting"

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.PROTECT, related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("reply to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
    )
    depth = models.PositiveSmallIntegerField(_("depth"), default=0)
    name = models.CharField(_("name or pseudonym"), max_length=80)
    text = models.TextField(_("comment"), max_length=5000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comments_decided",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("written_at", "id")
        indexes = [
            models.Index(
                fields=["page", "written_at"],
                name="comments_shown",
                condition=models.Q(state="approved"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(text=""),
                name="comments_comment_has_name_and_text",
                violation_error_message=_("A comment needs a name and a text."),
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None, depth=0)
                | models.Q(parent__isnull=False, depth__gte=1, depth__lte=MAX_DEPTH),
                name="comments_comment_depth",
                violation_error_message=_("Replies go four levels deep at most."),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None, decided_at=None)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="comments_comment_decided_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(state="held", decided_at=None)
                | models.Q(state="spam")
                | models.Q(state__in=["approved", "rejected"], decided_at__isnull=False),
                name="comments_comment_shown_by_somebody",
                violation_error_message=_("A comment is shown only after a person let it through."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"
