"""The one address of the Wagtail side."""

from django.urls import path

from bench.wagtail_side.views import search

urlpatterns = [path("search/", search)]
