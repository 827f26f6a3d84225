"""Addresses of articles, techniques, conditions, the glossary and plain pages."""

from django.urls import path

from articles import views
from publishing.machines.documents import document
from publishing.views import history

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article_detail, name="detail"),
    path(
        "articles/<slug:slug>/references.<slug:extension>",
        views.article_references,
        name="references",
    ),
    path("articles/<slug:slug>.<slug:form>", document, {"kind": "article"}, name="document"),
    path("articles/<slug:slug>/history/", history, {"kind": "article"}, name="history"),
    path("techniques/", views.technique_list, name="technique_list"),
    path("techniques/<slug:slug>/", views.technique_detail, name="technique_detail"),
    path("techniques/<slug:slug>.<slug:form>", document, {"kind": "technique"}, name="document"),
    path("techniques/<slug:slug>/history/", history, {"kind": "technique"}, name="history"),
    path("conditions/", views.condition_list, name="condition_list"),
    path("conditions/<slug:slug>/", views.condition_detail, name="condition_detail"),
    path("conditions/<slug:slug>/compare/", views.compare, name="compare"),
    path("conditions/<slug:slug>.<slug:form>", document, {"kind": "condition"}, name="document"),
    path("conditions/<slug:slug>/history/", history, {"kind": "condition"}, name="history"),
    path("glossary/", views.glossary, name="glossary"),
    path(
        "glossary.<slug:form>",
        document,
        {"kind": "glossary", "slug": "glossary"},
        name="document",
    ),
    path("glossary/history/", history, {"kind": "glossary", "slug": "glossary"}, name="history"),
    path("<slug:slug>/", views.plain_page, name="plain_page"),
    path("<slug:slug>.<slug:form>", document, {"kind": "page"}, name="document"),
    path("<slug:slug>/history/", history, {"kind": "page"}, name="history"),
]
