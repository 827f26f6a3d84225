"""The desk: articles, techniques, conditions, glossaries and plain pages."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles import content
from articles.answers import LABELS
from articles.models import (
    Article,
    ArticleTechnique,
    Assessment,
    Condition,
    Glossary,
    PlainPage,
    Technique,
    Term,
)
from publishing.admin_base import CreditInline, OrderedInline, PageAdmin

IDENTITY = ("title", "slug", "condition", "opened_version")


class ArticleTechniqueInline(OrderedInline):
    model = ArticleTechnique
    fk_name = "article"
    autocomplete_fields = ("technique",)


@admin.register(Article)
class ArticleAdmin(PageAdmin):
    content = content.ArticleContent
    inlines = (CreditInline, ArticleTechniqueInline)
    fieldsets = (
        (None, {"fields": (*IDENTITY, "standfirst", "key_points")}),
        (
            _("Safety"),
            {"fields": ("adults_only", "safety_level", "safety_heading", "safety_notes")},
        ),
        (_("Text"), {"fields": ("lead_image", "body")}),
        (_("Limits of the evidence"), {"fields": ("limits", "searched_on")}),
        (
            _("Video"),
            {
                "classes": ("collapse",),
                "fields": ("video_file", "video_poster", "video_captions", "video_transcript"),
            },
        ),
    )


class AssessmentInline(admin.StackedInline[Any, Any]):
    model = Assessment
    form = OrderedInline.form
    extra = 0
    fk_name = "technique"
    text_column = "basis"
    autocomplete_fields = ("references",)


@admin.register(Technique)
class TechniqueAdmin(PageAdmin):
    content = content.TechniqueContent
    inlines = (CreditInline, AssessmentInline)
    fieldsets = (
        (None, {"fields": (*IDENTITY, "verdict", "invasiveness")}),
        (_("How it works"), {"fields": ("how_it_works", "setting", "who_does_it")}),
        (
            _("What to expect"),
            {"fields": ("sessions", "time_to_result", "downtime", "discomfort", "cost_band")},
        ),
        (_("Benefits and risks"), {"fields": ("benefits", "common_risks", "serious_risks")}),
        (
            _("For whom"),
            {
                "fields": (
                    "darker_skin",
                    "near_eye",
                    "near_eye_note",
                    "pregnancy",
                    "pregnancy_note",
                    "not_for",
                )
            },
        ),
        (LABELS["unknowns"], {"fields": ("unknowns",)}),
    )


@admin.register(Condition)
class ConditionAdmin(PageAdmin):
    content = content.ConditionContent
    fieldsets = ((None, {"fields": (*IDENTITY, "also_called", "overview", "lead_image", "body")}),)


class TermInline(OrderedInline):
    model = Term
    fk_name = "glossary"
    text_column = "definition"
    prepopulated_fields = {"slug": ("term",)}


@admin.register(Glossary)
class GlossaryAdmin(PageAdmin):
    content = content.GlossaryContent
    inlines = (TermInline, CreditInline)
    fieldsets = ((None, {"fields": (*IDENTITY, "introduction")}),)


@admin.register(PlainPage)
class PlainPageAdmin(PageAdmin):
    content = content.PlainPageContent
    fieldsets = ((None, {"fields": (*IDENTITY, "lead", "body")}),)
