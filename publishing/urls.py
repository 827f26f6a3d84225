"""Addresses of people, and of what is shared before it is public."""

from django.urls import path

from publishing import shared_views, views

app_name = "publishing"
urlpatterns = [
    path("contributors/<slug:slug>/", views.contributor, name="contributor"),
    path("preview/<str:token>/", shared_views.shared, name="shared"),
    path("preview/<str:token>/page/", shared_views.shared_page, name="shared_page"),
]
