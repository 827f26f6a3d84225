"""The desk's lists of comments are pages of their own; what the admin links to leads there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comments.actions.common import MODERATE
from comments.models import Comment
from publishing.desk.base import person
from publishing.lists import id_of


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin[Comment]):
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse(_list_for(request)))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return self.change_view(request, object_id)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        number = id_of(object_id)
        if number is None:
            return HttpResponseRedirect(reverse(_list_for(request)))
        page = "comment_care" if person(request).has_perm(MODERATE) else "comment_report"
        return HttpResponseRedirect(reverse(f"admin:{page}", args=[number]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _list_for(request: HttpRequest) -> str:
    """The queue for who decides, what readers see for everybody else."""
    moderates = person(request).has_perm(MODERATE)
    return "admin:comment_queue" if moderates else "admin:comment_shown"
