"""Addresses of the public library of sources."""

from django.urls import path

from references.views import reference_detail, reference_file, reference_list

app_name = "references"

urlpatterns = [
    path("", reference_list, name="list"),
    path("<str:citekey>/", reference_detail, name="detail"),
    path("<slug:citekey>.<slug:extension>", reference_file, name="file"),
]
