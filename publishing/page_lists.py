"""The lists of pages at the desk: of one kind, and of all kinds together."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing import kinds
from publishing.bulk import PageActions
from publishing.desk.base import person
from publishing.list_filters import (
    KindFilter,
    LiveFilter,
    MyPagesFilter,
    NewestStateFilter,
    ReviewFilter,
)
from publishing.models import AnswerCount, Event, Page, Revision

PER_PAGE = 50


def page_link(page: Page) -> SafeString:
    """A link to a page's working copy at the desk."""
    return format_html('<a href="{}">{}</a>', kinds.get(page.kind).admin_url(page.pk), page.title)


class PageListAdmin(PageActions, admin.ModelAdmin[Any]):
    """A list of pages: where each stands, who looks after it, when it is due and was worked on."""

    list_display: tuple[str, ...] = (
        "title",
        "condition",
        "state_in_words",
        "is_live",
        "owner",
        "review",
        "last_act",
        "readers_answers",
    )
    list_filter: ClassVar[tuple[Any, ...]] = (
        NewestStateFilter,
        LiveFilter,
        ReviewFilter,
        MyPagesFilter,
        "condition",
        "comments_open",
    )
    list_select_related = ("condition", "owner")
    list_per_page = PER_PAGE
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    search_fields: ClassVar[tuple[str, ...]] = ("title", "slug")
    actions = ("change_owner", "set_interval", "review_now", "open_comments", "close_comments")

    class Media:
        css = {"all": ["css/admin/dashboard.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        revisions = Revision.objects.filter(page=OuterRef("pk")).order_by("-number")
        events = Event.objects.filter(page=OuterRef("pk")).order_by("-happened_at")
        answers = AnswerCount.objects.filter(page=OuterRef("pk")).order_by().values("page")
        pages: QuerySet[Any] = super().get_queryset(request)
        annotated: QuerySet[Any] = pages.annotate(
            newest_state=Subquery(revisions.values("state")[:1]),
            last_act_at=Coalesce(Subquery(events.values("happened_at")[:1]), "created_at"),
            found=Subquery(answers.annotate(sum=Sum("yes")).values("sum")),
            found_none=Subquery(answers.annotate(sum=Sum("no")).values("sum")),
            live=Exists(Revision.objects.live().filter(page=OuterRef("pk"))),
        )
        return annotated

    @admin.display(description=_("newest revision"))
    def state_in_words(self, page: Any) -> str:
        state = page.newest_state
        return str(Revision.State(state).label) if state else str(_("draft"))

    @admin.display(description=_("readers helped"), empty_value="")
    def readers_answers(self, page: Any) -> str | None:
        """How many readers found an answer on the page, of those who said."""
        if page.found is None:
            return None
        every = page.found + page.found_none
        return _("%(found)s of %(every)s") % {"found": page.found, "every": every}

    @admin.display(description=_("live"), boolean=True)
    def is_live(self, page: Any) -> bool:
        return bool(page.live)

    @admin.display(description=_("review due"), ordering="review_due_on")
    def review(self, page: Any) -> str | SafeString:
        """The day of the next review, or for how long it is overdue."""
        day = page.review_due_on
        if day is None:
            return ""
        late = (timezone.localdate() - day).days
        if late <= 0:
            return date_format(day, "j M Y")
        words = ngettext("%(number)d day overdue", "%(number)d days overdue", late)
        return format_html('<strong class="late">{}</strong>', words % {"number": late})

    @admin.display(description=_("last worked on"), ordering="last_act_at")
    def last_act(self, page: Any) -> str:
        """When somebody last did something with the page; the log says what."""
        return date_format(timezone.localtime(page.last_act_at), "j M Y, H:i")

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        """Whether the account may act on many pages at once."""
        return self.has_change_permission(request)


@admin.register(Page)
class AllPagesAdmin(PageListAdmin):
    """Pages of all kinds in one list; each is written in the list of its kind."""

    list_display = ("link", "kind_in_words", *PageListAdmin.list_display[1:])
    list_display_links = None
    list_filter = (KindFilter, *PageListAdmin.list_filter)
    ordering = ("kind", "slug")

    @admin.display(description=_("title"), ordering="title")
    def link(self, page: Page) -> SafeString:
        return page_link(page)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, page: Page) -> str:
        return str(kinds.get(page.kind).model._meta.verbose_name)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        """Whether the account may change pages of every kind."""
        return person(request).has_perms([kind.permission("change") for kind in kinds.registered()])

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """To the page's own form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = self.get_object(request, object_id)
        if page is None:
            raise Http404
        return HttpResponseRedirect(kinds.get(page.kind).admin_url(page.pk))
