"""The library of sources in the admin."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from references.errors import LibraryError
from references.forms import ReferenceForm, form_values
from references.import_views import import_screen
from references.importing import citekey_base, free_citekey
from references.lookup import find
from references.models import Reference


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
    readonly_fields = ("entry", "updated_by", "updated_at")
    fieldsets = (
        (None, {"fields": ("entry", "citekey", "type", "title", "authors", "version")}),
        (
            _("Where and when"),
            {
                "fields": (
                    ("container", "container_short"),
                    ("year", "month", "day"),
                    ("volume", "issue", "page"),
                )
            },
        ),
        (_("Identifiers"), {"fields": ("doi", ("pmid", "pmcid"), "url", "accessed")}),
        (
            _("Books, reports and labels"),
            {"fields": ("editors", "publisher", "edition", "genre")},
        ),
        (
            _("Other variables"),
            {"classes": ("collapse",), "fields": ("rest", "updated_by", "updated_at")},
        ),
    )

    @admin.display(description=_("As readers see it"))
    def entry(self, reference: Reference) -> str:
        """The AMA entry of a stored source."""
        return reference.entry if reference.pk else ""

    def get_urls(self) -> list[Any]:
        """The screen for files and pasted lists, before the addresses of single references."""
        screen = path(
            "import/",
            self.admin_site.admin_view(import_screen),
            name="references_reference_import",
        )
        return [screen, *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the services know of the DOI or PMID that was asked for, as a form to correct."""
        identifier = request.GET.get("identifier", "").strip()
        if not identifier:
            return {}
        try:
            item = find(identifier)
        except LibraryError as error:
            messages.error(request, str(error))
            return {}
        taken = set(Reference.objects.values_list("citekey", flat=True))
        citekey = free_citekey(citekey_base(item), taken)
        values = form_values(Reference(citekey=citekey, csl=item))
        return {name: value for name, value in values.items() if name != "version"}

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
