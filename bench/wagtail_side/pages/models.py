"""A page with a standfirst and a text, both of which its search reads."""

from django.db import models
from wagtail.models import Page
from wagtail.search import index


class ArticlePage(Page):
    """What an article is to Wagtail."""

    standfirst = models.CharField(max_length=500)
    body = models.TextField()

    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
    ]
