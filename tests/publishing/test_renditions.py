"""Smaller copies of pictures, and what follows when a picture changes."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from procrastinate.contrib.django.models import ProcrastinateJob

from publishing import decode_image, renditions
from publishing.markdown_views import store_image
from publishing.models import Image, ImageUse, Revision
from publishing.renditions import files_of, make
from publishing.uploads import read_image
from tests import factories

pytestmark = pytest.mark.django_db

PHOTO = (1600, 1200)


def picture(size: tuple[int, int] = PHOTO, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    """A file as a phone makes it, with a place in its metadata."""
    data = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}
    exif[0x010F] = "A phone"
    Pillow.new(mode, size, "tan").save(data, kind, exif=exif)
    return data.getvalue()


def stored(editor: User, **options: Any) -> Image:
    image = store_image(user=editor, name="skin.jpg", data=picture(**options))
    Image.objects.filter(pk=image.pk).update(alt="Skin", credit="Us", licence="CC0")
    return image


def made(editor: User, **options: Any) -> Image:
    image = stored(editor, **options)
    make(image.pk)
    image.refresh_from_db()
    return image


def kinds(image: Image) -> list[tuple[str, int, int]]:
    return [(each["format"], each["width"], each["height"]) for each in image.renditions]


def test_a_photo_gets_three_widths_in_three_formats(editor: User) -> None:
    image = made(editor)
    sizes = [(480, 360), (768, 576), (1140, 855)]
    assert kinds(image) == [(name, *size) for name in ("AVIF", "WEBP", "JPEG") for size in sizes]
    for each in image.renditions:
        with default_storage.open(each["name"]) as file:
            copy = Pillow.open(file)
            assert (copy.format, copy.size) == (each["format"], (each["width"], each["height"]))


@pytest.mark.parametrize(
    ("size", "widths"), [((300, 100), [300]), ((480, 480), [480]), ((600, 10), [480, 600])]
)
def test_no_copy_is_wider_than_the_picture(
    editor: User, size: tuple[int, int], widths: list[int]
) -> None:
    image = made(editor, size=size)
    assert [each["width"] for each in image.renditions if each["format"] == "AVIF"] == widths


def test_what_can_be_seen_through_stays_so(editor: User) -> None:
    image = made(editor, size=(300, 200), mode="RGBA", kind="PNG")
    assert kinds(image) == [("AVIF", 300, 200), ("WEBP", 300, 200), ("PNG", 300, 200)]


def test_no_copy_says_where_and_how_the_picture_was_taken(editor: User) -> None:
    image = made(editor)
    for name in files_of(image):
        with default_storage.open(name) as file:
            data = file.read()
        assert b"A phone" not in data
        assert dict(Pillow.open(io.BytesIO(data)).getexif()) == {}


def test_making_them_again_leaves_no_other_file(editor: User) -> None:
    image = made(editor)
    folder = Path(default_storage.path("images"))
    before = sorted(folder.iterdir())
    make(image.pk)
    assert sorted(folder.iterdir()) == before
    assert len(before) == 10


def test_a_drawing_and_a_file_that_is_gone_have_none(editor: User) -> None:
    drawing = Image(slug="drawing", width=1, height=1, added_by=editor)
    drawing.file.save("drawing.svg", ContentFile(b"<svg/>"))
    make(drawing.pk)
    gone = stored(editor)
    default_storage.delete(str(gone.file.name))
    make(gone.pk)
    make(0)
    assert [image.renditions for image in Image.objects.all()] == [[], []]


def test_a_stored_picture_waits_for_its_copies(editor: User) -> None:
    image = stored(editor)
    job = ProcrastinateJob.objects.get(task_name="publishing.make_renditions")
    assert job.args == {"image_id": image.pk, "obsolete": []}


def shown(client: Any) -> str:
    return str(client.get("/articles/removal/").content.decode())


def test_pages_show_the_picture_at_once_and_the_copies_when_they_are_there(
    client: Any, editor: User
) -> None:
    image = stored(editor)
    factories.published(factories.article_content(body="![Skin](image:skin)"))
    plain = f'<img src="{image.file.url}" alt="Skin" width="1600" height="1200" loading="lazy">'
    assert plain in shown(client)
    make(image.pk)
    stem = image.file.url.removesuffix(".jpg")
    html = shown(client)
    assert (
        f'<source type="image/avif" srcset="{stem}-480.avif 480w, {stem}-768.avif 768w, '
        f'{stem}-1140.avif 1140w" sizes="(min-width: 48rem) 44rem, 100vw">'
    ) in html
    assert f'<img src="{image.file.url}" srcset="{stem}-480.jpg 480w, ' in html
    assert html.index("image/avif") < html.index("image/webp") < html.index('<img src="/media/')


def test_uses_are_those_of_the_text_and_lead_pictures_count(editor: User) -> None:
    stored(editor)
    one = factories.published(factories.article_content("one", lead_image="skin"))
    two = factories.submitted(factories.article_content("two", body="![Skin](image:skin)"))
    factories.submitted(factories.article_content("three"))
    assert set(ImageUse.objects.values_list("revision", flat=True)) == {one.pk, two.pk}
    image = Image.objects.get()
    assert renditions.revisions_showing(image) == [one, two]
    Revision.objects.filter(pk=two.pk).update(state="withdrawn")
    assert renditions.revisions_showing(image) == [one]


def test_another_file_takes_the_place_everywhere_and_the_old_ones_go(
    client: Any, editor: User
) -> None:
    image = made(editor)
    factories.published(factories.article_content(body="![Skin](image:skin)"))
    old = files_of(image)
    new = read_image(picture(size=(500, 500)))
    image.width, image.height, image.renditions = new.width, new.height, []
    image.file.save(new.name, ContentFile(new.data))
    assert f"{old[0].rpartition('/')[2][:36]}" in shown(client)
    make(image.pk, obsolete=old)
    html = shown(client)
    assert 'width="500" height="500"' in html
    assert old[0].rpartition("/")[2][:36] not in html
    assert [name for name in old if default_storage.exists(name)] == []
    image.refresh_from_db()
    assert len(files_of(image)) == 7


def test_files_of_a_picture_that_is_gone_meanwhile_are_removed(editor: User) -> None:
    image = made(editor)
    names = files_of(image)
    pk = image.pk
    image.delete()
    make(pk, obsolete=names)
    assert [name for name in names if default_storage.exists(name)] == []


def test_the_decoder_makes_copies_of_what_it_wrote() -> None:
    copies = decode_image.renditions(decode_image.decode(picture((600, 300))).data)
    assert [(copy.format, copy.width, copy.height) for copy in copies] == [
        (name, *size) for name in ("AVIF", "WEBP", "JPEG") for size in ((480, 240), (600, 300))
    ]
    head, _line_end, rest = decode_image.answer(picture((9, 9)), smaller=True).partition(b"\n")
    assert sum(facts["bytes"] for facts in json.loads(head)) == len(rest)
