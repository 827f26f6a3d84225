"""Fills an empty database for comments: `python -m bench.comments_world SHOWN OTHERS`.

Below the measured article stand SHOWN comments, below its copies OTHERS: nine of ten are shown, a
twentieth waits, the rest was refused. Prints one JSON object: the cookie of a moderator's session.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models need Django set up
from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench import world  # noqa: E402
from comments import actions, keys  # noqa: E402
from comments.actions.writing import Sent  # noqa: E402
from comments.tickets import Ticket  # noqa: E402
from milia_site import roles  # noqa: E402
from publishing.dates import database_now  # noqa: E402
from publishing.models import Revision  # noqa: E402

PAGES = 30
TEXT = "Mine went by themselves after three months, and I only waited. Thank you for the table."
WRITERS = """
INSERT INTO comments_writer (key, created_at)
SELECT md5(number::text), now() FROM generate_series(0, %(others)s / 4) AS number
"""
# Four comments a writer; reasons, and so places in the queue, on one in ten; a rare one on one.
COMMENTS = """
INSERT INTO comments_comment (page_id, depth, path, name, text, html, state, reason, written_at,
    is_site, version, decided_by_id, decided_at, by_trust, priority, urgent, points, reasons,
    text_digest, writer_id)
SELECT page, 0, lpad(to_hex(number), 8, '0'), 'Reader ' || number,
    'Number ' || number || '. ' || %(text)s
        || CASE WHEN number = 20 THEN ' I saw a quokka.' ELSE '' END,
    CASE WHEN state = 'approved' THEN '<li>' || %(text)s || '</li>' ELSE '' END,
    state, CASE WHEN state = 'rejected' THEN 'other' ELSE '' END,
    now() - interval '1 second' * number, false, 1,
    CASE WHEN state IN ('approved', 'rejected') THEN %(moderator)s END,
    CASE WHEN state IN ('approved', 'rejected') THEN now() END,
    false, CASE WHEN number %% 10 = 0 THEN 200 ELSE 0 END, false, 0,
    CASE WHEN number = 40 THEN '[{"code": "postal", "message": "Postal.", "spans": []}]'
        WHEN number %% 10 = 0 THEN %(reasons)s::jsonb ELSE '[]' END,
    md5(number::text), (SELECT min(id) FROM comments_writer) + number / 4
FROM (
    SELECT number, pages.page,
        CASE number %% 20 WHEN 0 THEN 'held' WHEN 1 THEN 'rejected' ELSE 'approved' END AS state
    FROM generate_series(1, %(others)s) AS number
    JOIN (
        SELECT page_id AS page, row_number() OVER () - 1 AS place
        FROM publishing_revision WHERE slug LIKE 'copy-%%' AND kind = 'article'
    ) pages ON pages.place = number %% 20
) numbered
"""
REASONS = [
    {"code": "dose", "points": 200, "message": "Names an amount of a medicine.", "spans": [[0, 6]]}
]


def fill(shown: int, others: int) -> dict[str, str]:
    """Make the world, and say how to get in."""
    world.fill(PAGES)
    moderator = User.objects.create(username="moderator", is_staff=True)
    moderator.groups.set([Group.objects.get(name=roles.MODERATOR)])
    _below_the_article(shown, moderator)
    values: dict[str, int | str] = {
        "others": others,
        "text": TEXT,
        "moderator": moderator.pk,
        "reasons": json.dumps(REASONS),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(WRITERS, values)
        cursor.execute(COMMENTS, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(moderator)
    name = settings.SESSION_COOKIE_NAME
    return {"cookie": f"{name}={client.cookies[name].value}"}


def _below_the_article(shown: int, moderator: User) -> None:
    """Comments that readers send and a moderator lets through, each from a place of its own."""
    revision = Revision.objects.select_related("page").get(kind="article", slug="measured")
    for number in range(shown):
        post = Sent(
            revision=revision,
            name=f"Reader {number}",
            text=f"{TEXT} {number}",
            ticket=Ticket(f"measured {number}", 30.0),
            origin=keys.origin(f"10.{number // 250}.{number % 250}.1", database_now()),
        )
        comment, _secret = actions.send(post)
        actions.approve(by=moderator, comment=comment, version=comment.version)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]), int(sys.argv[2]))))
