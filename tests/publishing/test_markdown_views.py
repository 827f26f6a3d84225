"""What the Markdown editor asks of the server, and who is refused."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from milia_site import roles
from publishing.markdown import MAX_CHARS
from publishing.models import Image
from tests import factories

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/markdown/preview/"
UPLOAD = "/admin/markdown/upload/"


@pytest.fixture
def client() -> Client:
    """Django's own: the preview is a piece of a page, not a page."""
    return Client()


def log_in(client: Any, role: str) -> Any:
    user = User.objects.create_user(role.replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def png(name: str = "My photo.png") -> SimpleUploadedFile:
    data = io.BytesIO()
    Pillow.new("RGB", (4, 3)).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="text/html")


def test_the_preview_is_the_public_rendering(client: Any) -> None:
    factories.reference()
    answer = log_in(client, roles.EDITOR).post(PREVIEW, {"content": "## A\n\nTiny [@berk2008]."})
    html = answer.content.decode()
    assert '<h2 id="h-a">A</h2>' in html
    assert 'role="doc-biblioref"' in html


def test_a_text_that_is_too_long_is_refused_kindly(client: Any) -> None:
    answer = log_in(client, roles.EDITOR).post(PREVIEW, {"content": "x" * (MAX_CHARS + 1)})
    assert answer.status_code == 413
    assert "Split it" in answer.content.decode()


def test_an_uploaded_picture_is_stored_anew_and_comes_back_as_markdown(client: Any) -> None:
    log_in(client, roles.EDITOR)
    codes = [client.post(UPLOAD, {"image": png()}).json()["image_code"] for _again in range(2)]
    assert codes == [
        "![describe the picture](image:my-photo)",
        "![describe the picture](image:my-photo-2)",
    ]
    image = Image.objects.get(slug="my-photo")
    assert (image.width, image.height) == (4, 3)
    assert image.file.url.startswith("/media/images/")
    assert "photo" not in image.file.url
    assert "image:picture)" in client.post(UPLOAD, {"image": png("!!.png")}).json()["image_code"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.png", b"\x89PNG\r\n\x1a\n broken"),
        ("a.php", b"<?php"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    ],
)
def test_anything_but_a_picture_is_refused_and_not_stored(
    client: Any, name: str, data: bytes
) -> None:
    answer = log_in(client, roles.EDITOR).post(UPLOAD, {"image": SimpleUploadedFile(name, data)})
    assert answer.status_code == 400
    assert len(answer.json()["image"][0]) > 20
    assert not Image.objects.exists()


def test_a_missing_or_huge_file_is_refused(client: Any, monkeypatch: Any) -> None:
    log_in(client, roles.EDITOR)
    assert client.post(UPLOAD).json() == {"image": ["Choose a picture first."]}
    monkeypatch.setattr("publishing.uploads.MAX_BYTES", 10)
    assert client.post(UPLOAD, {"image": png()}).status_code == 400


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_nobody_else_gets_in(client: Any, address: str) -> None:
    assert client.post(address).status_code == 302
    for role in (roles.MEDICAL_REVIEWER, roles.MODERATOR):
        assert log_in(client, role).post(address, {"content": "x"}).status_code == 403
    assert log_in(client, roles.EDITOR).get(address).status_code == 405


def test_a_forged_request_is_refused(client: Any) -> None:
    log_in(client, roles.EDITOR)
    client.handler.enforce_csrf_checks = True
    assert client.post(PREVIEW, {"content": "x"}).status_code == 403
