"""The desk: people, pictures, tasks and revisions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing import link_admin  # noqa: F401 - registers its model
from publishing.admin_base import page_link
from publishing.desk.base import person
from publishing.desk.sharing import remarks_of
from publishing.forms import CleanTextForm
from publishing.models import Contributor, Image, Revision, Task
from publishing.signoffs import may_publish
from publishing.uploads import RefusedImage, check_size, read_image
from publishing.vector_images import Picture


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


class ImageForm(CleanTextForm):
    """A picture, checked and written anew when it is uploaded."""

    upload = forms.FileField(
        label=_("Picture file"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 10 MB. Where and how it was taken is removed."),
    )
    picture: Picture | None = None

    class Meta:
        model = Image
        fields = ("slug", "alt", "decorative", "credit", "licence", "long_description")

    def clean_upload(self) -> UploadedFile[bytes] | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["upload"]
        if upload is None:
            if not self.instance.pk:
                raise forms.ValidationError(_("Choose a picture."))
            return None
        try:
            check_size(upload.size or 0)
            self.picture = read_image(upload.read())
        except RefusedImage as error:
            raise forms.ValidationError(str(error)) from None
        return upload


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin[Image]):
    form = ImageForm
    list_display = ("slug", "alt", "decorative", "credit", "licence")
    search_fields = ("slug", "alt", "credit")
    readonly_fields = ("as_shown", "width", "height")
    fields = (
        "as_shown",
        "upload",
        "slug",
        "alt",
        "decorative",
        "credit",
        "licence",
        "long_description",
    )

    @admin.display(description=_("picture"))
    def as_shown(self, image: Image) -> SafeString | str:
        if not image.pk:
            return ""
        return format_html('<img class="desk-picture" src="{}" alt="">', image.file.url)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = person(request)
        picture = form.picture
        if picture:
            obj.width, obj.height = picture.width, picture.height
            obj.file.save(picture.name, ContentFile(picture.data), save=False)
        super().save_model(request, obj, form, change)


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin[Task]):
    form = CleanTextForm
    list_display = ("page", "kind", "source", "due_on", "assigned_to", "done_at")
    list_filter = ("kind", ("done_at", admin.EmptyFieldListFilter))
    list_select_related = ("page", "source", "assigned_to")
    autocomplete_fields = ("assigned_to",)
    readonly_fields = ("done_by", "done_at")
    actions = ("mark_done",)

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: Any) -> None:
        queryset.filter(done_at=None).update(done_by=person(request), done_at=timezone.now())


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin[Revision]):
    """Revisions never change here: they are read, signed and published."""

    change_form_template = "admin/publishing/revision_change_form.html"
    list_display = ("title", "number", "kind", "state", "submitted_by", "submitted_at")
    list_filter = ("state", "kind", "change_kind")
    search_fields = ("title", "slug")
    list_select_related = ("submitted_by",)
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

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
