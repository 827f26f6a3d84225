"""Addresses of people, of readers' voices, and of what is shared before it is public."""

from django.urls import path

from publishing import reader_views, shared_views, views
from publishing.machines.cards import card

app_name = "publishing"
urlpatterns = [
    path("contributors/", views.contributor_list, name="contributor_list"),
    path("contributors/<slug:slug>/", views.contributor, name="contributor"),
    path("cards/site.png", card, name="card"),
    path("cards/<slug:kind>/<slug:slug>.png", card, name="card"),
    path("voice/<slug:kind>/<slug:slug>/answer/", reader_views.answer, name="answer"),
    path("voice/<slug:kind>/<slug:slug>/report/", reader_views.report, name="report"),
    path("voice/<slug:kind>/<slug:slug>/thanks/", reader_views.thanks, name="thanks"),
    path("preview/<str:token>/", shared_views.shared, name="shared"),
    path("preview/<str:token>/page/", shared_views.shared_page, name="shared_page"),
]
