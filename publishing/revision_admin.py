"""Revisions at the desk: the queue of what waits, and each text that was submitted."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing import kinds
from publishing.counting import CappedPaginator
from publishing.desk.sharing import remarks_of
from publishing.list_filters import FindingFilter, KindFilter, MyRevisionsFilter, QueueFilter
from publishing.models import Revision
from publishing.page_lists import PER_PAGE, page_link
from publishing.signoffs import may_publish

State = Revision.State
# What waits is shown from the oldest on.
OLDEST_FIRST = (State.SUBMITTED, State.APPROVED, State.CHANGES_REQUESTED)


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin[Revision]):
    """Revisions never change here: they are read, signed and published."""

    change_form_template = "admin/publishing/revision_change_form.html"
    list_display = ("what", "since", "change_kind", "change_note", "submitted_by", "kind_in_words")
    list_filter = (QueueFilter, MyRevisionsFilter, KindFilter, "change_kind", FindingFilter)
    search_fields = ("title", "slug")
    list_select_related = ("submitted_by",)
    list_per_page = PER_PAGE
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    paginator = CappedPaginator
    sortable_by = ()
    actions = None
    fields = (
        "working_copy",
        "number",
        "state",
        "change_kind",
        "change_note",
        "authors",
        "decisions",
        "submitted_by",
        "submitted_at",
        "published_by",
        "published_at",
        "unpublish_reason",
        "sha256",
    )
    readonly_fields = fields

    class Media:
        css = {"all": ["css/admin/dashboard.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        """Without the documents, which a list does not show."""
        return super().get_queryset(request).defer("content", "rendered", "parts", "findings")

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """What waits from the oldest on, anything else from the newest on."""
        queue = request.GET.get(str(QueueFilter.parameter_name), State.SUBMITTED)
        if queue == State.SCHEDULED:
            return ["publish_at", "id"]
        return ["submitted_at", "id"] if queue in OLDEST_FIRST else ["-id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("what"))
    def what(self, revision: Revision) -> str:
        return str(revision)

    @admin.display(description=_("kind"))
    def kind_in_words(self, revision: Revision) -> str:
        return str(kinds.get(revision.kind).model._meta.verbose_name)

    @admin.display(description=_("since"))
    def since(self, revision: Revision) -> str:
        """For how long a revision waits, when it goes live, or its state and day."""
        if revision.state == State.SCHEDULED and revision.publish_at:
            moment = date_format(timezone.localtime(revision.publish_at), "j F Y, H:i")
            return str(_("goes live on %(moment)s")) % {"moment": moment}
        days = (timezone.now() - revision.submitted_at).days
        if revision.state == State.SUBMITTED:
            if not days:
                return str(_("waits since today"))
            words = ngettext("waits for %(number)d day", "waits for %(number)d days", days)
            return words % {"number": days}
        return str(_("%(state)s, submitted on %(day)s")) % {
            "state": revision.get_state_display(),
            "day": date_format(revision.submitted_at, "j F Y"),
        }

    @admin.display(description=_("page"))
    def working_copy(self, revision: Revision) -> SafeString:
        return page_link(revision.page)

    @admin.display(description=_("authors"))
    def authors(self, revision: Revision) -> str:
        people = revision.contributions.filter(role="author").select_related("contributor")
        return ", ".join(item.contributor.name for item in people)

    @admin.display(description=_("decisions"))
    def decisions(self, revision: Revision) -> SafeString:
        rows = revision.contributions.filter(sign_off__isnull=False).select_related("sign_off")
        return format_html_join(
            "",
            "<p>{}: {}. {}</p>",
            (
                (
                    item.sign_off.name,
                    item.sign_off.get_decision_display(),
                    item.sign_off.statement,
                )
                for item in rows
            ),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        revision = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if revision is not None:
            context |= {
                "waits": revision.state == Revision.State.SUBMITTED,
                "publishable": may_publish(revision),
                "remarks": remarks_of(revision),
            }
        return super().change_view(request, object_id, form_url, context)
