"""What the Markdown editor asks the server: a preview of a text, and to take a picture.

django-markdownx brings views for both that take files from anybody; those are never mounted.
"""

from itertools import count
from typing import cast

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import kinds
from publishing.assembly import preview_text
from publishing.markdown import MAX_CHARS, MarkdownTooLarge
from publishing.models import Image
from publishing.tasks import ask_for_renditions
from publishing.uploads import RefusedImage, check_size, read_image

CONTENT_TOO_LARGE = 413
MAX_SLUG = 60


def may_write(user: User) -> bool:
    """Whether the account may change pages of some kind."""
    return any(user.has_perm(kind.permission("change")) for kind in kinds.registered())


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The HTML of a Markdown text, by the one renderer."""
    if not may_write(cast(User, request.user)):
        return HttpResponse(_("Your account may not write pages."), status=403)
    text = request.POST.get("content", "")
    try:
        return HttpResponse(preview_text(text))
    except MarkdownTooLarge:
        message = _("The text is over %(max)s characters. Split it into several pages.")
        return HttpResponse(message % {"max": MAX_CHARS}, status=CONTENT_TOO_LARGE)


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Take a picture and answer the Markdown that shows it, with a description to fill in."""
    user = cast(User, request.user)
    if not (may_write(user) and user.has_perm("publishing.add_image")):
        return _refusal(_("Your account may not add pictures."), 403)
    file = request.FILES.get("image")
    if file is None:
        return _refusal(_("Choose a picture first."), 400)
    try:
        check_size(file.size or 0)
        image = store_image(user=user, name=file.name or "", data=file.read())
    except RefusedImage as error:
        return _refusal(str(error), 400)
    description = _("describe the picture")
    return JsonResponse({"image_code": f"![{description}](image:{image.slug})"})


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"image": [message]}, status=status)


def store_image(*, user: User, name: str, data: bytes) -> Image:
    """Check a picture and keep it under a name of its own. Raises RefusedImage."""
    picture = read_image(data)
    stem = slugify(name.rpartition(".")[0]).replace("_", "-").strip("-")[:MAX_SLUG].strip("-")
    with transaction.atomic():
        # Two pictures of one name that come at once are given theirs one after the other.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('add picture'))")
        image = Image(
            slug=_free_slug(stem or "picture"),
            width=picture.width,
            height=picture.height,
            added_by=user,
        )
        image.file.save(picture.name, ContentFile(picture.data), save=False)
        image.save()
        ask_for_renditions(image)
    return image


def _free_slug(stem: str) -> str:
    taken = set(Image.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in candidates if slug not in taken)
