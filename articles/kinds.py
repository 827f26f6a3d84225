"""Tells publishing which kinds of page this app has."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from articles import condition_page, glossary_subject, pages, parts, technique_page, working_copies
from articles.content import (
    ArticleContent,
    ConditionContent,
    GlossaryContent,
    PlainPageContent,
    TechniqueContent,
)
from articles.models import Article, Condition, Glossary, PlainPage, Technique
from publishing.kinds import PageKind
from publishing.markdown import Term
from publishing.models import Revision

# What others refer to comes first: content files are loaded in this order.
KINDS = (
    PageKind(
        kind="condition",
        content=ConditionContent,
        model=Condition,
        read=working_copies.read_condition,
        write=working_copies.write_condition,
        parts=parts.condition_parts,
        context=condition_page.condition_context,
        url_name="articles:condition_detail",
        template="articles/condition_detail.html",
        list_url_name="articles:condition_list",
        list_title=_("Conditions"),
        compare_url_name="articles:compare",
        compares="technique",
        takes_comments=True,
        folder="conditions",
    ),
    PageKind(
        kind="glossary",
        content=GlossaryContent,
        model=Glossary,
        read=working_copies.read_glossary,
        write=working_copies.write_glossary,
        parts=glossary_subject.glossary_parts,
        context=pages.glossary_context,
        findable_parts=parts.findable_terms,
        url_name="articles:glossary",
        template="articles/glossary.html",
        folder="glossary",
        has_slug=False,
    ),
    PageKind(
        kind="technique",
        content=TechniqueContent,
        model=Technique,
        read=working_copies.read_technique,
        write=working_copies.write_technique,
        parts=parts.technique_parts,
        read_from_parts=True,
        context=technique_page.technique_context,
        url_name="articles:technique_detail",
        template="articles/technique_detail.html",
        list_url_name="articles:technique_list",
        list_title=_("Techniques"),
        takes_comments=True,
        folder="techniques",
    ),
    PageKind(
        kind="article",
        content=ArticleContent,
        model=Article,
        read=working_copies.read_article,
        write=working_copies.write_article,
        parts=parts.article_parts,
        read_from_parts=True,
        framed=True,
        takes_comments=True,
        context=pages.article_context,
        url_name="articles:detail",
        template="articles/detail.html",
        list_url_name="articles:list",
        list_title=_("Articles"),
        folder="articles",
        includes_kind="technique",
    ),
    PageKind(
        kind="page",
        content=PlainPageContent,
        model=PlainPage,
        read=working_copies.read_plain_page,
        write=working_copies.write_plain_page,
        context=pages.plain_page_context,
        url_name="articles:plain_page",
        template="articles/plain_page.html",
        folder="pages",
    ),
)


def glossary_terms() -> Iterable[Term]:
    """The terms of the live glossary, for texts that use them."""
    for revision in Revision.objects.live().of_kind("glossary"):
        for term in GlossaryContent.from_data(revision.content).terms:
            yield Term(slug=term.slug, term=term.term, definition=term.definition, also=term.also)
