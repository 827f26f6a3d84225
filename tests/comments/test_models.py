import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from comments.models import MAX_DEPTH, Comment
from tests import factories

pytestmark = pytest.mark.django_db


def comment(**fields: object) -> Comment:
    page = factories.draft(factories.article_content())
    return Comment(**{"page": page, "name": "Reader", "text": "Thank you.", **fields})


def test_a_new_comment_waits_for_a_moderator() -> None:
    waiting = comment()
    waiting.save()
    assert (waiting.state, waiting.decided_by, waiting.depth) == (Comment.State.HELD, None, 0)


def test_a_comment_is_called_by_its_writer_and_its_beginning() -> None:
    assert str(comment(text="x" * 100)) == "Reader: " + "x" * 60


def test_comments_stand_in_the_order_in_which_they_were_written() -> None:
    first, second = comment(), comment(text="Me too.")
    first.save()
    second.save()
    assert list(Comment.objects.all()) == [first, second]


def test_replies_go_four_levels_deep() -> None:
    parent = comment()
    parent.save()
    for depth in range(1, MAX_DEPTH + 1):
        parent = comment(parent=parent, depth=depth)
        parent.full_clean()
        parent.save()
    with pytest.raises(ValidationError, match="Replies go four levels deep at most"):
        comment(parent=parent, depth=MAX_DEPTH + 1).full_clean()


def test_a_form_says_that_a_comment_is_shown_by_a_person_only(editor: User) -> None:
    shown = comment(state=Comment.State.APPROVED)
    with pytest.raises(ValidationError, match="only after a person let it through"):
        shown.full_clean()
    shown.decided_by, shown.decided_at = editor, timezone.now()
    shown.full_clean()


def test_a_comment_that_has_replies_is_not_deleted_under_them() -> None:
    parent = comment()
    parent.save()
    comment(parent=parent, depth=1).save()
    with pytest.raises(ProtectedError):
        parent.delete()
