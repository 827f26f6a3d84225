"""Rows made and changed in raw SQL, where no Python stands before the database's rules."""

from django.db import models

from articles.models import ArticleTechnique, Assessment, Term
from comments.models import Ban, Comment, CommentEvent, EmailAddress, Flag, Writer
from publishing.models import (
    AnswerCount,
    Citation,
    Contribution,
    Contributor,
    Credit,
    DraftAuthor,
    Event,
    Image,
    ImageUse,
    Inclusion,
    Link,
    Page,
    PreviewLink,
    Remark,
    Reminder,
    Revision,
    SearchEntry,
    SearchMiss,
    SignOff,
    Task,
    Waiver,
)

NOW = "now()"
USER = "(SELECT min(id) FROM auth_user)"
NEW_PERSON = "(SELECT id FROM publishing_contributor WHERE slug = 'later')"
UNSIGNED = (
    "(SELECT id FROM publishing_contribution WHERE role = 'reviewer' AND id NOT IN "
    "(SELECT contribution_id FROM publishing_signoff))"
)
AUTHORS = "(SELECT min(id) FROM publishing_contribution WHERE role = 'author')"
OTHER_PAGE = "(SELECT max(page_id) FROM publishing_revision)"
REVISION = "(SELECT min(id) FROM publishing_revision)"

# What sets a copy of the oldest row apart, so that nothing but the rule under test refuses it.
APART: dict[type[models.Model], dict[str, str]] = {
    AnswerCount: {"day": "'2000-01-01'"},
    Citation: {"reference_id": "(SELECT max(id) FROM references_reference)"},
    Contribution: {"contributor_id": NEW_PERSON, "account_id": "NULL"},
    Contributor: {"slug": "'somebody'", "user_id": "NULL"},
    Credit: {"contributor_id": NEW_PERSON},
    DraftAuthor: {"contributor_id": NEW_PERSON},
    Image: {"slug": "'second'"},
    Inclusion: {"page_id": OTHER_PAGE, "position": "position + 1"},
    Page: {"slug": "'elsewhere'"},
    Revision: {"number": "number + 1", "state": "'superseded'"},
    SignOff: {"contribution_id": UNSIGNED},
    ArticleTechnique: {"technique_id": "(SELECT max(page_ptr_id) FROM articles_technique)"},
    Assessment: {"condition_id": OTHER_PAGE},
    Term: {"slug": "'dermis'"},
    Comment: {"ticket": "NULL", "access": "NULL"},
    CommentEvent: {},
    Ban: {},
    EmailAddress: {"digest": "'other'"},
    Flag: {"address": "'other'"},
    Writer: {"key": "'other'"},
    Task: {},
    Event: {},
    ImageUse: {"revision_id": "(SELECT max(id) FROM publishing_revision)"},
    Link: {"url": "'https://example.org/other'"},
    PreviewLink: {},
    Remark: {},
    Reminder: {"days_before": "0"},
    SearchEntry: {"anchor": "'another'"},
    SearchMiss: {"words": "'other words'"},
    Waiver: {"code": "'another'"},
}


def insert(model: type[models.Model], **expressions: str) -> str:
    """Copy the oldest row, with other values (SQL) in some columns."""
    table, key = model._meta.db_table, model._meta.pk
    columns = [
        str(field.column) for field in model._meta.local_concrete_fields if not field.generated
    ]
    values = {column: column for column in columns} | APART[model] | expressions
    if key.column not in APART[model]:
        del values[str(key.column)]
    return (
        f"INSERT INTO {table} ({', '.join(map(quoted, values))}) "
        f"SELECT {', '.join(values.values())} FROM {table} ORDER BY {key.column} LIMIT 1"
    )


def update(model: type[models.Model], **expressions: str) -> str:
    """Set columns of the oldest row to values (SQL)."""
    table, key = model._meta.db_table, model._meta.pk.column
    changes = ", ".join(f"{quoted(column)} = {value}" for column, value in expressions.items())
    return f"UPDATE {table} SET {changes} WHERE {key} = (SELECT min({key}) FROM {table})"


def quoted(column: str) -> str:
    return f'"{column}"'
