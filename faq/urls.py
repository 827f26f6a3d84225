"""Addresses of questions and answers."""

from django.urls import path

from faq import views
from publishing.machines.documents import document
from publishing.views import history

app_name = "faq"
urlpatterns = [
    path("", views.question_list, name="list"),
    path("<slug:slug>/", views.question_detail, name="detail"),
    path("<slug:slug>.<slug:form>", document, {"kind": "question"}, name="document"),
    path("<slug:slug>/history/", history, {"kind": "question"}, name="history"),
]
