"""The desk: readers' comments, to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comments.models import Comment


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin[Comment]):
    list_display = ("name", "text", "page", "state", "written_at")
    list_filter = ("state",)
    list_select_related = ("page",)
    search_fields = ("name", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
