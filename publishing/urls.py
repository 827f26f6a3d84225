"""Addresses of people."""

from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [path("contributors/<slug:slug>/", views.contributor, name="contributor")]
