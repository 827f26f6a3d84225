"""Working copy to content document and back, for each kind of page in this app."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles import content as documents
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
from articles.reserved import ReservedAddress, is_reserved
from publishing.errors import UnknownName
from publishing.models import Page
from publishing.working_copies import (
    base_fields,
    named_image,
    named_page,
    write_base,
    write_credits,
)
from references.models import Reference

TECHNIQUE_FIELDS = (
    "verdict",
    "invasiveness",
    "setting",
    "near_eye",
    "pregnancy",
    "cost_band",
    *documents.TECHNIQUE_TEXTS,
)
ARTICLE_FIELDS = (
    "standfirst",
    "adults_only",
    "safety_level",
    "safety_heading",
    "safety_notes",
    "body",
    "limits",
    "searched_on",
)


def _copy(names: tuple[str, ...], source: Any) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}


def _assign(names: tuple[str, ...], source: Any, target: Any) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))


def read_article(page_id: int) -> documents.ArticleContent:
    """The working copy of an article as its document."""
    article = Article.objects.select_related("condition", "lead_image", "video_poster").get(
        pk=page_id
    )
    techniques = article.article_techniques.values_list("technique__slug", flat=True)
    return documents.ArticleContent(
        **base_fields(article),
        **_copy(ARTICLE_FIELDS, article),
        key_points=tuple(article.key_points.splitlines()),
        techniques=tuple(techniques),
        lead_image=article.lead_image.slug if article.lead_image else None,
        video=_read_video(article),
    )


def _read_video(article: Article) -> documents.Video | None:
    if not article.video_file:
        return None
    return documents.Video(
        file=article.video_file.name,
        poster=article.video_poster.slug if article.video_poster else None,
        captions=article.video_captions.name,
        transcript=article.video_transcript,
    )


def write_article(
    content: documents.ArticleContent, page: Page | None, owner: AbstractBaseUser
) -> Page:
    """Store a document as the working copy of an article."""
    article = write_base(Article, content, page, owner)
    _assign(ARTICLE_FIELDS, content, article)
    article.key_points = "\n".join(content.key_points)
    article.lead_image = named_image(content.lead_image, _("Lead picture"))
    video = content.video
    article.video_file = video.file if video else ""
    article.video_captions = video.captions if video else ""
    article.video_transcript = video.transcript if video else ""
    article.video_poster = named_image(video.poster if video else None, _("Video poster"))
    article.save()
    write_credits(article, content)
    _write_techniques(article, content.techniques)
    return article


def _write_techniques(article: Article, slugs: tuple[str, ...]) -> None:
    found = {item.slug: item for item in Technique.objects.filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise UnknownName(field=_("Techniques"), name=slug)
    article.article_techniques.all().delete()
    ArticleTechnique.objects.bulk_create(
        ArticleTechnique(article=article, technique=found[slug], position=number)
        for number, slug in enumerate(slugs, 1)
    )


def read_technique(page_id: int) -> documents.TechniqueContent:
    """The working copy of a technique as its document."""
    technique = Technique.objects.select_related("condition").get(pk=page_id)
    assessments = technique.assessments.select_related("condition").prefetch_related("references")
    return documents.TechniqueContent(
        **base_fields(technique),
        **_copy(TECHNIQUE_FIELDS, technique),
        assessments=tuple(
            documents.Assessment(
                condition=item.condition.slug,
                certainty=documents.Certainty(item.certainty),
                basis=item.basis,
                references=tuple(reference.citekey for reference in item.references.all()),
                sentence=item.sentence,
            )
            for item in assessments
        ),
    )


def write_technique(
    content: documents.TechniqueContent, page: Page | None, owner: AbstractBaseUser
) -> Page:
    """Store a document as the working copy of a technique."""
    technique = write_base(Technique, content, page, owner)
    _assign(TECHNIQUE_FIELDS, content, technique)
    technique.save()
    write_credits(technique, content)
    technique.assessments.all().delete()
    for number, item in enumerate(content.assessments, 1):
        assessment = Assessment.objects.create(
            technique=technique,
            condition=named_page("condition", item.condition, _("Assessments")),
            certainty=item.certainty,
            basis=item.basis,
            sentence=item.sentence,
            position=number,
        )
        assessment.references.set(_named_references(item.references))
    return technique


def _named_references(keys: tuple[str, ...]) -> list[Reference]:
    found = {item.citekey: item for item in Reference.objects.filter(citekey__in=keys)}
    for key in keys:
        if key not in found:
            raise UnknownName(field=_("Assessments"), name=key)
    return list(found.values())


def read_condition(page_id: int) -> documents.ConditionContent:
    """The working copy of a condition as its document."""
    condition = Condition.objects.select_related("condition", "lead_image").get(pk=page_id)
    return documents.ConditionContent(
        **base_fields(condition),
        also_called=tuple(condition.also_called.splitlines()),
        overview=condition.overview,
        lead_image=condition.lead_image.slug if condition.lead_image else None,
        body=condition.body,
    )


def write_condition(
    content: documents.ConditionContent, page: Page | None, owner: AbstractBaseUser
) -> Page:
    """Store a document as the working copy of a condition."""
    condition = write_base(Condition, content, page, owner)
    condition.also_called = "\n".join(content.also_called)
    condition.overview = content.overview
    condition.lead_image = named_image(content.lead_image, _("Lead picture"))
    condition.body = content.body
    condition.save()
    write_credits(condition, content)
    return condition


def read_glossary(page_id: int) -> documents.GlossaryContent:
    """The working copy of a glossary as its document."""
    glossary = Glossary.objects.select_related("condition").get(pk=page_id)
    return documents.GlossaryContent(
        **base_fields(glossary),
        introduction=glossary.introduction,
        terms=tuple(
            documents.Term(
                slug=term.slug,
                term=term.term,
                also=tuple(form.strip() for form in term.also.split(";") if form.strip()),
                definition=term.definition,
            )
            for term in glossary.terms.all()
        ),
    )


def write_glossary(
    content: documents.GlossaryContent, page: Page | None, owner: AbstractBaseUser
) -> Page:
    """Store a document as the working copy of a glossary."""
    glossary = write_base(Glossary, content, page, owner)
    glossary.introduction = content.introduction
    glossary.save()
    write_credits(glossary, content)
    glossary.terms.all().delete()
    Term.objects.bulk_create(
        Term(
            glossary=glossary,
            slug=term.slug,
            term=term.term,
            also="; ".join(term.also),
            definition=term.definition,
            position=number,
        )
        for number, term in enumerate(content.terms, 1)
    )
    return glossary


def read_plain_page(page_id: int) -> documents.PlainPageContent:
    """The working copy of a plain page as its document."""
    page = PlainPage.objects.select_related("condition").get(pk=page_id)
    return documents.PlainPageContent(**base_fields(page), lead=page.lead, body=page.body)


def write_plain_page(
    content: documents.PlainPageContent, page: Page | None, owner: AbstractBaseUser
) -> Page:
    """Store a document as the working copy of a plain page."""
    if is_reserved(content.slug):
        raise ReservedAddress(content.slug)
    plain = write_base(PlainPage, content, page, owner)
    _assign(("lead", "body"), content, plain)
    plain.save()
    write_credits(plain, content)
    return plain
