"""What is kept for some days against floods: keyed hashes, never an IP address."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.event import CommentEvent


class DailyKey(models.Model):
    """The random key of one day's hashes. When it is gone, nobody can tell an address by them."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField()

    class Meta:
        verbose_name = _("key of a day")
        verbose_name_plural = _("keys of days")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.day)


class Trace(models.Model):
    """That something was sent, and a hash of where from."""

    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.SET_NULL, related_name="traces"
    )
    address = models.CharField(max_length=64)
    subnet = models.CharField(max_length=64)
    left_at = models.DateTimeField()

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        default_permissions = ()
        indexes = [
            models.Index(fields=["address", "left_at"], name="comments_trace_address"),
            models.Index(fields=["subnet", "left_at"], name="comments_trace_subnet"),
            models.Index(fields=["left_at"], name="comments_trace_left_at"),
        ]

    def __str__(self) -> str:
        return self.address[:8]


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags by whether a moderator has looked at them."""

    def open(self) -> "FlagQuerySet":
        """Those that no moderator has looked at."""
        return self.filter(settled_by=None)


class Flag(models.Model):
    """That a reader finds something wrong with a comment that is shown."""

    class Reason(models.TextChoices):
        DANGEROUS = "dangerous", _("It is dangerous advice.")
        PERSONAL = "personal", _("It tells something about a person.")
        ADVERTISING = "advertising", _("It is advertising.")
        UNKIND = "unkind", _("It is unkind.")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    # Hashes of where it came from, so that three flags of a day are of three readers.
    address = models.CharField(max_length=64)
    subnet = models.CharField(max_length=64)
    flagged_at = models.DateTimeField(_("when"))
    # The decision of a moderator who has looked since.
    settled_by = models.ForeignKey(
        CommentEvent, null=True, on_delete=models.PROTECT, related_name="flags_settled"
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "address"], name="comments_flag_once_an_address"
            )
        ]
        indexes = [
            models.Index(fields=["address", "flagged_at"], name="comments_flag_address"),
            models.Index(fields=["subnet", "flagged_at"], name="comments_flag_subnet"),
            models.Index(
                fields=["comment"], name="comments_flag_open", condition=Q(settled_by=None)
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
