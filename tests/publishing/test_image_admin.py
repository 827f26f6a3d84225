"""The desk's library of pictures."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from procrastinate.contrib.django.models import ProcrastinateJob

from milia_site import roles
from publishing.models import Image
from publishing.renditions import files_of, make
from publishing.uploads import MAX_BYTES
from tests import factories
from tests.publishing.test_markdown_views import png

pytestmark = pytest.mark.django_db

LIST = "/admin/publishing/image/"
WORDS = {
    "slug": "skin",
    "alt": "Skin",
    "credit": "Us",
    "licence": "CC0",
    "source": "own photograph",
    "consent": "on-file",
    "body_site": "lower eyelid",
    "skin_tone": "5",
}


@pytest.fixture
def desk(client: Any) -> Any:
    user = User.objects.create_user("boss", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.SITE_ADMIN))
    client.force_login(user)
    return client


def add(desk: Any) -> Image:
    assert desk.post(f"{LIST}add/", {**WORDS, "upload": png()}).status_code == 302
    return Image.objects.get()


def change(image: Image) -> str:
    return f"{LIST}{image.pk}/change/"


def test_a_picture_is_kept_with_everything_that_is_known_of_it(desk: Any) -> None:
    image = add(desk)
    assert {name: getattr(image, name) for name in WORDS} == WORDS
    job = ProcrastinateJob.objects.get(task_name="publishing.make_renditions")
    assert job.args == {"image_id": image.pk, "obsolete": []}


def test_the_list_shows_the_smallest_copy_and_finds_what_lacks_something(desk: Any) -> None:
    image = add(desk)
    assert f'src="{image.file.url}"' in desk.get(LIST).content.decode()
    make(image.pk)
    image.refresh_from_db()
    assert "-4.webp" in desk.get(LIST).content.decode()
    for lacking in ("alt", "credit", "licence", "consent"):
        assert desk.get(f"{LIST}?lacks={lacking}").context["cl"].result_count == 0
        Image.objects.update(**{lacking: ""})
        assert desk.get(f"{LIST}?lacks={lacking}").context["cl"].result_count == 1
    assert desk.get(LIST).context["cl"].result_count == 1


def test_it_says_where_a_picture_is_used(desk: Any) -> None:
    image = add(desk)
    assert "Nowhere yet." in desk.get(change(image)).content.decode()
    revision = factories.published(factories.article_content(body="![Skin](image:skin)"))
    text = desk.get(change(image)).content.decode()
    assert (
        f'<a href="/admin/publishing/revision/{revision.pk}/change/">Removal (1)</a>: live' in text
    )


def test_another_file_says_on_how_many_pages_it_will_be_seen(desk: Any) -> None:
    image = add(desk)
    factories.published(factories.article_content(body="![Skin](image:skin)"))
    old = files_of(image)
    text = desk.post(change(image), {**WORDS, "upload": png()}, follow=True).content.decode()
    assert "takes the place of the old one on 1 page in a moment." in text
    job = ProcrastinateJob.objects.filter(task_name="publishing.make_renditions").latest("id")
    assert job.args == {"image_id": image.pk, "obsolete": old}
    desk.post(change(image), WORDS)
    assert ProcrastinateJob.objects.filter(task_name="publishing.make_renditions").count() == 2


def test_a_picture_that_is_used_stays_and_one_that_is_not_goes_with_its_files(
    desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    image = add(desk)
    make(image.pk)
    factories.published(factories.article_content(body="![Skin](image:skin)"))
    text = desk.get(f"{LIST}{image.pk}/delete/").content.decode()
    assert "skin in Removal (1)" in text
    desk.post(f"{LIST}{image.pk}/delete/", {"post": "yes"})
    assert Image.objects.exists()
    desk.post(f"{LIST}add/", {**WORDS, "slug": "other", "upload": png()})
    other = Image.objects.get(slug="other")
    names = files_of(other)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"{LIST}{other.pk}/delete/", {"post": "yes"})
    assert [name for name in names if default_storage.exists(name)] == []


def test_bulk_actions_make_copies_again_and_delete(
    desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    image = add(desk)
    names = files_of(image)
    chosen = {"_selected_action": [image.pk], "index": "0"}
    text = desk.post(LIST, {**chosen, "action": "make_copies"}, follow=True).content.decode()
    assert "The copies of 1 picture are made in the background." in text
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(LIST, {**chosen, "action": "delete_selected", "post": "yes"})
    assert not Image.objects.exists()
    assert [name for name in names if default_storage.exists(name)] == []


def wide() -> bytes:
    data = io.BytesIO()
    Pillow.new("1", (12_001, 1)).save(data, "PNG")
    return data.getvalue()


def large() -> bytes:
    data = io.BytesIO()
    Pillow.new("1", (8_000, 5_001)).save(data, "PNG")
    return data.getvalue()


def animated() -> bytes:
    data = io.BytesIO()
    frame = Pillow.new("RGB", (4, 4))
    frame.save(data, "WEBP", save_all=True, append_images=[Pillow.new("RGB", (4, 4), "tan")])
    return data.getvalue()


def gif() -> bytes:
    data = io.BytesIO()
    Pillow.new("RGB", (4, 4)).save(data, "GIF")
    return data.getvalue()


DAMAGED = "This cannot be read as a picture."
REFUSALS = {
    "too wide": (wide, "The picture is over 12,000 pixels wide or high."),
    "too many pixels": (large, "The picture has over 40 megapixels."),
    "moving": (animated, "This is an animation."),
    "a GIF": (gif, DAMAGED),
    "SVG by another name": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", DAMAGED),
    "a page by another name": (lambda: b"<!doctype html><script>1</script>", DAMAGED),
    "half a file": (lambda: png().read()[:40], DAMAGED),
    "too large": (lambda: b"x" * (MAX_BYTES + 1), "The file is over 10 MB."),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_may_not_be_shown_is_refused_with_its_reason_and_nothing_is_kept(
    desk: Any, name: str
) -> None:
    make_file, reason = REFUSALS[name]
    data = make_file()
    upload = SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")
    answer = desk.post(f"{LIST}add/", {**WORDS, "upload": upload})
    assert reason in answer.content.decode()
    assert 'value="lower eyelid"' in answer.content.decode()
    dropped = SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")
    answer = desk.post("/admin/markdown/upload/", {"image": dropped})
    assert answer.status_code == 400
    assert answer.json()["image"][0].startswith(reason)
    assert not Image.objects.exists()
