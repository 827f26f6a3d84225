"""The desk: people and pictures here; pages, revisions, tasks and the log in their own files."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.desk.base import person
from publishing.event_admin import EventAdmin
from publishing.forms import CleanTextForm
from publishing.link_admin import LinkAdmin
from publishing.models import Contributor, Image
from publishing.page_lists import AllPagesAdmin
from publishing.revision_admin import RevisionAdmin
from publishing.task_admin import TaskAdmin
from publishing.uploads import RefusedImage, check_size, read_image
from publishing.vector_images import Picture

__all__ = [
    "AllPagesAdmin",
    "ContributorAdmin",
    "EventAdmin",
    "ImageAdmin",
    "LinkAdmin",
    "RevisionAdmin",
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
