"""Tasks at the desk."""

import re

from django.conf import settings
from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing import actions as workflow
from publishing.desk.base import person
from publishing.forms import CleanTextForm
from publishing.list_filters import OpenTasksFilter, WhoseTasksFilter
from publishing.models import Task
from publishing.page_lists import PER_PAGE, page_link

SHOWN_CHARS = 120


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin[Task]):
    """What is to be done about pages: whose it is, and since when it is due."""

    form = CleanTextForm
    list_display = ("kind", "what", "linked_page", "due_on", "assigned_to", "done_at")
    list_display_links = ("kind",)
    list_filter = (OpenTasksFilter, WhoseTasksFilter, "kind")
    list_select_related = ("page", "assigned_to")
    list_per_page = PER_PAGE
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    search_fields = ("page__title", "detail")
    autocomplete_fields = ("assigned_to",)
    readonly_fields = ("done_by", "done_at")
    actions = ("mark_done", "take_over")

    class Media:
        css = {"all": ["css/admin/dashboard.css"]}

    @admin.display(description=_("what to do"))
    def what(self, task: Task) -> str:
        """The task's words; the first place at this desk that they name can be opened."""
        words = Truncator(task.detail).chars(SHOWN_CHARS)
        desk = settings.SITE_URL + reverse("admin:index")
        named = re.search(rf"{re.escape(desk)}\S+", task.detail)
        if named is None:
            return words
        return format_html('{} <a href="{}">{}</a>', words, named[0], _("Open it"))

    @admin.display(description=_("page"), ordering="page__title")
    def linked_page(self, task: Task) -> SafeString:
        return page_link(task.page)

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[Task]) -> None:
        """Note who did the open ones among the tasks, and when."""
        number = workflow.finish_tasks(by=person(request), tasks=queryset)
        message = ngettext("%(number)d task is done.", "%(number)d tasks are done.", number)
        self.message_user(request, message % {"number": number})

    @admin.action(description=_("Assign to me"), permissions=["change"])
    def take_over(self, request: HttpRequest, queryset: QuerySet[Task]) -> None:
        """Make the open ones among the tasks one's own."""
        number = queryset.filter(done_at=None).update(assigned_to=person(request))
        message = ngettext(
            "%(number)d task is yours now.", "%(number)d tasks are yours now.", number
        )
        self.message_user(request, message % {"number": number})
