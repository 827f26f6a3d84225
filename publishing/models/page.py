"""The stable identity of one thing with a public address and an editorial life."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.content import CreditRole
from publishing.models.people import Contributor
from publishing.models.slugs import SLUG_PATTERN, SLUG_VALIDATOR


class Page(models.Model):
    """What every kind of page has; a child table holds the working copy of the kind.

    The child's fields are the working copy and never public. The public sees live revisions.
    """

    kind = models.CharField(_("kind"), max_length=20, editable=False)
    slug = models.CharField(
        _("address"),
        max_length=80,
        validators=[SLUG_VALIDATOR],
        help_text=_(
            "The last part of the web address: small letters, digits and single hyphens. "
            "A published page keeps answering at its old address."
        ),
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("At most 60 characters read well.")
    )
    condition = models.ForeignKey(
        "self",
        verbose_name=_("condition"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pages_about",
        limit_choices_to={"kind": "condition"},
        help_text=_("What this page is about. Lists and related pages are grouped by it."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="pages_owned",
        limit_choices_to={"is_staff": True, "is_active": True},
        help_text=_("Is reminded by e-mail when the page is due for review."),
    )
    review_months = models.PositiveSmallIntegerField(
        _("months between reviews"),
        default=24,
        help_text=_("12 where the page is about medicines; never more than 36."),
    )
    comments_open = models.BooleanField(_("takes comments"), default=True, editable=False)
    # When somebody has to look at the live text again: the day on which its sign-off ends, or an
    # earlier one, with the reason why the review was pulled forward.
    review_due_on = models.DateField(_("review due"), null=True, blank=True, editable=False)
    review_pull_reason = models.CharField(
        _("why the review is due early"), max_length=300, blank=True, editable=False
    )
    # Counts saves of the working copy, so that a second editor cannot overwrite a first unseen.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ("kind", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="publishing_page_kind_and_slug",
                violation_error_message=_(
                    "Another page of this kind has this address. Choose another one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(slug__regex=SLUG_PATTERN),
                name="publishing_page_slug_form",
                violation_error_message=_(
                    "An address has small letters, digits and single hyphens only."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__regex=r"^[a-z]+$"), name="publishing_page_kind_form"
            ),
            models.CheckConstraint(
                condition=~models.Q(title=""),
                name="publishing_page_has_title",
                violation_error_message=_("A page needs a title."),
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="publishing_page_version_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(review_months__gte=1, review_months__lte=36),
                name="publishing_page_review_months",
                violation_error_message=_("A page is reviewed every 1 to 36 months."),
            ),
            models.CheckConstraint(
                condition=models.Q(review_pull_reason="") | models.Q(review_due_on__isnull=False),
                name="publishing_page_pulled_review_is_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_due_on"],
                name="publishing_page_review_due",
                condition=models.Q(review_due_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


def page_link() -> "models.OneToOneField[Page, Page]":
    """The link from a kind's table to its page.

    It has no way back: publishing never asks a page for its child.
    """
    return models.OneToOneField(
        Page, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )


class Credit(models.Model):
    """A credited contributor of the working copy, in the order of the byline."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="credits")
    contributor = models.ForeignKey(
        Contributor, verbose_name=_("contributor"), on_delete=models.PROTECT
    )
    role = models.CharField(_("role"), max_length=20, choices=CreditRole, default=CreditRole.AUTHOR)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("credited contributor")
        verbose_name_plural = _("credited contributors")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "contributor"],
                name="publishing_credit_once",
                violation_error_message=_("This person is credited already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contributor}: {self.page}"


class DraftAuthor(models.Model):
    """Somebody who saved the working copy since the last revision was submitted."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="draft_authors")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("author since the last revision")
        verbose_name_plural = _("authors since the last revision")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "contributor"], name="publishing_draftauthor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contributor}: {self.page}"
