"""The desk's list of what readers sought and did not find."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from publishing.models import SearchMiss
from publishing.search.misses import SHOWN_FROM


@admin.register(SearchMiss)
class SearchMissAdmin(admin.ModelAdmin[SearchMiss]):
    """Only looked at. What was sought once only may be personal, and is not shown."""

    list_display = ("words", "times", "last_on")
    list_display_links = None
    search_fields = ("words",)
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchMiss]:
        return super().get_queryset(request).filter(times__gte=SHOWN_FROM)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
