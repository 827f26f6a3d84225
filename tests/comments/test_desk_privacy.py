"""Everything of one e-mail address, at the desk."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group

from comments.models import Comment, CommentEvent, EmailAddress
from milia_site.roles import MODERATOR, SITE_ADMIN
from publishing.models import Revision
from tests import factories

pytestmark = pytest.mark.django_db
PRIVACY = "/admin/comments/privacy/"
ROBIN = "robin@example.org"


@pytest.fixture
def desk(client: Any) -> Any:
    """The client, which writes comments too, logged in as a site admin."""
    user = factories.UserFactory.create(username="owner")
    user.groups.set(Group.objects.filter(name=SITE_ADMIN))
    client.force_login(user)
    return client


def test_the_file_holds_everything_of_the_address_and_nothing_of_others(
    desk: Any, page: Revision, write: Any
) -> None:
    write(email=ROBIN, text="Mine went by themselves.")
    write(email="ash@example.org", text="Mine stayed for a year.")
    answer = desk.post(PRIVACY, {"email": ROBIN.upper(), "export": "yes"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="comments.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    found = json.loads(answer.content)
    assert [each["text"] for each in found["comments"]] == ["Mine went by themselves."]
    nobody = desk.post(PRIVACY, {"email": "no@example.org", "export": "yes"}).json()
    assert nobody == {"email": "", "comments": [], "banned_until": []}
    exported = CommentEvent.objects.get(action="exported")
    assert str(exported.account) == "owner"
    assert exported.comment.text == "Mine went by themselves."


def test_erasing_asks_to_be_meant_and_keeps_the_address_nowhere(
    desk: Any, page: Revision, write: Any
) -> None:
    write(email=ROBIN)
    refused = desk.post(PRIVACY, {"email": ROBIN, "erase": "yes"}).content.decode()
    assert "Tick this to erase." in refused
    assert f'value="{ROBIN}"' in refused
    assert Comment.objects.get().text
    answer = desk.post(PRIVACY, {"email": ROBIN, "erase": "yes", "sure": "on"}, follow=True)
    html = answer.content.decode()
    assert "1 comment is erased." in html
    assert ROBIN not in html
    assert (Comment.objects.get().text, EmailAddress.objects.count()) == ("", 0)
    assert str(CommentEvent.objects.get(action="erased-for").account) == "owner"


def test_what_is_no_address_is_said(desk: Any) -> None:
    html = desk.post(PRIVACY, {"email": "robin", "export": "yes"}).content.decode()
    assert "Enter a valid email address." in html


def test_moderators_have_no_such_page_and_no_way_to_it(client: Any) -> None:
    user = factories.UserFactory.create(username="mo")
    user.groups.set(Group.objects.filter(name=MODERATOR))
    client.force_login(user)
    assert client.get(PRIVACY).status_code == 403
    assert PRIVACY not in client.get("/admin/comments/queue/").content.decode()
