"""The working copy of an article."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from articles.content import SafetyLevel
from articles.models.technique import Technique
from articles.video_files import check_captions, check_video, own_name
from publishing.models import Image, Page, page_link


class Article(Page):
    """An article as its editors see it."""

    page_ptr = page_link()
    standfirst = models.CharField(
        _("standfirst"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences, 40 words at most, that answer the question."),
    )
    key_points = models.TextField(
        _("key points"),
        blank=True,
        help_text=_(
            "One a line, 3 to 5 of them, 20 words at most and cited. "
            "One says when no treatment is needed."
        ),
    )
    adults_only = models.BooleanField(_("for adults only"), default=False)
    safety_level = models.CharField(
        _("safety card"), max_length=20, choices=SafetyLevel, blank=True, default=""
    )
    safety_heading = models.CharField(
        _("heading of the safety card"),
        max_length=200,
        blank=True,
        help_text=_("Says what to do, for example “See a dermatologist if:”."),
    )
    safety_notes = MarkdownxField(_("text of the safety card"), blank=True)
    lead_image = models.ForeignKey(
        Image,
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A clinical picture or a labelled diagram, never decoration."),
    )
    body = MarkdownxField(
        _("text"),
        blank=True,
        help_text=_(
            "Markdown. Cite with [@key] from the reference library. A line “::: compare” and a "
            "line “:::” place the comparison, “::: techniques” the sections about each technique."
        ),
    )
    video_file = models.FileField(
        _("video"),
        upload_to=own_name,
        validators=[check_video],
        blank=True,
        help_text=_("MP4 or WebM, up to 200 MB. Remove where it was taken and who is in it."),
    )
    video_poster = models.ForeignKey(
        Image,
        verbose_name=_("video poster"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    video_captions = models.FileField(
        _("captions (WebVTT)"), upload_to=own_name, validators=[check_captions], blank=True
    )
    video_transcript = MarkdownxField(_("transcript"), blank=True)
    limits = MarkdownxField(
        _("how sure are we?"),
        blank=True,
        help_text=_("The limits of the evidence: what is missing, and for whom it may not hold."),
    )
    searched_on = models.DateField(_("evidence searched on"), null=True, blank=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(safety_level="", safety_notes="")
                | (~models.Q(safety_level="") & ~models.Q(safety_notes="")),
                name="articles_article_safety_card_whole",
                violation_error_message=_("A safety card needs its level and its text together."),
            ),
            models.CheckConstraint(
                condition=models.Q(video_file="", video_captions="", video_transcript="")
                | (
                    ~models.Q(video_file="")
                    & ~models.Q(video_captions="")
                    & ~models.Q(video_transcript="")
                ),
                name="articles_article_video_accessible",
                violation_error_message=_("A video needs captions and a transcript."),
            ),
        ]


class ArticleTechnique(models.Model):
    """A technique that an article covers, in order."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="article_techniques"
    )
    technique = models.ForeignKey(
        Technique,
        verbose_name=_("technique"),
        on_delete=models.PROTECT,
        related_name="article_techniques",
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("technique of the article")
        verbose_name_plural = _("techniques of the article")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "technique"],
                name="articles_articletechnique_once",
                violation_error_message=_("This technique is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.technique}: {self.article}"
