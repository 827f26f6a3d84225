"""The log at the desk: who did what, and when."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.counting import CappedPaginator
from publishing.events import events_for_list
from publishing.models import Event
from publishing.page_lists import PER_PAGE, page_link


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """Who did what; the workflow writes it, and nobody changes it."""

    list_display = ("moment", "who", "action", "linked_page", "number", "detail")
    list_display_links = ("moment",)
    list_filter = ("action",)
    list_per_page = PER_PAGE
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    paginator = CappedPaginator
    ordering = ("-id",)
    sortable_by = ()
    fields = ("happened_at", "linked_page", "revision", "action", "who", "detail")
    readonly_fields = fields

    class Media:
        css = {"all": ["css/admin/dashboard.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return events_for_list()

    @admin.display(description=_("when"))
    def moment(self, event: Event) -> str:
        return date_format(timezone.localtime(event.happened_at), "j M Y, H:i")

    @admin.display(description=_("revision"), empty_value="")
    def number(self, event: Event) -> int | None:
        return event.revision.number if event.revision else None

    @admin.display(description=_("page"))
    def linked_page(self, event: Event) -> SafeString:
        return page_link(event.page)

    @admin.display(description=_("who"))
    def who(self, event: Event) -> str:
        return str(event.account or _("the site"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
