"""The working copy of a technique and its assessments."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from articles.content import Certainty, CostBand, Setting, Suitability
from publishing.models import Page, page_link
from references.models import Reference


class Technique(Page):
    """A treatment option as its editors see it; "do nothing" is one."""

    page_ptr = page_link()
    verdict = models.CharField(
        _("verdict"),
        max_length=500,
        blank=True,
        help_text=_("One plain line: what it is good for, and what it is not."),
    )
    invasiveness = models.PositiveSmallIntegerField(
        _("how invasive"),
        default=0,
        help_text=_(
            "0 for doing nothing, up to 1000. Options are listed in this order, never ranked."
        ),
    )
    setting = models.CharField(_("setting"), max_length=10, choices=Setting, default=Setting.CLINIC)
    how_it_works = MarkdownxField(_("how it works"), blank=True)
    who_does_it = MarkdownxField(_("who does it"), blank=True)
    sessions = MarkdownxField(_("sessions"), blank=True)
    time_to_result = MarkdownxField(_("time to result"), blank=True)
    downtime = MarkdownxField(_("downtime"), blank=True)
    discomfort = MarkdownxField(_("discomfort"), blank=True)
    benefits = MarkdownxField(_("benefits"), blank=True)
    common_risks = MarkdownxField(_("common risks"), blank=True)
    serious_risks = MarkdownxField(_("serious risks"), blank=True)
    darker_skin = MarkdownxField(_("risks in darker skin"), blank=True)
    near_eye = models.CharField(
        _("near the eye"), max_length=10, choices=Suitability, default=Suitability.NO_DATA
    )
    near_eye_note = MarkdownxField(_("near the eye, in words"), blank=True)
    pregnancy = models.CharField(
        _("in pregnancy"), max_length=10, choices=Suitability, default=Suitability.NO_DATA
    )
    pregnancy_note = MarkdownxField(_("in pregnancy, in words"), blank=True)
    cost_band = models.CharField(
        _("cost"), max_length=15, choices=CostBand, default=CostBand.MEDIUM
    )
    not_for = MarkdownxField(_("not for"), blank=True)
    unknowns = MarkdownxField(_("what we don't know"), blank=True)

    class Meta:
        verbose_name = _("technique")
        verbose_name_plural = _("techniques")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(invasiveness__lte=1000),
                name="articles_technique_invasiveness_range",
                violation_error_message=_("How invasive is a number from 0 to 1000."),
            )
        ]


class Assessment(models.Model):
    """How sure the evidence lets us be about one technique for one condition."""

    technique = models.ForeignKey(Technique, on_delete=models.CASCADE, related_name="assessments")
    condition = models.ForeignKey(
        Page,
        verbose_name=_("condition"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "condition"},
    )
    certainty = models.CharField(
        _("certainty of the evidence"),
        max_length=12,
        choices=Certainty,
        help_text=_("GRADE: how sure we are that the effect is close to what the studies say."),
    )
    basis = models.CharField(
        _("basis"),
        max_length=500,
        help_text=_("What the certainty rests on; citations are welcome."),
    )
    references = models.ManyToManyField(
        Reference, verbose_name=_("references"), blank=True, related_name="assessments"
    )
    sentence = models.CharField(
        _("in one plain sentence"),
        max_length=500,
        help_text=_("What a reader should take from it, without citations."),
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["technique", "condition"],
                name="articles_assessment_once",
                violation_error_message=_("This condition is assessed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(certainty__in=Certainty.values),
                name="articles_assessment_certainty_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technique} for {self.condition}: {self.get_certainty_display()}"
