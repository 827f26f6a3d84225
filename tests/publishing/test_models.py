"""What the models say of themselves, and what their triggers refuse, by ORM and by raw SQL."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from publishing.actions import contributor_of
from publishing.models import (
    Citation,
    Contribution,
    Contributor,
    Credit,
    DraftAuthor,
    Image,
    Inclusion,
    Page,
    Revision,
    SignOff,
    Task,
)
from tests import factories

pytestmark = pytest.mark.django_db

# What a revision says never changes; these columns say what became of it, or are made anew.
CHANGING = {
    "state",
    "publish_at",
    "scheduled_by",
    "published_by",
    "published_at",
    "unpublished_by",
    "unpublished_at",
    "unpublish_reason",
    "rendered",
    "parts",
    "renderer_version",
}
OTHER_VALUE = {
    "page_id": "page_id + 1",
    "number": "number + 1",
    "content": "'{}'",
    "sha256": "repeat('0', 64)",
    "change_kind": "'layout'",
    "change_note": "'Another.'",
    "kind": "'page'",
    "slug": "'another'",
    "title": "'Another'",
    "summary": "'Another'",
    "condition_id": "NULL",
    "part_of_id": "page_id",
    "position": "position + 1",
    "submitted_by_id": "submitted_by_id + 1",
    "submitted_at": "submitted_at - interval '1 day'",
    "findings": "'[1]'",
}


def test_every_column_of_a_revision_is_fixed_or_known_to_change() -> None:
    fields = {field for field in Revision._meta.local_concrete_fields if not field.primary_key}
    fixed = {field.column for field in fields if field.name not in CHANGING}
    assert fixed == set(OTHER_VALUE)


@pytest.mark.parametrize("column", OTHER_VALUE)
def test_what_a_revision_says_is_never_changed_by_sql(column: str) -> None:
    factories.submitted(factories.article_content())
    statement = (
        f"UPDATE publishing_revision SET {column} = {OTHER_VALUE[column]} WHERE kind = 'article'"
    )
    with (
        pytest.raises(IntegrityError, match="A revision never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_revision_is_never_deleted() -> None:
    revision = factories.submitted(factories.article_content())
    with pytest.raises(ProtectedError):
        revision.delete()
    with pytest.raises(IntegrityError, match="A revision is never deleted"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk)._raw_delete(using="default")


def test_what_people_did_on_a_revision_is_never_changed_or_deleted() -> None:
    sign_off = factories.sign_off(factories.submitted(factories.article_content()))
    writes: list[Callable[[], object]] = [
        sign_off.delete,
        lambda: SignOff.objects.update(statement="Another."),
        lambda: Contribution.objects.update(role=Contribution.Role.AUTHOR),
        lambda: Contribution.objects.filter(role="author")._raw_delete(using="default"),
    ]
    for write in writes:
        with (
            pytest.raises(IntegrityError, match="is never changed or deleted"),
            transaction.atomic(),
        ):
            write()


def copy_of(revision: Revision) -> Revision:
    """A second revision with the same text, without authors."""
    revision.pk, revision.number = None, 2
    revision.state = Revision.State.WITHDRAWN
    revision.save(force_insert=True)
    return revision


@pytest.mark.django_db(transaction=True)
def test_a_revision_without_an_author_does_not_outlast_its_transaction() -> None:
    revision = factories.submitted(factories.article_content())
    with (
        pytest.raises(IntegrityError, match="A revision needs at least one author"),
        transaction.atomic(),
    ):
        copy_of(revision)
    assert Revision.objects.filter(kind="article").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_author_may_be_written_after_the_revision_in_one_transaction(editor: User) -> None:
    revision = factories.submitted(factories.article_content())
    with transaction.atomic():
        second = copy_of(revision)
        person = contributor_of(editor)
        Contribution.objects.create(revision=second, contributor=person, role="author")
    assert Revision.objects.filter(kind="article").count() == 2


def test_a_superuser_who_wrote_a_text_cannot_sign_it_by_sql_either() -> None:
    root = User.objects.create_superuser("root")
    revision = factories.submitted(factories.article_content(), by=root)
    statement = """
        INSERT INTO publishing_contribution
            (revision_id, contributor_id, role, credit_position, added_at)
        VALUES (%s, %s, 'reviewer', 0, now())
    """
    with (
        pytest.raises(IntegrityError, match="publishing_contribution_one_role_per_person"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [revision.pk, contributor_of(root).pk])
    authors = Contribution.objects.get(revision=revision, contributor__user=root)
    with (
        pytest.raises(IntegrityError, match="A sign-off is a reviewer's"),
        transaction.atomic(),
    ):
        SignOff.objects.create(
            contribution=authors,
            decision=SignOff.Decision.APPROVE,
            statement="Mine.",
            sha256=revision.sha256,
            signed_at=timezone.now(),
            expires_at=timezone.now() + factories.YEAR,
        )


def test_a_person_who_has_a_part_in_a_text_cannot_be_deleted(editor: User) -> None:
    factories.submitted(factories.article_content(), by=editor)
    with pytest.raises(ProtectedError):
        contributor_of(editor).delete()
    with pytest.raises(ProtectedError):
        editor.delete()


def test_only_live_revisions_are_live() -> None:
    live = factories.published(factories.article_content())
    factories.approved(factories.article_content(title="Newer"))
    factories.submitted(factories.article_content("draft"))
    assert list(Revision.objects.live().of_kind("article")) == [live]


def test_things_are_called_what_people_call_them(editor: User) -> None:
    factories.published(factories.technique_content())
    content = factories.article_content(techniques=("do-nothing",))
    revision = factories.approved(content)
    page = Page.objects.get(pk=revision.page_id)
    person = contributor_of(editor)
    named: list[tuple[models.Model, str]] = [
        (page, "Removal"),
        (revision, "Removal (1)"),
        (person, "editor"),
        (Contribution.objects.get(revision=revision, role="author"), "editor (author)"),
        (SignOff.objects.get(contribution__revision=revision), "approve: reviewer (reviewer)"),
        (Citation.objects.get(revision=revision), "berk2008 in Removal (1)"),
        (Inclusion.objects.get(revision=revision), "Do nothing in Removal (1)"),
        (Credit(page=page, contributor=person), "editor: Removal"),
        (DraftAuthor(page=page, contributor=person), "editor: Removal"),
        (Image(slug="skin"), "skin"),
        (Task(page=page, kind=Task.Kind.READER_REPORT), "reader's report: Removal"),
    ]
    assert [str(thing) for thing, _ in named] == [name for _, name in named]
    assert person.get_absolute_url() == "/contributors/editor/"


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        (Page(kind="page", slug="About", title="A"), "small letters, digits and single hyphens"),
        (
            Contributor(slug="ann", name="Ann", interests="None"),
            "Give the conflict-of-interest statement and its date together.",
        ),
        (
            Image(slug="a", alt="A", decorative=True, width=1, height=1),
            "A decorative picture has no text alternative: choose one of the two.",
        ),
        (
            Task(kind=Task.Kind.BROKEN_LINK, detail="D", done_at=timezone.now()),
            "Who did a task and when go together.",
        ),
    ],
)
def test_a_form_says_in_words_which_rule_is_broken(thing: models.Model, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        thing.full_clean(exclude={"owner", "added_by", "page"})
    assert sentence in " ".join(caught.value.messages)
