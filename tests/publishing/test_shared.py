"""The cover page of a preview link, without an account: what it is, and remarks."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from publishing import actions
from publishing.models import PreviewLink, Remark
from tests import factories

pytestmark = pytest.mark.django_db

US = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def link(editor: User) -> PreviewLink:
    content = factories.article_content(title="A draft title", body="Unseen words [@berk2008].")
    revision = factories.submitted(content)
    return actions.share(by=editor, revision=revision, recipient="Ann Example", days=7)


def address(link: PreviewLink) -> str:
    return f"/preview/{actions.token_of(link)}/"


def private(answer: Any) -> bool:
    """Whether an answer is kept and found by nobody, sets no cookie, and tells no other site."""
    return (
        answer.headers["Cache-Control"],
        answer.headers["X-Robots-Tag"],
        answer.headers["Referrer-Policy"],
        dict(answer.cookies),
    ) == ("private, no-store", "noindex", "no-referrer", {})


def test_the_cover_says_for_whom_of_what_and_until_when(client: Any, link: PreviewLink) -> None:
    answer = client.get(address(link))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert private(answer)
    assert "Preview of “A draft title”" in text
    assert "For Ann Example." in text
    assert f"{link.expires_at:%-d %B %Y}" in text
    assert 'href="page/"' in text
    assert "You have not said anything yet." in text
    assert '<meta name="robots" content="noindex">' in text
    assert "canonical" not in text
    assert actions.token_of(link) not in text
    link.refresh_from_db()
    assert link.times_opened == 0


def test_a_wrong_an_old_and_a_revoked_link_are_all_alike_not_found(
    client: Any, link: PreviewLink, editor: User
) -> None:
    nothing = client.get("/no-such-page/")
    over = actions.share(by=editor, revision=link.revision, recipient="Ben", days=1)
    ago = timezone.now() - datetime.timedelta(days=2)
    PreviewLink.objects.filter(pk=over.pk).update(
        created_at=ago, expires_at=ago + datetime.timedelta(days=1)
    )
    actions.revoke(by=editor, link=link)
    token = actions.token_of(link)
    for tried in (token, actions.token_of(over), f"{token}x", "1.x", "%00", "x" * 5_000):
        for path in (f"/preview/{tried}/", f"/preview/{tried}/page/"):
            answer = client.get(path)
            assert (answer.status_code, answer.content) == (404, nothing.content), path
        answer = client.post(f"/preview/{tried}/", {"text": "Hello."}, headers=US)
        assert (answer.status_code, answer.content) == (404, nothing.content)
    assert not Remark.objects.exists()


def test_a_link_outlives_its_revision_and_says_that_there_is_a_newer_text(
    client: Any, link: PreviewLink, editor: User
) -> None:
    assert "there may be a newer one" not in client.get(address(link)).content.decode()
    actions.withdraw(by=editor, revision=link.revision)
    text = client.get(address(link)).content.decode()
    assert "This text is marked “withdrawn” now; there may be a newer one." in text
    assert "Unseen words" in client.get(f"{address(link)}page/").content.decode()


def test_a_remark_is_kept_and_shown_to_whoever_wrote_it(client: Any, link: PreviewLink) -> None:
    typed = {"place": "body", "text": "<b>A doubt</b> about this."}
    for _twice in range(2):
        answer = client.post(address(link), typed, headers=US)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"{address(link)}#remarks",
        )
    kept = Remark.objects.get()
    assert (kept.place, kept.text, kept.preview_link) == ("body", typed["text"], link)
    text = client.get(address(link)).content.decode()
    assert "&lt;b&gt;A doubt&lt;/b&gt; about this." in text
    other = actions.share(
        by=link.created_by, revision=link.revision, recipient="Somebody else", days=1
    )
    assert "A doubt" not in client.get(address(other)).content.decode()


def test_a_remark_about_the_whole_page_needs_no_place(client: Any, link: PreviewLink) -> None:
    client.post(address(link), {"text": "Good."}, headers=US)
    assert Remark.objects.get().place == ""
    assert "<strong>The whole page</strong>" in client.get(address(link)).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": "   "}, "This field is required."),
        ({"text": "x" * 5_001}, "at most 5000 characters"),
        ({"text": "Good.", "place": "elsewhere"}, "elsewhere is not one of the available choices"),
    ],
)
def test_what_is_wrong_with_a_remark_is_said(
    client: Any, link: PreviewLink, typed: dict[str, str], told: str
) -> None:
    answer = client.post(address(link), typed, headers=US)
    assert (answer.status_code, private(answer)) == (200, True)
    assert told in answer.content.decode()
    assert not Remark.objects.exists()


def test_one_remark_too_many_is_refused_and_its_words_are_kept(
    client: Any, link: PreviewLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.actions.sharing.REMARKS_MAX", 0)
    text = client.post(address(link), {"text": "My words."}, headers=US).content.decode()
    assert "This link takes 0 remarks" in text
    assert "My words.</textarea>" in text


def test_a_link_that_ends_while_somebody_writes_is_not_found(
    client: Any, link: PreviewLink, monkeypatch: pytest.MonkeyPatch, editor: User
) -> None:
    found = actions.find_link(actions.token_of(link))
    actions.revoke(by=editor, link=link)
    monkeypatch.setattr(actions, "find_link", lambda _token: found)
    assert client.post(address(link), {"text": "Late."}, headers=US).status_code == 404
    assert not Remark.objects.exists()


FOREIGN = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "null", "Referer": "http://testserver.evil.example/"},
    {"Referer": "http://[evil"},
    {"Origin": "https://evil.example", "Referer": "http://testserver/"},
]
OURS = [
    US,
    {"Origin": "http://testserver"},
    {"Origin": "http://127.0.0.1:8000"},
    {"Referer": "http://testserver/preview/x/"},
    {"Origin": "null", "Referer": "http://testserver/"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_elsewhere_is_refused_and_its_words_are_kept(
    client: Any, link: PreviewLink, headers: dict[str, str]
) -> None:
    answer = client.post(address(link), {"text": "My words."}, headers=headers)
    text = answer.content.decode()
    assert (answer.status_code, private(answer)) == (403, True)
    assert "Your words are still here" in text
    assert "My words.</textarea>" in text
    assert not Remark.objects.exists()


@pytest.mark.parametrize("headers", OURS)
def test_a_form_of_ours_is_taken(client: Any, link: PreviewLink, headers: dict[str, str]) -> None:
    assert client.post(address(link), {"text": "Good."}, headers=headers).status_code == 302
    assert Remark.objects.count() == 1


def test_other_verbs_are_refused(client: Any, link: PreviewLink) -> None:
    assert client.head(address(link)).status_code == 200
    for verb in (client.put, client.delete, client.patch):
        assert verb(address(link)).status_code == 405
