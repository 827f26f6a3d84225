"""Who stands behind a text: contributors, what each did on a revision, and sign-offs."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models.slugs import SLUG_VALIDATOR


class Contributor(models.Model):
    """A person who is credited, or who writes or signs. Every staff user who writes has one."""

    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[SLUG_VALIDATOR])
    name = models.CharField(_("name"), max_length=200)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributor",
    )
    credentials = models.CharField(
        _("credentials"),
        max_length=300,
        blank=True,
        help_text=_("Qualifications as they may be checked, for example “MD, dermatologist”."),
    )
    biography = models.TextField(_("biography"), blank=True)
    interests = models.TextField(
        _("conflict-of-interest statement"),
        blank=True,
        help_text=_("Say “None” when there are none. Renew it every 12 months."),
    )
    interests_declared_on = models.DateField(_("interests declared on"), null=True, blank=True)
    demo = models.BooleanField(
        _("demonstration only"),
        default=False,
        help_text=_("A placeholder, not a person. Their sign-off is never shown as a review."),
    )

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ("name", "slug")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name=""), name="publishing_contributor_has_name"
            ),
            models.CheckConstraint(
                condition=models.Q(interests="", interests_declared_on=None)
                | (~models.Q(interests="") & models.Q(interests_declared_on__isnull=False)),
                name="publishing_contributor_interests_dated",
                violation_error_message=_(
                    "Give the conflict-of-interest statement and its date together."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publishing:contributor", args=[self.slug])


class Contribution(models.Model):
    """Who did what on one revision. One row a person, so nobody reviews what they wrote."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")  # wrote, saved, submitted or is credited
        REVIEWER = "reviewer", _("reviewer")  # read and decided

    revision = models.ForeignKey(
        "publishing.Revision", on_delete=models.PROTECT, related_name="contributions"
    )
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="contributions"
    )
    # Who acted, or whose account the credited person has: a contributor may get another account.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    # The place in the byline; 0 is not credited.
    credit_position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "contributor"],
                name="publishing_contribution_one_role_per_person",
                violation_error_message=_(
                    "This person has a part in this revision already. "
                    "Nobody may review what they wrote."
                ),
            ),
            models.UniqueConstraint(
                fields=["revision", "account"],
                name="publishing_contribution_one_role_per_account",
                violation_error_message=_(
                    "This account has a part in this revision already. "
                    "Nobody may review what they wrote."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["author", "reviewer"]),
                name="publishing_contribution_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} ({self.get_role_display()})"


class SignOff(models.Model):
    """A reviewer's decision on exactly one text, by its SHA-256.

    It keeps who the reviewer was then: what the contributor's row says later changes no review.
    """

    class Decision(models.TextChoices):
        APPROVE = "approve", _("approve")  # the revision may be published until it expires
        REQUEST_CHANGES = "request-changes", _("ask for changes")  # back to the author
        DECLINE = "decline", _("decline")  # the revision ends here

    class Scope(models.TextChoices):
        WHOLE = "whole", _("the whole text")
        CLINICAL = "clinical", _("the clinical statements")
        CHANGES = "changes", _("what changed since the last review")

    contribution = models.OneToOneField(
        Contribution, primary_key=True, on_delete=models.PROTECT, related_name="sign_off"
    )
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.WHOLE)
    statement = models.TextField(_("statement"))
    name = models.CharField(_("reviewer"), max_length=200)
    credentials = models.CharField(_("credentials"), max_length=300, blank=True)
    interests = models.TextField(_("conflict-of-interest statement"), blank=True, default="")
    demo = models.BooleanField(_("demonstration only"), db_default=False)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    signed_at = models.DateTimeField(_("signed"))
    expires_at = models.DateTimeField(_("review due"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    decision="approve",
                    # A comparison with NULL is not false, so CHECK alone would let it through.
                    expires_at__isnull=False,
                    expires_at__gt=models.F("signed_at"),
                )
                | (
                    models.Q(decision__in=["request-changes", "decline"])
                    & models.Q(expires_at__isnull=True)
                ),
                name="publishing_signoff_approval_expires",
                violation_error_message=_(
                    "An approval needs a review date after today; another decision has none."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="publishing_signoff_has_name",
            ),
            models.CheckConstraint(
                condition=~models.Q(statement=""),
                name="publishing_signoff_has_statement",
                violation_error_message=_(
                    "Say in a sentence what was reviewed, or what to change."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.contribution}"
