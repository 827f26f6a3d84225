"""Fills an empty, migrated database for the desk: `python -m bench.desk_world PAGES`.

Each page has five revisions, so that half of the pages wait for review. The first page is made
through the actions that people use; the others are copies, made by SQL. Prints one JSON object:
the cookie of a site admin's session, and the form of a long article to preview.
"""

import json
import os
import sys
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models need Django set up
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from bench import texts  # noqa: E402
from milia_site import roles  # noqa: E402
from publishing import actions  # noqa: E402
from publishing.content import PageContent  # noqa: E402
from publishing.models import Revision  # noqa: E402
from references.actions import save_reference  # noqa: E402

COPIES = """
CREATE TEMPORARY TABLE copied AS
SELECT number, nextval(pg_get_serial_sequence('publishing_page', 'id')) AS page
FROM generate_series(1, %(pages)s) AS number;

INSERT INTO publishing_page (id, kind, slug, title, condition_id, owner_id, review_months,
    review_due_on, review_pull_reason, version, created_at, comments_open)
SELECT page, kind, 'copy-' || number, 'Copy ' || number, condition_id, owner_id, 24,
    current_date + number %% 1000 - 200, '', 1, now(), true
FROM copied, publishing_page WHERE id = %(page)s;
"""
# Of the five revisions of a page one is live and the newest one is somewhere in the workflow.
REVISIONS = """
CREATE TEMPORARY TABLE revised AS
SELECT copied.number, page, revision,
    nextval(pg_get_serial_sequence('publishing_revision', 'id')) AS id,
    CASE WHEN revision < 4 THEN 'superseded' WHEN revision = 4 THEN 'live'
        WHEN copied.number %% 10 < 5 THEN 'submitted' WHEN copied.number %% 10 < 6 THEN 'approved'
        WHEN copied.number %% 10 < 7 THEN 'scheduled'
        WHEN copied.number %% 10 < 8 THEN 'changes-requested' ELSE 'withdrawn' END AS state
FROM copied, generate_series(1, 5) AS revision ORDER BY revision, copied.number;

INSERT INTO publishing_revision (id, page_id, number, state, content, sha256, change_kind,
    change_note, kind, slug, title, summary, condition_id, position, submitted_by_id, submitted_at,
    findings, publish_at, scheduled_by_id, published_by_id, published_at, unpublish_reason,
    rendered, parts, renderer_version)
SELECT revised.id, page, revision, revised.state, o.content, o.sha256, o.change_kind,
    o.change_note, o.kind, 'copy-' || revised.number, 'Copy ' || revised.number, o.summary,
    o.condition_id, 0, o.submitted_by_id, now() - interval '1 minute' * (60000 - revised.id),
    %(findings)s::jsonb,
    CASE WHEN revised.state = 'scheduled' THEN now() + interval '1 year' END,
    CASE WHEN revised.state = 'scheduled' THEN o.submitted_by_id END,
    CASE WHEN revision < 5 THEN o.submitted_by_id END,
    CASE WHEN revision < 5 THEN now() END, '', '{}', '{}', 0
FROM revised, publishing_revision AS o WHERE o.id = %(revision)s;

INSERT INTO publishing_contribution (revision_id, contributor_id, account_id, role,
    credit_position, added_at)
SELECT revised.id, contributor_id, account_id, role, credit_position, now()
FROM revised, publishing_contribution AS o
WHERE o.revision_id = %(revision)s AND (role = 'author' OR revised.state IN ('live', 'approved'));

INSERT INTO publishing_signoff (contribution_id, decision, scope, statement, name, credentials,
    interests, demo, sha256, signed_at, expires_at)
SELECT did.id, 'approve', 'whole', 'Read.', 'Reviewer', '', '', true, revision.sha256, now(),
    now() + interval '1 year'
FROM publishing_contribution AS did
JOIN publishing_revision AS revision ON revision.id = did.revision_id
JOIN revised ON revised.id = revision.id
WHERE did.role = 'reviewer';
"""
AROUND = """
INSERT INTO publishing_event (page_id, revision_id, action, account_id, detail, happened_at)
SELECT page, revised.id, action, %(author)s, '', now()
FROM revised, unnest(ARRAY['saved', 'submitted', 'approve']) AS action;

INSERT INTO publishing_task (page_id, kind, detail, due_on, created_at)
SELECT page, 'reader-report', 'Somebody says that a number is wrong.', current_date, now()
FROM copied WHERE number %% 2 = 0;

INSERT INTO publishing_draftauthor (page_id, contributor_id, account_id)
SELECT page, contributor.id, contributor.user_id FROM copied, publishing_contributor AS contributor
WHERE number %% 10 = 0 AND contributor.user_id = %(author)s;

INSERT INTO comments_comment (page_id, depth, path, name, text, html, state, reason, written_at,
    is_site, version, by_trust, priority, urgent, points, reasons, text_digest)
SELECT page, 0, lpad(number::text, 8, '0'), 'Reader', 'Thank you.', '', 'held', '', now(),
    false, 1, false, 0, false, 0, '[]', '' FROM copied WHERE number %% 2 = 0;

INSERT INTO references_reference (citekey, csl, version, created_at, updated_at, updated_by_id)
SELECT 'copy' || number, jsonb_build_object('type', 'article-journal', 'title', 'Copy ' || number,
    'issued', jsonb_build_object('date-parts',
        jsonb_build_array(jsonb_build_array(2000 + number %% 26)))), 1, now(), now(), %(author)s
FROM copied WHERE number %% 2 = 0;
"""
CSRF = "a" * 32  # as a cookie and in the form, which is all that is asked for
FINDINGS = [
    {"code": f"rule-{number}", "level": "warn", "message": "Look at this.", "quote": "some words"}
    for number in range(5)
]


def fill(pages: int) -> dict[str, str]:
    """Make the world, and say how to get in and what to look at."""
    call_command("migrate", interactive=False, verbosity=0)
    author, reviewer = (
        User.objects.create_superuser(name, password=None) for name in ("author", "reviewer")
    )
    for number in range(1, texts.LONG_CITATIONS + 1):
        save_reference(by=author, citekey=f"source{number}", csl=texts.source(number))
    _submit(texts.condition(), author)
    revision = _submit(texts.long_article(), author)
    person = actions.contributor_of(reviewer)
    revision.contributions.create(contributor=person, account=reviewer, role="reviewer")
    _copy(revision, pages - 2)  # beside the condition and the long article
    admin = User.objects.create(username="admin", is_staff=True)
    admin.groups.set([Group.objects.get(name=roles.SITE_ADMIN)])
    setup_test_environment()  # so that the test client tells of the forms that it was shown
    client = Client()
    client.force_login(admin)
    name = settings.SESSION_COOKIE_NAME
    return {
        "cookie": f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "live": f"/admin/articles/article/{revision.page_id}/live/",
        "form": _form(client, revision),
    }


def _form(client: Client, revision: Revision) -> str:
    """The form of a page as a browser would send it."""
    address = f"/admin/articles/article/{revision.page_id}/change/"
    context: Any = client.get(address, headers={"host": "127.0.0.1"}).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    fields = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    unsent = ("", "None", "False")  # an empty field, and an unticked box
    sent = {name: value for name, value in fields.items() if str(value) not in unsent}
    return urlencode({**sent, "csrfmiddlewaretoken": CSRF})


def _submit(content: PageContent, author: User) -> Revision:
    page = actions.save_draft(by=author, content=content)
    return actions.submit(
        by=author,
        page=page,
        change_kind=Revision.ChangeKind.NEW,
        change_note="Made to be measured.",
    )


def _copy(original: Revision, times: int) -> None:
    values: dict[str, int | str] = {
        "pages": times,
        "page": original.page_id,
        "revision": original.pk,
        "author": original.submitted_by_id,
        "findings": json.dumps(FINDINGS),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SET LOCAL statement_timeout = 0")
        for script in (COPIES, _children(), REVISIONS, AROUND):
            for statement in filter(str.strip, script.split(";\n")):
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _children() -> str:
    """The statement that copies the working copy of the article, whatever columns it has."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, "articles_article")
    columns = ", ".join(column.name for column in described if column.name != "page_ptr_id")
    return (
        f"INSERT INTO articles_article (page_ptr_id, {columns}) "  # noqa: S608 - our own columns
        f"SELECT page, {columns} FROM copied, articles_article WHERE page_ptr_id = %(page)s"
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))))
