"""The library of sources in the admin."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from references.filling import fill
from references.form_views import draft_entry, preview
from references.forms import ReferenceForm
from references.import_views import import_screen
from references.models import Reference
from references.tasks import ask_to_check


@admin.register(Reference)
class ReferenceAdmin(admin.ModelAdmin[Reference]):
    """Sources as forms; the AMA entry shows what readers will see."""

    form = ReferenceForm
    change_form_template = "admin/references/form.html"
    change_list_template = "admin/references/list.html"
    list_display = ("citekey", "title", "container", "year", "status", "checked_at")
    list_display_links = ("citekey", "title")
    list_filter = ("status", "year")
    list_per_page = 50
    search_fields = ("citekey", "title", "doi", "pmid")
    ordering = ("sort_key", "citekey")
    readonly_fields = ("entry", "other_keys", "updated_by", "updated_at")
    actions = ("ask_services",)
    fieldsets = (
        (None, {"fields": ("entry", "citekey", "type", "title", "authors", "version")}),
        (
            _("Where and when"),
            {
                "fields": (
                    "container",
                    "container_short",
                    ("year", "month", "day"),
                    ("volume", "issue"),
                    "page",
                )
            },
        ),
        (_("Identifiers"), {"fields": ("doi", ("pmid", "pmcid"), "url", "accessed")}),
        (
            _("For readers"),
            {"fields": ("study_type", "finding")},
        ),
        (
            _("Books, reports and labels"),
            {"fields": ("editors", "publisher", "edition", "genre")},
        ),
        (
            _("Other variables"),
            {
                "classes": ("collapse",),
                "fields": ("rest", "other_keys", "updated_by", "updated_at"),
            },
        ),
    )

    class Media:
        css = {"all": ["css/admin/desk.css"]}
        js = [Script("js/reference_form.js", type="module")]

    @admin.display(description=_("As readers see it"))
    def entry(self, reference: Reference) -> str:
        """The AMA entry; the script of the form renews it while somebody types."""
        entry = reference.entry if reference.pk else ""
        if not reference.pk and reference.csl:
            entry = draft_entry(reference.csl)
        return format_html('<div id="entry-preview" aria-live="polite">{}</div>', entry)

    @admin.display(description=_("Keys of other programs"))
    def other_keys(self, reference: Reference) -> str:
        """The aliases under which texts may cite a stored source."""
        return ", ".join(map(str, reference.aliases.all())) if reference.pk else ""

    @admin.action(
        description=_("Ask Crossref and PubMed about the selected references"),
        permissions=["change"],
    )
    def ask_services(self, request: HttpRequest, rows: QuerySet[Reference]) -> None:
        """Put a job into the queue that looks for corrections and retractions."""
        askable = [row.citekey for row in rows if row.is_askable]
        if askable:
            ask_to_check(askable)
            message = ngettext(
                "%(number)d reference will be asked about in the background. Load this list again "
                "in a minute.",
                "%(number)d references will be asked about in the background. Load this list "
                "again in a minute.",
                len(askable),
            )
            self.message_user(request, message % {"number": len(askable)})
        if others := len(rows) - len(askable):
            message = ngettext(
                "%(number)d reference has neither DOI nor PMID; no service knows it.",
                "%(number)d references have neither DOI nor PMID; no service knows them.",
                others,
            )
            self.message_user(request, message % {"number": others}, messages.WARNING)

    def get_urls(self) -> list[Any]:
        """The addresses of the forms, before those of single references."""
        views: tuple[tuple[str, Callable[..., HttpResponse]], ...] = (
            ("import", import_screen),
            ("preview", preview),
            ("fill", self.fill_in),
        )
        own = [
            path(
                f"{name}/",
                self.admin_site.admin_view(view),
                name=f"references_reference_{name}",
            )
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def fill_in(self, request: HttpRequest) -> HttpResponse:
        """The form of a new source, filled in from what was pasted; nothing is stored.

        If nothing can be filled in, everything that was typed stays.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        add_form = reverse("admin:references_reference_add")
        if request.method != "POST":
            return HttpResponseRedirect(add_form)
        pasted = request.POST.get("text", "")
        filled = fill(pasted)
        form = self.get_form(request)(
            initial=filled.values or request.POST.dict(), instance=Reference(csl=filled.item)
        )
        fieldsets: Any = self.get_fieldsets(request)
        readonly = self.get_readonly_fields(request)
        fields = AdminForm(form, fieldsets, {}, readonly, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add reference"),
            "adminform": fields,
            "media": self.media + fields.media,
            "inline_admin_formsets": [],
            "is_popup": False,
            "pasted": pasted,
            "filled": filled,
        }
        return self.render_change_form(request, context, add=True, form_url=add_form)

    def get_form(
        self,
        request: HttpRequest,
        obj: Reference | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ReferenceForm]:
        """The form class of this request, which knows who saves."""
        # No field comes from the model: the form declares all of them.
        kwargs["fields"] = ()
        form = cast(type[ReferenceForm], super().get_form(request, obj, change=change, **kwargs))
        form.by = cast(User, request.user)  # the admin lets nobody in anonymously
        return form

    def save_model(self, request: HttpRequest, obj: Reference, form: Any, change: bool) -> None:
        """Nothing: the form has saved through the action, where its errors can be shown."""
