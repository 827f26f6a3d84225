"""Pictures with what a reader needs to know about them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.slugs import SLUG_VALIDATOR


class Image(models.Model):
    """A picture: the file, what it shows in words, who made it, and under which licence."""

    class Consent(models.TextChoices):
        UNKNOWN = "", _("not said yet")
        NOT_NEEDED = "not-needed", _("not needed: nobody can be recognised")
        ON_FILE = "on-file", _("on file: the person agreed in writing")

    class SkinTone(models.TextChoices):
        """Fitzpatrick's six phototypes (Fitzpatrick 1988)."""

        NOT_SAID = "", _("not said, or no skin to be seen")
        TYPE_1 = "1", _("type I")
        TYPE_2 = "2", _("type II")
        TYPE_3 = "3", _("type III")
        TYPE_4 = "4", _("type IV")
        TYPE_5 = "5", _("type V")
        TYPE_6 = "6", _("type VI")

    slug = models.CharField(
        _("name in texts"),
        max_length=80,
        unique=True,
        validators=[SLUG_VALIDATOR],
        help_text=_("Used in Markdown: ![description](image:name)."),
    )
    file = models.FileField(_("file"), upload_to="images/", editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False)
    alt = models.CharField(
        _("text alternative"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for a reader who cannot see it."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that the text does not say."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(
        _("licence"), max_length=100, blank=True, help_text=_("For example “CC BY 4.0”.")
    )
    long_description = models.TextField(_("long description"), blank=True)
    source = models.CharField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_("Where the picture comes from: an address, a book, “own photograph”."),
    )
    consent = models.CharField(
        _("consent"), max_length=12, choices=Consent, default=Consent.UNKNOWN, blank=True
    )
    body_site = models.CharField(
        _("body site"), max_length=100, blank=True, help_text=_("For example “lower eyelid”.")
    )
    skin_tone = models.CharField(
        _("skin tone"), max_length=1, choices=SkinTone, default=SkinTone.NOT_SAID, blank=True
    )
    # Smaller copies in other formats, derived from the file: each with its `name` in the storage,
    # `format`, `width` and `height`.
    renditions = models.JSONField(_("renditions"), default=list, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        related_name="images_added",
        editable=False,
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-added_at", "slug")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decorative=False) | models.Q(alt=""),
                name="publishing_image_alt_or_decorative",
                violation_error_message=_(
                    "A decorative picture has no text alternative: choose one of the two."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(width__gte=1, height__gte=1),
                name="publishing_image_has_size",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
