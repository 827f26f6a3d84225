"""Working copies of conditions, glossaries with their terms, and plain pages."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from articles.reserved import ReservedAddress, is_reserved
from publishing.models import SLUG_VALIDATOR, Image, Page, page_link
from publishing.models.slugs import SLUG_PATTERN


class Condition(Page):
    """What is treated, as its editors see it."""

    page_ptr = page_link()
    also_called = models.TextField(
        _("also called"), blank=True, help_text=_("One name a line. Search finds them too.")
    )
    overview = models.CharField(
        _("overview"),
        max_length=500,
        blank=True,
        help_text=_("One or two plain sentences that say what it is."),
    )
    lead_image = models.ForeignKey(
        Image,
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = MarkdownxField(_("text"), blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")


class Glossary(Page):
    """A list of terms, as its editors see it."""

    page_ptr = page_link()
    introduction = MarkdownxField(_("introduction"), blank=True)

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")


class Term(models.Model):
    """One glossary entry."""

    glossary = models.ForeignKey(Glossary, on_delete=models.CASCADE, related_name="terms")
    slug = models.CharField(_("name in addresses"), max_length=80, validators=[SLUG_VALIDATOR])
    term = models.CharField(_("term"), max_length=200)
    also = models.CharField(
        _("other forms"),
        max_length=500,
        blank=True,
        help_text=_("Plurals and synonyms that texts use, separated by semicolons."),
    )
    definition = models.CharField(_("what it means"), max_length=500)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["glossary", "slug"],
                name="articles_term_once",
                violation_error_message=_("This term is in the glossary already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(definition=""), name="articles_term_has_definition"
            ),
        ]

    def __str__(self) -> str:
        return self.term


class PlainPage(Page):
    """A page such as "About us", as its editors see it."""

    page_ptr = page_link()
    lead = models.CharField(_("lead"), max_length=300, blank=True)
    body = MarkdownxField(_("text"), blank=True)

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def clean(self) -> None:
        """Refuses an address where another part of the site answers."""
        super().clean()
        if re.fullmatch(SLUG_PATTERN, self.slug) and is_reserved(self.slug):
            raise ValidationError({"slug": ReservedAddress(self.slug).message})
