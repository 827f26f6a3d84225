"""Immutable content documents and what hangs on them: sources, pictures, included pages."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from publishing.models.image import Image
from publishing.models.page import Page
from references.models import Reference

# In which order readers meet pages with and without a place. An index holds both, to the letter: a
# value that is bound has the type of the column, and a literal has not.
NO_PLACE = Cast(Value(0), models.PositiveSmallIntegerField())
WITHOUT_PLACE = Case(When(position=NO_PLACE, then=Value(1)), default=Value(0))
IS_PART = Case(When(part_of=None, then=Value(0)), default=Value(1))


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Reads of revisions."""

    def live(self) -> "RevisionQuerySet":
        """What the public may see, the one spelling of it."""
        return self.filter(state=Revision.State.LIVE)

    def of_kind(self, kind: str) -> "RevisionQuerySet":
        return self.filter(kind=kind)

    def for_list(self) -> "RevisionQuerySet":
        """The columns a list shows, without the documents."""
        return self.only("id", "page_id", "kind", "slug", "title", "summary", "published_at")

    def by_place(self, *first: str) -> "RevisionQuerySet":
        """As readers should meet them, after what they are ordered by first.

        Those with a place stand before those without: first the ones that are a part of no page,
        for they are about all of it, then the first of every page, the second of every page …
        """
        return self.order_by(*first, WITHOUT_PLACE, IS_PART, "position", "title", "id")


class Revision(models.Model):
    """One submitted text of a page. Its content never changes; a trigger sees to that."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")  # may be signed off or withdrawn
        CHANGES_REQUESTED = "changes-requested", _("changes requested")  # submit anew
        DECLINED = "declined", _("declined")  # ended
        WITHDRAWN = "withdrawn", _("withdrawn")  # ended by its authors or a newer revision
        APPROVED = "approved", _("approved")  # may be published or scheduled
        SCHEDULED = "scheduled", _("scheduled")  # goes live at `publish_at`
        LIVE = "live", _("live")  # what the public sees; one a page
        SUPERSEDED = "superseded", _("superseded")  # was live until a newer one was published
        UNPUBLISHED = "unpublished", _("unpublished")  # was live; its address answers 410

    class ChangeKind(models.TextChoices):
        NEW = "new", _("new page")
        CLINICAL = "clinical", _("clinical change")
        EVIDENCE = "evidence", _("evidence update")
        CORRECTION = "correction", _("correction")
        WORDING = "wording", _("wording")
        LAYOUT = "layout", _("layout")

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.SUBMITTED, db_index=True
    )
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    change_kind = models.CharField(_("kind of change"), max_length=12, choices=ChangeKind)
    change_note = models.CharField(
        _("what changed"),
        max_length=300,
        help_text=_("One plain sentence. Readers see it in the page's history."),
    )

    # Copies from the content, for addresses and lists.
    kind = models.CharField(_("kind"), max_length=20)
    slug = models.CharField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    condition = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions_about"
    )
    part_of = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.PROTECT, related_name="part_revisions"
    )
    position = models.PositiveSmallIntegerField(default=0)

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions_submitted"
    )
    submitted_at = models.DateTimeField(_("submitted"))
    # What the checks found when the text was submitted, with the reason of each waiver.
    findings = models.JSONField(_("findings"), default=list)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revisions_scheduled",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revisions_published",
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    unpublished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revisions_unpublished",
    )
    unpublished_at = models.DateTimeField(_("unpublished"), null=True, blank=True)
    unpublish_reason = models.CharField(_("why it was unpublished"), max_length=300, blank=True)

    # Derived from the content and made anew by `rerender`: the HTML of each block, and what the
    # public pages join when they are read (publishing.rendering.parts_json).
    rendered = models.JSONField(_("rendered"), default=dict)
    parts = models.JSONField(_("parts"), default=dict)
    renderer_version = models.PositiveIntegerField(default=0)

    references = models.ManyToManyField(
        Reference, through="publishing.Citation", related_name="cited_in"
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-submitted_at", "-id")
        permissions = [
            ("submit_revision", _("Can submit a page for review")),
            ("sign_off_revision", _("Can sign off a revision")),
            ("publish_revision", _("Can publish and unpublish")),
        ]
        indexes = [
            models.Index(
                fields=["kind", "-published_at", "id"],
                name="publishing_live_by_date",
                condition=Q(state="live"),
            ),
            models.Index(
                fields=["kind", "position", "title"],
                name="publishing_live_by_place",
                condition=Q(state="live"),
            ),
            models.Index(
                "kind",
                "condition",
                WITHOUT_PLACE,
                IS_PART,
                "position",
                "title",
                "id",
                name="publishing_live_as_read",
                condition=Q(state="live"),
            ),
            # Puts the many pages that cite one source into order without reading them.
            models.Index(
                fields=["title", "id"],
                name="publishing_live_by_title",
                condition=Q(state="live"),
            ),
            models.Index(
                fields=["publish_at"], name="publishing_scheduled", condition=Q(state="scheduled")
            ),
            models.Index(
                fields=["submitted_at"], name="publishing_waiting", condition=Q(state="submitted")
            ),
            models.Index(fields=["kind", "slug", "-number"], name="publishing_by_address"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="publishing_revision_page_and_number"
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state="live"),
                name="publishing_revision_one_live",
                violation_error_message=_("Another revision of this page is live."),
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=Q(state="live"),
                name="publishing_revision_one_live_address",
                violation_error_message=_("Another live page of this kind has this address."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="publishing_revision_number_positive"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="publishing_revision_sha256_form"
            ),
            models.CheckConstraint(
                condition=~Q(change_note=""),
                name="publishing_revision_has_change_note",
                violation_error_message=_("Say in one plain sentence what changed."),
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="publishing_revision_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="unpublished", unpublished_by__isnull=False)
                & Q(unpublished_at__isnull=False)
                & ~Q(unpublish_reason="")
                | ~Q(state="unpublished")
                & Q(unpublished_by=None, unpublished_at=None, unpublish_reason=""),
                name="publishing_revision_unpublished_pair",
                violation_error_message=_("Unpublishing needs who, when and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["live", "superseded", "unpublished"], published_at__isnull=False
                )
                | ~Q(state__in=["live", "superseded", "unpublished"]) & Q(published_at=None),
                name="publishing_revision_public_is_published",
            ),
            models.CheckConstraint(
                condition=Q(state="scheduled", publish_at__isnull=False, scheduled_by__isnull=False)
                | ~Q(state="scheduled") & Q(publish_at=None, scheduled_by=None),
                name="publishing_revision_scheduled_at",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(published_at__gte=F("submitted_at")),
                name="publishing_revision_published_after_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_open(self) -> bool:
        """Whether it is on its way to the public."""
        return self.state in OPEN_STATES


OPEN_STATES = (Revision.State.SUBMITTED, Revision.State.APPROVED, Revision.State.SCHEDULED)


# The kinds of change that move a page's "updated" date.
UPDATES = (
    Revision.ChangeKind.NEW,
    Revision.ChangeKind.CLINICAL,
    Revision.ChangeKind.EVIDENCE,
    Revision.ChangeKind.CORRECTION,
)


class Citation(models.Model):
    """One revision leans on one reference."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="citations")
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="citations")
    # Derived from the content and made anew by `rerender`: the sentences that lean on the source,
    # each with its `text` and whether it leans on this one `alone` (publishing.sentences).
    sentences = models.JSONField(_("sentences"), default=list)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "reference"], name="publishing_citation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} in {self.revision}"


class ImageUse(models.Model):
    """One revision shows a picture of the library; derived from its content."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="image_uses")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        verbose_name = _("use of a picture")
        verbose_name_plural = _("uses of pictures")
        constraints = [
            models.UniqueConstraint(fields=["revision", "image"], name="publishing_imageuse_once")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.revision}"


class Inclusion(models.Model):
    """One revision shows the live facts of another page, such as an article of a technique."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="inclusions")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="included_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("included page")
        verbose_name_plural = _("included pages")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["revision", "page"], name="publishing_inclusion_once"),
            models.UniqueConstraint(
                fields=["revision", "position"], name="publishing_inclusion_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} in {self.revision}"
