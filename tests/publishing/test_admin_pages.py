"""The desk's page of a working copy: versions, double posts, clean texts, kept pages."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, Technique
from milia_site import roles
from publishing import actions, kinds
from publishing.models import Contributor, DraftAuthor, Image, Page, Revision, Task
from tests import factories
from tests.publishing.test_markdown_views import png

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


@pytest.fixture
def desk(client: Any) -> Any:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client.force_login(user)
    return client


def typed(**fields: Any) -> dict[str, Any]:
    """What a browser sends for an article without rows below it."""
    rows = {
        f"{prefix}-{name}_FORMS": "0"
        for prefix in ("credits", "article_techniques")
        for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
    }
    return {"title": "Tiny cysts", "slug": "tiny-cysts", "body": "Text.", **rows, **fields}


def test_a_new_page_belongs_to_whoever_made_it(desk: Any) -> None:
    assert desk.get(ADD).status_code == 200
    answer = desk.post(ADD, typed())
    assert answer.status_code == 302
    article = Article.objects.get()
    assert (article.kind, article.owner.username, article.version) == ("article", "writer", 1)
    assert DraftAuthor.objects.get().contributor.user == article.owner


def test_the_second_post_of_one_form_makes_no_second_page(desk: Any) -> None:
    sent = typed(once="a-key")
    desk.post(ADD, sent)
    answer = desk.post(ADD, {**sent, "slug": "tiny-cysts-again"})
    page = Article.objects.get()
    assert answer.headers["Location"] == f"/admin/articles/article/{page.pk}/change/"


def test_saving_counts_the_version_and_a_stale_save_loses_nothing(desk: Any) -> None:
    desk.post(ADD, typed())
    page = Article.objects.get()
    address = f"/admin/articles/article/{page.pk}/change/"
    assert 'name="opened_version" value="1"' in desk.get(address).content.decode()
    desk.post(address, typed(body="Mine.", opened_version="1"))
    page.refresh_from_db()
    assert (page.body, page.version) == ("Mine.", 2)
    stale = desk.post(address, typed(body="Theirs.", opened_version="1"))
    text = stale.content.decode()
    assert "writer saved this page while you were writing" in text
    assert "<del>Mine</del><ins>Theirs</ins>." in text
    assert 'name="opened_version" value="2"' in text
    assert "Theirs." in text
    page.refresh_from_db()
    assert (page.body, page.version) == ("Mine.", 2)
    desk.post(address, typed(body="Mine and theirs.", opened_version="2"))
    page.refresh_from_db()
    assert (page.body, page.version) == ("Mine and theirs.", 3)


def test_both_versions_are_shown_in_the_words_of_the_form(desk: Any) -> None:
    condition = factories.published(factories.condition_content())
    desk.post(ADD, typed())
    page = Article.objects.get()
    address = f"/admin/articles/article/{page.pk}/change/"
    saved = {"condition": str(condition.page_id), "safety_level": "urgent", "safety_notes": "Go."}
    desk.post(address, typed(**saved, opened_version="1"))
    stale = desk.post(address, typed(title="Small cysts", opened_version="1"))
    versions = {item.label: item.stored for item in stale.context["adminform"].form.versions}
    assert versions == {
        "Title": "Tiny cysts",
        "Condition": "Milia",
        "Safety card": "Urgent advice",
        "Text of the safety card": "Go.",
    }


def test_texts_are_clean_before_they_are_kept(desk: Any) -> None:
    desk.post(ADD, typed(title="Tiny\x01 \u202ecysts ", body="a\r\nb\x0b", standfirst="x\ty"))
    content = kinds.get("article").read(Article.objects.get().pk)
    assert (content.title, content.summary) == ("Tiny cysts", "x y")
    assert Article.objects.get().body == "a\nb"


@pytest.mark.parametrize("slug", ["Tiny", "a b", "a--b", "-a", "é", "a_b"])
def test_an_address_of_another_form_is_refused_with_an_example(desk: Any, slug: str) -> None:
    text = desk.post(ADD, typed(slug=slug)).content.decode()
    assert "such as “milia-care”" in text
    assert not Page.objects.exists()


def test_a_taken_address_is_told_in_plain_words(desk: Any) -> None:
    desk.post(ADD, typed())
    text = desk.post(ADD, typed(title="Another")).content.decode()
    assert "Another page of this kind has this address" in text


def test_a_page_with_revisions_is_kept_for_ever(desk: Any) -> None:
    desk.post(ADD, typed())
    page = Article.objects.get()
    delete = f"/admin/articles/article/{page.pk}/delete/"
    assert desk.get(delete).status_code == 200
    revision = factories.published(factories.article_content())
    kept = f"/admin/articles/article/{revision.page_id}/delete/"
    assert desk.get(kept).status_code == 403


def test_the_list_says_where_each_page_stands_in_a_fixed_number_of_queries(
    desk: Any, django_assert_max_num_queries: Any
) -> None:
    factories.draft(factories.article_content("a-draft"))
    factories.submitted(factories.article_content("a-waiting"))
    factories.published(factories.article_content("a-live"))
    with django_assert_max_num_queries(8):
        text = desk.get("/admin/articles/article/").content.decode()
    assert all(word in text for word in ("draft", "submitted", "live", "icon-yes", "icon-no"))


def test_the_form_of_a_live_page_leads_to_it_and_to_its_revisions(desk: Any) -> None:
    revision = factories.published(factories.article_content())
    text = desk.get(f"/admin/articles/article/{revision.page_id}/change/").content.decode()
    assert "/articles/removal/" in text
    assert f"/admin/publishing/revision/{revision.pk}/change/" in text
    assert "First version." in text


def test_assessments_and_terms_are_saved_with_their_page(desk: Any) -> None:
    page = factories.draft(factories.technique_content())
    text = desk.get(f"/admin/articles/technique/{page.pk}/change/").content.decode()
    assert "Nobody has followed adults." in text
    assert Technique.objects.get().assessments.count() == 1
    glossary = factories.draft(factories.glossary_content())
    text = desk.get(f"/admin/articles/glossary/{glossary.pk}/change/").content.decode()
    assert "A tough protein of the skin." in text


def test_a_revision_shows_who_stands_behind_it(desk: Any) -> None:
    revision = factories.approved(factories.article_content())
    text = desk.get(f"/admin/publishing/revision/{revision.pk}/change/").content.decode()
    assert "I read it against its sources." in text
    assert revision.sha256 in text
    assert f"/admin/articles/article/{revision.page_id}/change/" in text
    assert desk.get("/admin/publishing/revision/999999/change/").status_code == 302


def test_a_picture_is_taken_only_as_a_picture(desk: Any) -> None:
    address = "/admin/publishing/image/add/"
    words = {"slug": "photo", "alt": "A photo", "credit": "Us", "licence": "CC BY 4.0"}
    assert "Choose a picture." in desk.post(address, words).content.decode()
    script = SimpleUploadedFile("a.png", b"<script>")
    assert desk.post(address, {**words, "upload": script}).status_code == 200
    assert desk.post(address, {**words, "upload": png()}).status_code == 302
    image = Image.objects.get()
    assert (image.width, image.added_by.username) == (4, "writer")
    change = f"/admin/publishing/image/{image.pk}/change/"
    assert image.file.url in desk.get(change).content.decode()
    desk.post(change, {**words, "alt": "Another"})
    image.refresh_from_db()
    assert image.alt == "Another"
    both = desk.post(change, {**words, "decorative": "on"}).content.decode()
    assert "choose one of the two" in both


def test_a_task_is_marked_as_done_by_somebody(desk: Any) -> None:
    page = factories.draft(factories.article_content())
    task = Task.objects.create(page=page, kind=Task.Kind.BROKEN_LINK, detail="Mend it.")
    desk.post(
        "/admin/publishing/task/", {"action": "mark_done", "_selected_action": [str(task.pk)]}
    )
    task.refresh_from_db()
    assert str(task.done_by) == "writer"
    assert task.done_at is not None


def test_everybody_who_writes_gets_a_contributor_of_a_free_name(db: None) -> None:
    for name in ("a_b", "a-b", "__"):
        user = User.objects.create_user(name)
        assert actions.contributor_of(user) == actions.contributor_of(user)
    slugs = Contributor.objects.order_by("pk").values_list("slug", flat=True)
    first, second, third = slugs
    assert first == "a-b"
    assert second.startswith("a-b-")
    assert third.isdecimal()
    assert not Revision.objects.exists()


def test_a_page_that_was_made_by_mistake_can_be_deleted_and_one_with_a_log_cannot(
    desk: Any,
) -> None:
    desk.post(ADD, typed())
    desk.post(ADD, typed(slug="mistake"))
    kept, mistake = Article.objects.get(slug="tiny-cysts"), Article.objects.get(slug="mistake")
    base = "/admin/articles/article/"
    desk.post(f"{base}{kept.pk}/change/", typed(body="Mine.", opened_version="1"))
    for page, offered in ((kept, False), (mistake, True)):
        text = desk.get(f"{base}{page.pk}/change/").content.decode()
        assert (f"{base}{page.pk}/delete/" in text) is offered
        desk.post(f"{base}{page.pk}/delete/", {"post": "yes"})
    assert [page.slug for page in Article.objects.all()] == ["tiny-cysts"]
    assert "Delete selected" not in desk.get(base).content.decode()
