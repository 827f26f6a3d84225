"""Smaller copies of pictures in modern formats, and what has to follow when a picture changes."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from publishing import rendering
from publishing.models import OPEN_STATES, Image, Revision
from publishing.uploads import smaller_copies

SHOWN = (Revision.State.LIVE, *OPEN_STATES)


def revisions_showing(image: Image) -> list[Revision]:
    """The revisions that are public, or on their way there, and show the picture."""
    revisions = Revision.objects.filter(image_uses__image=image, state__in=SHOWN)
    return list(revisions.order_by("title", "pk"))


def make(image_id: int, *, obsolete: Iterable[str] = ()) -> None:
    """Make the copies of a picture, show them, and remove files that nothing shows any more.

    The names of the copies follow from the picture's own, which no other picture ever has: made a
    second time they take the place of the first.
    """
    image = Image.objects.filter(pk=image_id).first()
    if image is not None:
        stored = _store_copies(image)
        with transaction.atomic():
            changed = Image.objects.filter(pk=image.pk, file=image.file.name)
            if changed.update(renditions=stored):
                for revision in revisions_showing(image):
                    rendering.rerender(revision)
    keep = _names(image) if image else set()
    for name in obsolete:
        if name not in keep:
            default_storage.delete(name)


def _store_copies(image: Image) -> list[dict[str, object]]:
    path = PurePosixPath(str(image.file.name))
    if path.suffix == ".svg" or not default_storage.exists(str(path)):
        return []
    with image.file.open("rb") as file:
        copies = smaller_copies(file.read())
    stored = []
    for target, copy in copies:
        name = str(path.with_name(f"{path.stem}-{copy.name}"))
        default_storage.delete(name)
        default_storage.save(name, ContentFile(copy.data))
        stored.append({"name": name, "format": target, "width": copy.width, "height": copy.height})
    return stored


def files_of(image: Image) -> list[str]:
    """The names of all files of a picture."""
    return sorted(_names(image))


def _names(image: Image) -> set[str]:
    image.refresh_from_db(fields=["file", "renditions"])
    return {str(image.file.name), *(each["name"] for each in image.renditions)}
