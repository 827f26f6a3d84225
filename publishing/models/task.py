"""Something on somebody's desk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.page import Page
from references.models import Reference


class Task(models.Model):
    """Something to do about a page, open until somebody does it."""

    class Kind(models.TextChoices):
        REVIEW_DUE = "review-due", _("review due")
        RETRACTED_SOURCE = "retracted-source", _("retracted source")
        SOURCE_NOTICE = "source-notice", _("notice about a source")
        READER_REPORT = "reader-report", _("reader's report")
        BROKEN_LINK = "broken-link", _("broken link")
        NOT_PUBLISHED = "not-published", _("not published at its time")

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.PROTECT, related_name="tasks"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # The source that the task is about, if it is about one.
    source = models.ForeignKey(
        Reference,
        verbose_name=_("source"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    detail = models.TextField(_("what to do"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tasks",
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="tasks_done",
    )
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("due_on", "created_at")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_by=None, done_at=None)
                | models.Q(done_by__isnull=False, done_at__isnull=False),
                name="publishing_task_done_pair",
                violation_error_message=_("Who did a task and when go together."),
            ),
            models.CheckConstraint(
                condition=~models.Q(detail=""), name="publishing_task_has_detail"
            ),
            models.UniqueConstraint(
                fields=["page", "kind", "source", "detail"],
                condition=models.Q(done_at=None, source__isnull=False),
                name="publishing_task_once_a_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page}"
