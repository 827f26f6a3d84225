"""Addresses of articles, techniques, conditions, the glossary and plain pages."""

from django.urls import path

from articles import views

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article_detail, name="detail"),
    path(
        "articles/<slug:slug>/references.<slug:extension>",
        views.article_references,
        name="references",
    ),
    path("techniques/", views.technique_list, name="technique_list"),
    path("techniques/<slug:slug>/", views.technique_detail, name="technique_detail"),
    path("conditions/<slug:slug>/", views.condition_detail, name="condition_detail"),
    path("glossary/", views.glossary, name="glossary"),
    path("<slug:slug>/", views.plain_page, name="plain_page"),
]
