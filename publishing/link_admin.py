"""The desk's list of links to other sites."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.models import Link, Page
from publishing.outgoing_links import STRIKES
from publishing.page_lists import page_link

PAGES_SHOWN = 5


class BrokenFilter(admin.SimpleListFilter):
    """Links that failed three nights in a row."""

    title = _("state")
    parameter_name = "broken"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("broken")), ("0", _("not broken"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Link]) -> QuerySet[Link]:
        if self.value() == "1":
            return queryset.filter(strikes__gte=STRIKES, ignored=False)
        if self.value() == "0":
            return queryset.exclude(strikes__gte=STRIKES, ignored=False)
        return queryset


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin[Link]):
    """Found in live pages each night; people only say which of them to leave alone."""

    list_display = ("url", "result", "strikes", "checked_at", "ignored", "on_pages")
    list_filter = (BrokenFilter, "ignored")
    search_fields = ("url",)
    list_per_page = 50
    show_full_result_count = False
    fields = ("open_it", "result", "strikes", "checked_at", "on_pages", "ignored")
    readonly_fields = ("open_it", "result", "strikes", "checked_at", "on_pages")
    actions = ("ignore", "ask_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        pages = Page.objects.only("pk", "kind", "title").order_by("title")
        return super().get_queryset(request).prefetch_related(Prefetch("pages", pages))

    @admin.display(description=_("address"))
    def open_it(self, link: Link) -> SafeString:
        return format_html('<a href="{0}" rel="noopener noreferrer">{0}</a>', link.url)

    @admin.display(description=_("on pages"))
    def on_pages(self, link: Link) -> SafeString:
        shown = list(link.pages.all())[:PAGES_SHOWN]
        return format_html_join(", ", "{}", ((page_link(page),) for page in shown))

    @admin.action(
        description=_("Leave alone: they work, but do not answer programs"), permissions=["change"]
    )
    def ignore(self, request: HttpRequest, links: QuerySet[Link]) -> None:
        links.update(ignored=True, strikes=0)

    @admin.action(description=_("Ask again in the next night"), permissions=["change"])
    def ask_again(self, request: HttpRequest, links: QuerySet[Link]) -> None:
        links.update(ignored=False, checked_at=None, strikes=0)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
