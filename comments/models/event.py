"""Who decided what about a comment: a log that is only ever added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment


class CommentEvent(models.Model):
    """One act on a comment. It holds nothing that a writer typed, for it outlives the comment."""

    class Action(models.TextChoices):
        ARRIVED = "arrived", _("arrived")
        APPROVED = "approved", _("let it through")
        REJECTED = "rejected", _("did not let it through")
        SPAM = "spam", _("called it spam")
        HELD = "held", _("held it")
        REMOVED = "removed", _("removed it")
        KEPT = "kept", _("left it, whatever its flags say")
        UNDONE = "undone", _("took the decision back")
        TOLD = "told", _("moderators were written to at once")
        EDITED = "edited", _("took personal data out")
        REPLIED = "replied", _("replied as the site")
        BANNED = "banned", _("banned its writer")
        LIFTED = "lifted", _("lifted the ban of its writer")
        ADDRESS_READ = "address-read", _("read its writer's e-mail address")
        EXPORTED = "exported", _("exported it for its writer")
        HIDDEN = "hidden", _("hidden after flags of readers")
        REPORTED = "reported", _("made it an error report")
        CORRECTED = "corrected", _("corrected by its writer")
        ERASED = "erased", _("deleted by its writer")
        ERASED_FOR = "erased-for", _("deleted at its writer's request")
        PURGED = "purged", _("deleted after its time")

    # No constraint: the comment may be gone.
    comment = models.ForeignKey(
        Comment, on_delete=models.DO_NOTHING, db_constraint=False, related_name="events"
    )
    action = models.CharField(_("act"), max_length=20, choices=Action)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comment_events",
    )
    reason = models.CharField(max_length=20, choices=Comment.Reason, blank=True, default="")
    # What the comment was before the act; an act that is taken back leads there again.
    state_before = models.CharField(max_length=10, choices=Comment.State, blank=True, default="")
    reason_before = models.CharField(max_length=20, blank=True, default="")
    hidden_before = models.DateTimeField(null=True)
    trust_before = models.BooleanField(default=False)
    decider_before = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_before = models.DateTimeField(null=True)
    # Acts that one click made are taken back together.
    batch = models.UUIDField(null=True)
    detail = models.TextField(_("detail"), blank=True, default="")
    happened_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("act on a comment")
        verbose_name_plural = _("acts on comments")
        ordering = ("-happened_at", "-id")
        default_permissions = ()
        indexes = [
            models.Index(fields=["comment", "-happened_at"], name="comments_event_by_comment"),
            models.Index(fields=["account", "-happened_at"], name="comments_event_by_account"),
            models.Index(
                fields=["happened_at"], name="comments_event_told", condition=Q(action="told")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.get_action_display()}"
