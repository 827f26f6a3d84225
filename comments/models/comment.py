"""Readers' remarks on pages, held until a moderator lets them through."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.utils.translation import gettext_lazy as _

from comments.models.people import EmailAddress, Writer
from publishing.models import Page

MAX_DEPTH = 4
MAX_NAME = 80  # characters
MAX_CHARS = 5_000
# As many digits as the widest number of a row has in base 36.
PLACE_DIGITS = 8
MAX_PATH = (PLACE_DIGITS + 1) * (MAX_DEPTH + 1)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments by who sees them."""

    def public(self) -> "CommentQuerySet":
        """What readers see: comments that are shown, and the stubs of those that were."""
        return self.exclude(html="")

    def repliable(self, page_id: int) -> "CommentQuerySet":
        """What may be replied to below a page."""
        return self.filter(page=page_id, state=Comment.State.APPROVED, depth__lt=MAX_DEPTH)

    def flaggable(self) -> "CommentQuerySet":
        """What readers may flag; flags of one that others have just hidden are taken too."""
        return self.filter(Q(state=Comment.State.APPROVED) | ~Q(hidden_at=None))

    def waiting(self) -> "CommentQuerySet":
        """What a moderator has to decide, the most urgent first."""
        return self.filter(state=Comment.State.HELD).most_urgent_first()

    def most_urgent_first(self) -> "CommentQuerySet":
        """The order of the queue."""
        return self.order_by("-priority", "written_at", "id")


class Comment(models.Model):
    """A reader's remark in plain text, or a reply of the site."""

    class State(models.TextChoices):
        HELD = "held", _("waiting")  # nobody but moderators sees it
        APPROVED = "approved", _("shown")  # public
        REJECTED = "rejected", _("not shown")  # a moderator said no
        SPAM = "spam", _("spam")  # as rejected; its writer still reads "waiting"
        REMOVED = "removed", _("removed")  # was public; that it was there, and why it went, is
        ERASED = "erased", _("deleted")  # nothing is left but its place in a conversation

    class Reason(models.TextChoices):
        MEDICAL_ADVICE = "medical-advice", _("medical advice")
        PERSONAL_DATA = "personal-data", _("personal data")
        ADVERTISING = "advertising", _("advertising")
        UNKIND = "unkind", _("unkind")
        OFF_TOPIC = "off-topic", _("not about this page")
        DOUBLE = "double", _("said already")
        OTHER = "other", _("another reason")

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
    # The numbers of the comments above it and its own: the order of a conversation.
    path = models.CharField(max_length=MAX_PATH, default="", editable=False, db_collation="C")
    name = models.CharField(_("name or pseudonym"), max_length=MAX_NAME, blank=True)
    text = models.TextField(_("comment"), max_length=MAX_CHARS, blank=True)
    # What readers see of it, made whenever it changes (comments.rendering); nothing where they
    # see nothing.
    html = models.TextField(default="", editable=False)
    html_version = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True, default="")
    written_at = models.DateTimeField(_("written"), db_default=Now())
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    is_site = models.BooleanField(_("reply of the site"), default=False)
    # Counts every change, so that a second moderator cannot overrule a first one unknowingly.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comments_decided",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # Its writer had earned that comments are shown without being looked at first.
    by_trust = models.BooleanField(_("shown by trust"), default=False, editable=False)
    # When readers' flags hid it, until a moderator decides.
    hidden_at = models.DateTimeField(_("hidden by readers"), null=True, blank=True)

    # Moderators were written to.
    noticed_at = models.DateTimeField(null=True, editable=False)

    # What comments.scoring said of it.
    priority = models.SmallIntegerField(_("priority"), default=0)
    urgent = models.BooleanField(_("urgent"), default=False)
    points = models.SmallIntegerField(_("points"), default=0)
    reasons = models.JSONField(_("why"), default=list, blank=True)
    text_digest = models.CharField(max_length=64, default="", editable=False)

    writer = models.ForeignKey(
        Writer, null=True, on_delete=models.SET_NULL, editable=False, related_name="comments"
    )
    address = models.ForeignKey(
        EmailAddress, null=True, on_delete=models.SET_NULL, editable=False, related_name="comments"
    )
    # Hashes: of the ticket that it was sent with, good for one comment; of its private link.
    ticket = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - none of a site's reply
    access = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - none of a site's reply

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("written_at", "id")
        indexes = [
            models.Index(
                fields=["page", "path"],
                include=["state"],  # to count without reading the comments
                name="comments_public",
                condition=~Q(html=""),
            ),
            models.Index(
                F("priority").desc(),
                "written_at",
                "id",
                name="comments_queue",
                condition=Q(state="held"),
            ),
            models.Index(fields=["state", "-written_at"], name="comments_by_state"),
            models.Index(fields=["text_digest", "written_at"], name="comments_same_text"),
            models.Index(fields=["decided_at"], name="comments_decided_at"),
            GinIndex(OpClass("reasons", "jsonb_path_ops"), name="comments_by_reason"),
            # As Django asks for `icontains`.
            GinIndex(OpClass(Upper("text"), "gin_trgm_ops"), name="comments_like_text"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="comments_like_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(name="") & ~Q(text=""))
                | Q(state__in=["erased", "removed"], name="", text=""),
                name="comments_comment_has_name_and_text",
                violation_error_message=_("A comment needs a name and a text."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None, depth=0)
                | Q(parent__isnull=False, depth__gte=1, depth__lte=MAX_DEPTH),
                name="comments_comment_depth",
                violation_error_message=_("Replies go four levels deep at most."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="comments_comment_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="held", decided_at=None)
                | Q(state__in=["spam", "erased"])
                | Q(state="approved", by_trust=True)
                | Q(state__in=["approved", "rejected", "removed"], decided_at__isnull=False),
                name="comments_comment_shown_by_somebody",
                violation_error_message=_("A comment is shown only after a person let it through."),
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | Q(state="held"),
                name="comments_comment_hidden_waits",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "removed"]) | ~Q(reason=""),
                name="comments_comment_refused_with_reason",
                violation_error_message=_("Choose a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}" if self.text else f"#{self.pk}"
