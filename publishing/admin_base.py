"""The desk's page of one working copy, for every kind of page."""

import secrets
from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from markdownx.models import MarkdownxField
from pydantic import ValidationError

from publishing import actions, kinds
from publishing.content import PageContent
from publishing.desk.base import person
from publishing.desk.sharing import remarks_of
from publishing.editor.live import live_answer
from publishing.events import events_for_list
from publishing.forms import CleanTextForm, PageForm, document_faults
from publishing.lists import id_of
from publishing.models import Credit, Page, Revision
from publishing.page_lists import PageListAdmin
from publishing.public import url_of
from publishing.row_versions import row_versions, rows_still_there
from publishing.widgets import MarkdownWidget

REMEMBERED_KEYS = 50
EVENTS_SHOWN = 20


class CreditInline(admin.TabularInline[Credit, Page]):
    """The byline."""

    model = Credit
    form = CleanTextForm
    extra = 0
    fk_name = "page"
    autocomplete_fields = ("contributor",)


class PageAdmin(PageListAdmin):
    """The working copy of a page: never public, versioned, and saved through the workflow."""

    form = PageForm
    content: type[PageContent]
    change_form_template = "admin/publishing/page_change_form.html"
    formfield_overrides = {MarkdownxField: {"widget": MarkdownWidget}}
    inlines: ClassVar[tuple[type[InlineModelAdmin[Any, Any]], ...]] = (CreditInline,)
    save_on_top = True
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("title",)}

    def get_urls(self) -> list[URLPattern]:
        """As Django's, and the live preview's."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_live"
        view = self.admin_site.admin_view(self.live)
        return [path("<int:page_id>/live/", view, name=name), *super().get_urls()]

    def live(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The form as it stands, unsaved, as the public page with what the checks find."""
        return live_answer(self, request, page_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A page that the log tells of is kept for ever: unpublish it instead."""
        if obj is not None and (obj.revisions.exists() or obj.events.exists()):
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django's, but what belongs to a page goes with it: nobody may delete that alone."""
        rows, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return rows, counts, set(), protected

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting many at once: next to no page may be."""
        actions_by_name: dict[str, Any] = super().get_actions(request)
        actions_by_name.pop("delete_selected", None)
        return actions_by_name

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[PageForm]:
        form = cast(type[PageForm], super().get_form(request, obj, change, **kwargs))
        form.kind = self.content.kind
        form.faults = getattr(request, "draft_faults", ())
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: InlineModelAdmin[Any, Any], prefix: str
    ) -> dict[str, Any]:
        """As Django's; rows that somebody else has deleted meanwhile come back as new ones."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and request.POST.get("opened_version") != str(obj.version):
            rows = inline.model._default_manager.filter(**{str(inline.fk_name): obj.pk})
            stored = {str(pk) for pk in rows.values_list("pk", flat=True)}
            pk = str(inline.model._meta.pk.name)
            kwargs["data"] = rows_still_there(kwargs["data"], prefix, pk, stored)
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """As Django's; of a page that somebody else saved meanwhile, the rows are compared too."""
        form = context["adminform"].form
        if getattr(form, "stale", False):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            form.versions += row_versions(formsets)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by = person(request)
        if change:
            version = form.cleaned_data["opened_version"]
            actions.record_edit(by=by, page=obj, version=version)
        else:
            obj.kind = self.content.kind
            obj.owner = by
        super().save_model(request, obj, form, change)
        if not change:
            actions.record_author(by=by, page=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As Django's; then the whole draft is read once, so that what is kept makes a document."""
        super().save_related(request, form, formsets, change)
        kinds.get(self.content.kind).read(form.instance.pk)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Django's; a second post of the same new page leads to the page the first one made."""
        made = request.session.get("pages_made", {})
        key = request.POST.get("once", "")
        if object_id is None and key and key in made:
            return HttpResponseRedirect(kinds.get(self.content.kind).admin_url(made[key]))
        context = {**(extra_context or {}), "once": secrets.token_urlsafe(16)}
        page_id = id_of(object_id or "")
        if page_id is not None:
            context |= self._desk_context(request, page_id)
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except ValidationError as error:
            # Nothing was saved: the transaction is undone. The form comes back as it was sent.
            request.draft_faults = document_faults(error)  # type: ignore[attr-defined] # for get_form
            return super().changeform_view(request, object_id, form_url, context)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        made = {**request.session.get("pages_made", {}), request.POST.get("once", ""): obj.pk}
        request.session["pages_made"] = dict(list(made.items())[-REMEMBERED_KEYS:])
        return super().response_add(request, obj, post_url_continue)

    def _desk_context(self, request: HttpRequest, page_id: int) -> dict[str, Any]:
        revisions = list(
            Revision.objects.filter(page=page_id)
            .select_related("submitted_by")
            .defer("content", "rendered")
            .order_by("-number")[:20]
        )
        live = next((item for item in revisions if item.state == Revision.State.LIVE), None)
        newest = revisions[0] if revisions else None
        return {
            "revisions": revisions,
            "remarks": remarks_of(newest) if newest else [],
            "live_url": url_of(live) if live else "",
            "events": list(events_for_list().filter(page=page_id)[:EVENTS_SHOWN]),
        }


class OrderedInline(admin.TabularInline[models.Model, models.Model]):
    """Rows of a working copy whose order matters."""

    form = CleanTextForm
    extra = 0
