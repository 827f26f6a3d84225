"""The desk: people here; pages, pictures, revisions, tasks and lists in their own files."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from publishing.desk.base import person
from publishing.event_admin import EventAdmin
from publishing.forms import CleanTextForm
from publishing.image_admin import ImageAdmin
from publishing.link_admin import LinkAdmin
from publishing.models import Contributor
from publishing.page_lists import AllPagesAdmin
from publishing.revision_admin import RevisionAdmin
from publishing.search_admin import SearchMissAdmin
from publishing.task_admin import TaskAdmin

__all__ = [
    "AllPagesAdmin",
    "ContributorAdmin",
    "EventAdmin",
    "ImageAdmin",
    "LinkAdmin",
    "RevisionAdmin",
    "SearchMissAdmin",
    "TaskAdmin",
]


@admin.register(Contributor)
class ContributorAdmin(admin.ModelAdmin[Contributor]):
    form = CleanTextForm
    list_display = ("name", "credentials", "interests_declared_on", "demo")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("user",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who is behind a contributor, and whether anybody is, is for those who keep accounts."""
        keeps_accounts = person(request).has_perm("auth.change_user")
        return [] if keeps_accounts else ["user", "demo"]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [name for name in ("user",) if name not in self.get_readonly_fields(request)]
