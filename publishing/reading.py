"""Everything that one public page shows, read in one statement.

A page is read far more often than anything else happens, and most of what a read costs is building
queries, not running them. So this one is written down, with all rows as JSON.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, Q

from publishing import kinds
from publishing.content import PageContent
from publishing.models import Revision
from references.models import Reference

Row = TypeVar("Row", bound=Model)
HISTORY_SHOWN = 3
RELATED_SHOWN = 4
# The columns that a link to a revision needs, and those that a page needs of each it shows.
LINKED = ("id", "page_id", "kind", "slug", "title", "summary", "published_at")
SHOWN = (*LINKED, "number", "state", "sha256", "parts", "condition_id", "part_of_id")
# The documents of a revision, for the kinds of page that are not read from their parts.
DOCUMENTS = ("content", "rendered")
PAGE = """
WITH page AS MATERIALIZED (
    SELECT * FROM publishing_revision
    WHERE kind = %(kind)s AND slug = %(slug)s AND state = %(live)s
), shown AS MATERIALIZED (
    SELECT 0 AS sort, 0 AS place, page.* FROM page
    UNION ALL
    SELECT 1, inclusion.position, live.*
    FROM page
    JOIN publishing_inclusion inclusion ON inclusion.revision_id = page.id
    JOIN publishing_revision live ON live.page_id = inclusion.page_id AND live.state = %(live)s
    UNION ALL
    SELECT 2, live.position, live.*
    FROM page JOIN publishing_revision live ON live.part_of_id = page.page_id
    WHERE live.state = %(live)s
)
SELECT
    (SELECT json_build_object({page}) FROM page),
    (SELECT json_agg(parts ORDER BY place, title) FROM shown WHERE sort = 1),
    (SELECT json_agg(parts ORDER BY place, title) FROM shown WHERE sort = 2),
    (SELECT json_agg(json_build_object(
        'name', person.name, 'slug', person.slug, 'credentials', person.credentials,
        'interests', person.interests, 'demo', person.demo, 'role', did.role,
        'credit_position', did.credit_position, 'decision', signed.decision,
        'sha256', signed.sha256, 'signed_at', signed.signed_at, 'expires_at', signed.expires_at
    ) ORDER BY did.credit_position, did.id)
    FROM page
    JOIN publishing_contribution did ON did.revision_id = page.id
    JOIN publishing_contributor person ON person.id = did.contributor_id
    LEFT JOIN publishing_signoff signed ON signed.contribution_id = did.id),
    (SELECT json_agg(json_build_object(
        'number', number, 'published_at', published_at,
        'change_kind', change_kind, 'change_note', change_note
    )) FROM (
        SELECT past.* FROM page JOIN publishing_revision past ON past.page_id = page.page_id
        WHERE past.published_at IS NOT NULL
        ORDER BY past.published_at DESC, past.number DESC LIMIT %(history)s
    ) past),
    (SELECT min(past.published_at)
    FROM page JOIN publishing_revision past ON past.page_id = page.page_id),
    (SELECT json_agg(json_build_object(
        'id', source.id, 'citekey', source.citekey, 'title', source.title, 'csl', source.csl,
        'entry_html', source.entry_html, 'entry_version', source.entry_version
    )) FROM references_reference source WHERE source.id IN (
        SELECT citation.reference_id
        FROM shown JOIN publishing_citation citation ON citation.revision_id = shown.id
    )),
    (SELECT json_agg(json_build_object({linked})) FROM (
        SELECT other.* FROM page JOIN publishing_revision other
            ON other.kind = page.kind AND other.condition_id = page.condition_id
        WHERE other.state = %(live)s AND other.page_id <> page.page_id
        ORDER BY other.published_at DESC, other.id LIMIT %(related)s
    ) other),
    (SELECT json_build_object({about}) FROM page JOIN publishing_revision other
        ON other.page_id = page.condition_id AND other.state = %(live)s)
FROM page
"""


@cache
def _statement(*columns: str) -> str:
    """The statement that reads a page with these columns of its own revision."""
    names = {"page": columns, "linked": LINKED}
    lists = {part: ", ".join(f"'{name}', {name}" for name in names[part]) for part in names}
    return PAGE.format(about=", ".join(f"'{name}', other.{name}" for name in LINKED), **lists)


@dataclass(frozen=True)
class Around:
    """What stands around a live revision, all of it live and in the order of the page.

    Of the included pages and of the pages that are a part of this one, it is what they give to
    join: their column `parts`.
    """

    people: list[dict[str, Any]]
    history: list[dict[str, Any]]
    first_published_at: datetime.datetime | None
    included: list[dict[str, Any]]
    parts: list[dict[str, Any]]
    references: dict[str, Reference]
    related: list[Revision]
    condition: Revision | None


def read_page(kind: str, slug: str) -> tuple[Revision, Around] | None:
    """The live revision at an address with what stands around it; None if there is none."""
    values: dict[str, str | int] = {
        "kind": kind,
        "slug": slug,
        "live": Revision.State.LIVE.value,
        "history": HISTORY_SHOWN,
        "related": RELATED_SHOWN,
    }
    columns = SHOWN if kinds.get(kind).read_from_parts else (*SHOWN, *DOCUMENTS)
    with connection.cursor() as cursor:
        cursor.execute(_statement(*columns), values)
        row = cursor.fetchone()
    if row is None:
        return None
    page, included, parts, people, history, first_published_at, sources, related, condition = row
    around = Around(
        people=people,
        history=history,
        first_published_at=first_published_at,
        included=included or [],
        parts=parts or [],
        references={each["citekey"]: _loaded(Reference, each) for each in sources or ()},
        related=_revisions(related or ()),
        condition=_revision(condition) if condition else None,
    )
    return _revision(page), around


def around_draft(content: PageContent, page_id: int, citekeys: Iterable[str]) -> Around:
    """What would stand around a document if it were the live text of this page now."""
    kind = kinds.get(content.kind)
    live = Revision.objects.live()
    by_slug = {
        revision.slug: revision
        for revision in live.filter(kind=kind.includes_kind, slug__in=content.includes)
    }
    included = [by_slug[slug] for slug in content.includes if slug in by_slug]
    parts = list(live.filter(part_of=page_id).order_by("position", "title"))
    sources = Reference.objects.filter(
        Q(citekey__in=list(citekeys)) | Q(citations__revision__in=[*included, *parts])
    ).distinct()
    return Around(
        people=[],
        history=[],
        first_published_at=None,
        included=[revision.parts for revision in included],
        parts=[revision.parts for revision in parts],
        references={source.citekey: source for source in sources},
        related=[],
        condition=live.filter(kind="condition", slug=content.condition).first(),
    )


def _revisions(rows: Iterable[dict[str, Any]]) -> list[Revision]:
    return [_revision(row) for row in rows]


def _revision(row: dict[str, Any]) -> Revision:
    row["published_at"] = datetime.datetime.fromisoformat(row["published_at"])
    return _loaded(Revision, row)


def _loaded(model: type[Row], row: Mapping[str, Any]) -> Row:
    """An instance with what was read; its other fields are deferred, as with `only()`."""
    names = [name for name in _columns(model) if name in row]
    return model.from_db("default", names, [row[name] for name in names])


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)
