"""What is known of writers: a key that only they hold, and an address that only they gave."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EmailAddress(models.Model):
    """An e-mail address that a writer gave, encrypted; nothing public is ever joined with it.

    Which address it is can be asked by the hash, whose key is not in the database.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    encrypted = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("e-mail address of a writer")
        verbose_name_plural = _("e-mail addresses of writers")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Writer(models.Model):
    """Whoever holds a private link. The same name or address makes nobody the same writer."""

    # The hash of what stands in the writer's private links.
    key = models.CharField(max_length=64, unique=True, editable=False)
    # How often a moderator refused a comment; deleting it makes nobody trusted.
    refused = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("writer")
        verbose_name_plural = _("writers")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Ban(models.Model):
    """A writer, or whoever uses an e-mail address, whose comments are not taken for a time."""

    writer = models.ForeignKey(Writer, null=True, on_delete=models.CASCADE, related_name="bans")
    # One that is erased leaves the writer banned.
    address = models.ForeignKey(
        EmailAddress, null=True, on_delete=models.SET_NULL, related_name="bans"
    )
    # The comment that it was for, if it is still there.
    comment = models.ForeignKey(
        "comments.Comment", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(writer__isnull=False) | Q(address__isnull=False),
                name="comments_ban_of_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"
