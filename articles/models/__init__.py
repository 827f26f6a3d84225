"""Working copies of articles, techniques, conditions, glossaries and plain pages."""

from articles.models.article import Article, ArticleTechnique
from articles.models.reference_pages import Condition, Glossary, PlainPage, Term
from articles.models.technique import Assessment, Technique

__all__ = [
    "Article",
    "ArticleTechnique",
    "Assessment",
    "Condition",
    "Glossary",
    "PlainPage",
    "Technique",
    "Term",
]
