"""Every rule that the database holds, from both sides, in raw SQL that no Python stands before."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg import errors

from articles.models import Article, ArticleTechnique, Assessment, Technique, Term
from comments.models import Ban, Comment, CommentEvent, EmailAddress, Flag, Writer
from faq.models import Question
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
from tests.publishing.desk_rules import DESK_RULES, make_desk_rows
from tests.publishing.raw_sql import AUTHORS, NEW_PERSON, NOW, OTHER_PAGE, USER, insert, update

APPS = "publishing|articles|faq|comments"
AT_ONCE = "; SET CONSTRAINTS publishing_revision_has_author IMMEDIATE"

UNPUBLISHED = {
    "state": "'unpublished'",
    "unpublished_by_id": USER,
    "unpublished_at": NOW,
    "unpublish_reason": "'Out of date.'",
}
NEVER_PUBLIC = {"state": "'submitted'", "published_by_id": "NULL", "published_at": "NULL"}
WITH_AUTHOR = f"""
    WITH made AS ({insert(Revision)} RETURNING id)
    INSERT INTO publishing_contribution
        (revision_id, contributor_id, role, credit_position, added_at)
    SELECT made.id, {NEW_PERSON}, 'author', 0, now() FROM made
"""
WITH_REVIEWER_ONLY = WITH_AUTHOR.replace("'author'", "'reviewer'")

# The name of a rule, statements that it refuses, and statements that it lets through.
RULES: dict[str, tuple[list[str], list[str]]] = {
    "publishing_page_kind_and_slug": (
        [insert(Page, slug="slug")],
        [insert(Page), insert(Page, slug="slug", kind="'page'")],
    ),
    "publishing_page_slug_form": (
        [update(Page, slug=f"'{slug}'") for slug in ("", "Milia", "a b", "-a", "a-", "a--b", "ä")],
        [update(Page, slug="'a-1-b'")],
    ),
    "publishing_page_kind_form": (
        [update(Page, kind="''"), update(Page, kind="'Article'")],
        [update(Page, kind="'page'")],
    ),
    "publishing_page_has_title": ([update(Page, title="''")], [update(Page, title="'T'")]),
    "publishing_page_version_positive": ([update(Page, version="0")], [update(Page, version="1")]),
    "publishing_credit_once": (
        [insert(Credit, contributor_id="contributor_id")],
        [insert(Credit)],
    ),
    "publishing_draftauthor_once": (
        [insert(DraftAuthor, contributor_id="contributor_id")],
        [insert(DraftAuthor)],
    ),
    "publishing_contributor_slug_key": (
        [insert(Contributor, slug="slug")],
        [insert(Contributor)],
    ),
    "publishing_contributor_user_id_key": (
        [insert(Contributor, user_id="user_id")],
        [insert(Contributor)],
    ),
    "publishing_contributor_has_name": (
        [update(Contributor, name="''")],
        [update(Contributor, name="'N'")],
    ),
    "publishing_contributor_interests_dated": (
        [
            update(Contributor, interests="'None'", interests_declared_on="NULL"),
            update(Contributor, interests="''", interests_declared_on=NOW),
        ],
        [
            update(Contributor, interests="'None'", interests_declared_on=NOW),
            update(Contributor, interests="''", interests_declared_on="NULL"),
        ],
    ),
    "publishing_contribution_one_role_per_person": (
        [
            insert(Contribution, contributor_id="contributor_id", role="'reviewer'"),
            insert(Contribution, contributor_id="contributor_id", role="'author'"),
        ],
        [insert(Contribution, role="'reviewer'"), insert(Contribution, role="'author'")],
    ),
    "publishing_contribution_role_known": (
        [insert(Contribution, role="''"), insert(Contribution, role="'editor'")],
        [insert(Contribution, role="'author'")],
    ),
    "publishing_contribution_append_only": (
        [update(Contribution, role="'reviewer'"), "DELETE FROM publishing_contribution"],
        [insert(Contribution)],
    ),
    "publishing_signoff_append_only": (
        [update(SignOff, statement="'Other.'"), "DELETE FROM publishing_signoff"],
        [insert(SignOff)],
    ),
    "publishing_signoff_fits_revision": (
        [
            insert(SignOff, sha256="repeat('0', 64)"),
            insert(SignOff, contribution_id=AUTHORS),
        ],
        [insert(SignOff)],
    ),
    "publishing_signoff_approval_expires": (
        [
            insert(SignOff, expires_at="NULL"),
            insert(SignOff, expires_at="signed_at"),
            insert(SignOff, decision="'decline'"),
            insert(SignOff, decision="'request-changes'"),
            insert(SignOff, decision="'maybe'", expires_at="NULL"),
        ],
        [
            insert(SignOff, expires_at="signed_at + interval '1 second'"),
            insert(SignOff, decision="'decline'", expires_at="NULL"),
            insert(SignOff, decision="'request-changes'", expires_at="NULL"),
        ],
    ),
    "publishing_signoff_has_statement": (
        [insert(SignOff, statement="''")],
        [insert(SignOff, statement="'S'")],
    ),
    **DESK_RULES,
    "publishing_image_slug_key": ([insert(Image, slug="slug")], [insert(Image)]),
    "publishing_image_alt_or_decorative": (
        [update(Image, alt="'A milium'", decorative="true")],
        [
            update(Image, alt="'A milium'", decorative="false"),
            update(Image, alt="''", decorative="true"),
            update(Image, alt="''", decorative="false"),
        ],
    ),
    "publishing_image_has_size": (
        [update(Image, width="0"), update(Image, height="0")],
        [update(Image, width="1", height="1")],
    ),
    "publishing_task_done_pair": (
        [update(Task, done_by_id=USER), update(Task, done_at=NOW)],
        [update(Task, done_by_id=USER, done_at=NOW), update(Task, done_by_id="NULL")],
    ),
    "publishing_contribution_one_role_per_account": (
        [insert(Contribution, account_id="account_id")],
        [insert(Contribution)],
    ),
    "publishing_signoff_has_name": (
        [insert(SignOff, name="''")],
        [insert(SignOff, name="'N'")],
    ),
    "publishing_task_once_a_notice": (
        [insert(Task)],
        [insert(Task, detail="'D'"), insert(Task, source_id="NULL"), insert(Task, kind="'x'")],
    ),
    "publishing_task_has_detail": ([update(Task, detail="''")], [update(Task, detail="'D'")]),
    "publishing_citation_once": (
        [insert(Citation, reference_id="reference_id")],
        [insert(Citation)],
    ),
    "publishing_inclusion_once": (
        [insert(Inclusion, page_id="page_id")],
        [insert(Inclusion)],
    ),
    "publishing_inclusion_position": (
        [insert(Inclusion, position="position")],
        [insert(Inclusion)],
    ),
    "publishing_revision_page_and_number": (
        [insert(Revision, number="number")],
        [insert(Revision)],
    ),
    "publishing_revision_one_live": (
        [insert(Revision, state="'live'", slug="'elsewhere'")],
        [insert(Revision), insert(Revision, page_id=OTHER_PAGE, state="'superseded'")],
    ),
    "publishing_revision_one_live_address": (
        [insert(Revision, state="'live'", page_id="(SELECT max(id) FROM publishing_page)")],
        [
            insert(
                Revision,
                state="'live'",
                page_id="(SELECT max(id) FROM publishing_page)",
                slug="'elsewhere'",
            )
        ],
    ),
    "publishing_revision_number_positive": (
        [insert(Revision, number="0")],
        [insert(Revision, number="100")],
    ),
    "publishing_revision_sha256_form": (
        [insert(Revision, sha256=f"repeat('{sign}', 64)") for sign in "gA "]
        + [insert(Revision, sha256="repeat('a', 63)")],
        [insert(Revision, sha256="repeat('a', 64)")],
    ),
    "publishing_revision_has_change_note": (
        [insert(Revision, change_note="''")],
        [insert(Revision, change_note="'C'")],
    ),
    "publishing_revision_published_pair": (
        [update(Revision, published_by_id="NULL")],
        [update(Revision, **NEVER_PUBLIC)],
    ),
    "publishing_revision_public_is_published": (
        [
            update(Revision, **NEVER_PUBLIC | {"state": f"'{state}'"})
            for state in ("live", "superseded")
        ]
        + [update(Revision, state="'approved'")],
        [update(Revision, **NEVER_PUBLIC), update(Revision, state="'superseded'")],
    ),
    "publishing_revision_unpublished_pair": (
        [
            update(Revision, **UNPUBLISHED | {"unpublished_by_id": "NULL"}),
            update(Revision, **UNPUBLISHED | {"unpublished_at": "NULL"}),
            update(Revision, **UNPUBLISHED | {"unpublish_reason": "''"}),
            update(Revision, **UNPUBLISHED | {"state": "'superseded'"}),
        ],
        [update(Revision, **UNPUBLISHED)],
    ),
    "publishing_revision_scheduled_at": (
        [
            update(Revision, **NEVER_PUBLIC | {"state": "'scheduled'"}),
            update(Revision, **NEVER_PUBLIC | {"state": "'scheduled'", "publish_at": NOW}),
            update(Revision, publish_at=NOW),
            update(Revision, scheduled_by_id=USER),
        ],
        [
            update(
                Revision,
                **NEVER_PUBLIC
                | {"state": "'scheduled'", "publish_at": NOW, "scheduled_by_id": USER},
            )
        ],
    ),
    "publishing_revision_published_after_submitted": (
        [update(Revision, published_at="submitted_at - interval '1 second'")],
        [update(Revision, published_at="submitted_at")],
    ),
    "publishing_revision_is_fixed": (
        [
            update(Revision, title="'Another'"),
            update(Revision, findings="'[1]'"),
            "DELETE FROM publishing_revision",
        ],
        [update(Revision, rendered="'{}'", state="'superseded'")],
    ),
    "publishing_revision_has_author": (
        [insert(Revision) + AT_ONCE, WITH_REVIEWER_ONLY + AT_ONCE],
        [WITH_AUTHOR + AT_ONCE],
    ),
    "articles_article_safety_card_whole": (
        [
            update(Article, safety_level="'urgent'", safety_notes="''"),
            update(Article, safety_level="''", safety_notes="'See somebody.'"),
        ],
        [
            update(Article, safety_level="'urgent'", safety_notes="'See somebody.'"),
            update(Article, safety_level="''", safety_notes="''"),
        ],
    ),
    "articles_article_video_accessible": (
        [
            update(Article, video_file="'a.mp4'"),
            update(Article, video_file="'a.mp4'", video_captions="'a.vtt'"),
            update(Article, video_file="'a.mp4'", video_transcript="'Words.'"),
            update(Article, video_captions="'a.vtt'"),
        ],
        [
            update(
                Article,
                video_file="'a.mp4'",
                video_captions="'a.vtt'",
                video_transcript="'Words.'",
            )
        ],
    ),
    "articles_articletechnique_once": (
        [insert(ArticleTechnique, technique_id="technique_id")],
        [insert(ArticleTechnique)],
    ),
    "articles_assessment_certainty_known": (
        [update(Assessment, certainty="''"), update(Assessment, certainty="'sure'")],
        [update(Assessment, certainty="'none-found'")],
    ),
    "articles_assessment_once": (
        [insert(Assessment, condition_id="condition_id")],
        [insert(Assessment)],
    ),
    "articles_technique_invasiveness_range": (
        [update(Technique, invasiveness="1001")],
        [update(Technique, invasiveness="1000")],
    ),
    "articles_term_has_definition": (
        [update(Term, definition="''")],
        [update(Term, definition="'D'")],
    ),
    "articles_term_once": ([insert(Term, slug="slug")], [insert(Term)]),
    "comments_comment_has_name_and_text": (
        [update(Comment, name="''"), update(Comment, text="''")],
        [update(Comment, name="'N'", text="'T'")],
    ),
    "comments_comment_depth": (
        [
            update(Comment, depth="1"),
            insert(Comment, parent_id="id", depth="0"),
            insert(Comment, parent_id="id", depth="5"),
        ],
        [insert(Comment, parent_id="id", depth="4"), insert(Comment)],
    ),
    "comments_comment_decided_pair": (
        [
            update(Comment, state="'spam'", decided_by_id=USER),
            update(Comment, state="'spam'", decided_at=NOW),
        ],
        [update(Comment, state="'spam'", decided_by_id=USER, decided_at=NOW)],
    ),
    "comments_comment_shown_by_somebody": (
        [
            update(Comment, state="'approved'"),
            update(Comment, state="'rejected'", reason="'other'"),
            update(Comment, state="'held'", decided_by_id=USER, decided_at=NOW),
            update(Comment, state="'unheard-of'"),
        ],
        [
            update(Comment, state="'approved'", decided_by_id=USER, decided_at=NOW),
            update(
                Comment,
                state="'rejected'",
                reason="'other'",
                decided_by_id=USER,
                decided_at=NOW,
            ),
            update(Comment, state="'approved'", by_trust="true"),
            update(Comment, state="'spam'"),
        ],
    ),
    "comments_comment_hidden_waits": (
        [update(Comment, state="'spam'", hidden_at=NOW)],
        [update(Comment, hidden_at=NOW)],
    ),
    "comments_comment_refused_with_reason": (
        [update(Comment, state="'removed'", decided_by_id=USER, decided_at=NOW)],
        [
            update(
                Comment,
                state="'removed'",
                reason="'unkind'",
                decided_by_id=USER,
                decided_at=NOW,
            )
        ],
    ),
    "comments_comment_ticket_key": ([insert(Comment, ticket="ticket")], [insert(Comment)]),
    "comments_comment_access_key": ([insert(Comment, access="access")], [insert(Comment)]),
    "comments_event_append_only": (
        [update(CommentEvent, detail="'Other.'"), "DELETE FROM comments_commentevent"],
        [insert(CommentEvent)],
    ),
    "comments_flag_once_an_address": ([insert(Flag, address="address")], [insert(Flag)]),
    "comments_ban_of_somebody": ([update(Ban, writer_id="NULL")], [insert(Ban)]),
    "comments_writer_key_key": ([insert(Writer, key="key")], [insert(Writer)]),
    "comments_emailaddress_digest_key": (
        [insert(EmailAddress, digest="digest")],
        [insert(EmailAddress)],
    ),
    "faq_question_order_range": (
        [update(Question, order="1001")],
        [update(Question, order="1000")],
    ),
}


@pytest.fixture
def world(db: None) -> None:
    """At least one row in every table, and the rows that a copy of it needs beside it."""
    editor = factories.EditorFactory.create()
    factories.reference("berk2008")
    factories.reference("patsatsi2020")
    condition = factories.published(factories.condition_content())
    newcomer = Contributor.objects.create(slug="newcomer", name="Newcomer")
    Contributor.objects.create(slug="later", name="Later")
    Contribution.objects.create(revision=condition, contributor=newcomer, role="reviewer")
    Contributor.objects.filter(pk=newcomer.pk).update(
        credentials="MD", interests="None", interests_declared_on=timezone.localdate()
    )
    factories.published(factories.technique_content())
    factories.published(factories.technique_content("needle"))
    factories.published(factories.article_content(techniques=("do-nothing",)))
    draft = factories.draft(factories.question_content(article="removal"))
    factories.draft(factories.glossary_content())
    Credit.objects.create(page=draft, contributor=contributor_of(editor), position=1)
    Image.objects.create(slug="skin", file="a.svg", width=9, height=9, alt="A", added_by=editor)
    source = factories.reference()
    Task.objects.create(page=draft, kind=Task.Kind.BROKEN_LINK, detail="Mend it.", source=source)
    comment = Comment.objects.create(
        page=draft, name="Reader", text="Thank you.", ticket="t", access="a"
    )
    CommentEvent.objects.create(comment=comment, action=CommentEvent.Action.ARRIVED)
    now = timezone.now()
    Flag.objects.create(comment=comment, address="a", reason="other", flagged_at=now)
    Ban.objects.create(writer=Writer.objects.create(key="w"), until=now)
    EmailAddress.objects.create(digest="d", encrypted=b"x")
    make_desk_rows(condition, editor)


def run(sql: str) -> str | None:
    """The name of the rule that refuses a statement, or None; the statement is undone at once."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            touched = cursor.rowcount
            transaction.set_rollback(True)
    except IntegrityError as error:
        cause = error.__cause__
        return cause.diag.constraint_name if isinstance(cause, errors.IntegrityError) else ""
    assert touched, f"There is no row to try this on: {sql}"
    return None


def test_a_rule_refuses_what_breaks_it(world: None) -> None:
    breaking = {sql: name for name, (refused, _) in RULES.items() for sql in refused}
    assert {sql: run(sql) for sql in breaking} == breaking


def test_a_rule_lets_through_what_keeps_it(world: None) -> None:
    keeping = [sql for _, accepted in RULES.values() for sql in accepted]
    assert {sql: run(sql) for sql in keeping} == dict.fromkeys(keeping)


def test_every_rule_is_tried_from_both_sides() -> None:
    assert [name for name, sides in RULES.items() if not all(sides)] == []


def named_rules() -> set[str]:
    """Unique indexes, checks and triggers of our apps.

    Checks and indexes that Django makes and names itself (a positive number is not negative, a
    pair is linked once) are its own to test.
    """
    found: set[str] = set()
    queries: list[tuple[str, Any]] = [
        ("SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND NOT indisprimary "
         "AND indrelid::regclass::text ~ %s AND indexrelid::regclass::text !~ '_uniq$'", APPS),
        ("SELECT conname FROM pg_constraint WHERE contype IN ('c', 'x') "
         "AND conrelid::regclass::text ~ %s AND conname !~ '_check$'", APPS),
        ("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text ~ %s",
         APPS),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        for sql, apps in queries:
            cursor.execute(sql, [f"^({apps})_"])
            found.update(name for (name,) in cursor.fetchall())
    return found


def test_every_rule_of_the_database_is_tested_here(db: None) -> None:
    assert named_rules() == set(RULES)
