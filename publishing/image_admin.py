"""The desk's library of pictures."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing.desk.base import person
from publishing.forms import CleanTextForm
from publishing.models import Image
from publishing.renditions import files_of, revisions_showing
from publishing.tasks import ask_for_renditions
from publishing.uploads import RefusedImage, check_size, read_image
from publishing.vector_images import Picture


class ImageForm(CleanTextForm):
    """A picture, checked and written anew when it is uploaded."""

    upload = forms.FileField(
        label=_("Picture file"),
        required=False,
        help_text=_(
            "JPEG, PNG or WebP, up to 10 MB. Where and how it was taken is removed. Another file "
            "takes the place of this one on every page that shows it."
        ),
    )
    picture: Picture | None = None

    class Meta:
        model = Image
        fields = (
            "slug",
            "alt",
            "decorative",
            "long_description",
            "credit",
            "licence",
            "source",
            "consent",
            "body_site",
            "skin_tone",
        )

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


class LacksFilter(admin.SimpleListFilter):
    """Pictures that no page may show yet."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("alt", _("text alternative")),
            ("credit", _("credit")),
            ("licence", _("licence")),
            ("consent", _("a word on consent")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        lacking = self.value()
        if lacking == "alt":
            return queryset.filter(alt="", decorative=False)
        if lacking in {"credit", "licence", "consent"}:
            return queryset.filter(**{lacking: ""})
        return queryset


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin[Image]):
    form = ImageForm
    list_display = ("thumbnail", "slug", "alt", "credit", "licence", "consent")
    list_display_links = ("thumbnail", "slug")
    list_filter = (LacksFilter, "consent", "skin_tone", "decorative")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("slug", "alt", "credit", "body_site", "source")
    readonly_fields = ("as_shown", "used_on", "width", "height")
    fieldsets = (
        (None, {"fields": ("as_shown", "upload", "slug", "used_on")}),
        (
            _("For those who cannot see it"),
            {"fields": ("alt", "decorative", "long_description")},
        ),
        (_("Whose it is"), {"fields": ("credit", "licence", "source", "consent")}),
        (_("What it shows"), {"fields": ("body_site", "skin_tone")}),
    )
    actions = ("make_copies",)

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    @admin.display(description=_("picture"))
    def as_shown(self, image: Image) -> SafeString | str:
        if not image.pk:
            return ""
        return format_html('<img class="desk-picture" src="{}" alt="">', image.file.url)

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> SafeString:
        names = [each["name"] for each in image.renditions if each["format"] == "WEBP"]
        url = default_storage.url(names[0]) if names else image.file.url
        return format_html('<img class="desk-thumbnail" src="{}" alt="{}">', url, image.slug)

    @admin.display(description=_("where it is used"))
    def used_on(self, image: Image) -> SafeString | str:
        """Revisions that are public or on their way there."""
        revisions = revisions_showing(image) if image.pk else []
        rows = (
            (
                reverse("admin:publishing_revision_change", args=[revision.pk]),
                str(revision),
                revision.get_state_display(),
            )
            for revision in revisions
        )
        return format_html_join("", '<p><a href="{}">{}</a>: {}</p>', rows) or str(
            _("Nowhere yet.")
        )

    @admin.action(description=_("Make the smaller copies again"), permissions=["change"])
    def make_copies(self, request: HttpRequest, images: QuerySet[Image]) -> None:
        """Have the copies of these pictures made in the background."""
        number = 0
        for image in images:
            ask_for_renditions(image)
            number += 1
        message = ngettext(
            "The copies of %(number)d picture are made in the background.",
            "The copies of %(number)d pictures are made in the background.",
            number,
        )
        self.message_user(request, message % {"number": number})

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        """Keep the words, and a new file if there is one; the old ones go when pages show it."""
        if not change:
            obj.added_by = person(request)
        picture: Picture | None = form.picture
        if picture is None:
            super().save_model(request, obj, form, change)
            return
        obsolete = files_of(obj) if change else []
        obj.width, obj.height, obj.renditions = picture.width, picture.height, []
        obj.file.save(picture.name, ContentFile(picture.data), save=False)
        super().save_model(request, obj, form, change)
        ask_for_renditions(obj, obsolete=obsolete)
        if change:
            self._tell_of_replacement(request, obj)

    def _tell_of_replacement(self, request: HttpRequest, image: Image) -> None:
        number = len(revisions_showing(image))
        message = ngettext(
            "The new picture takes the place of the old one on %(number)d page in a moment.",
            "The new picture takes the place of the old one on %(number)d pages in a moment.",
            number,
        )
        self.message_user(request, message % {"number": number})

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        """Delete the row, and the files with it."""
        names = files_of(obj)
        super().delete_model(request, obj)
        transaction.on_commit(lambda: _delete_files(names))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> None:
        """Delete several, and their files."""
        names = [name for image in queryset for name in files_of(image)]
        super().delete_queryset(request, queryset)
        transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
