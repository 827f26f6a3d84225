"""Everything that one public page shows, read in one statement.

A page is read far more often than anything else happens, and most of what a read costs is building
queries and rows, not finding them. So this one is written down, and what it finds is one document
of JSON.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString
from psycopg import sql
from pydantic_core import from_json

from publishing import kinds
from publishing.content import PageContent
from publishing.models import UPDATES, Revision
from references.entries import with_check
from references.models import Reference

HISTORY_SHOWN = 3
# A correction stands on top of its page for so long.
CORRECTION_SHOWN = datetime.timedelta(days=30)
RELATED_SHOWN = 4
# The columns that a link to a revision needs, and those that a page needs of its own.
LINKED = ("kind", "slug", "title", "summary")
SHOWN = (
    *LINKED,
    *("id", "page_id", "published_at", "number", "state", "sha256", "parts"),
    *("condition_id", "part_of_id"),
)
# What a page that shows others does not join of them: it is for pages of its own.
PARTS_APART = "apart"
# The documents of a revision, for the kinds of page that are not read from their parts.
DOCUMENTS = ("content", "rendered")
PAGE = """
WITH page AS MATERIALIZED (
    SELECT * FROM publishing_revision
    WHERE kind = %(kind)s AND slug = %(slug)s AND state = {live}
), shown AS MATERIALIZED (
    SELECT 0 AS sort, 0 AS place, page.* FROM page
    UNION ALL
    SELECT 1, inclusion.position, live.*
    FROM page
    JOIN publishing_inclusion inclusion ON inclusion.revision_id = page.id
    JOIN publishing_revision live ON live.page_id = inclusion.page_id AND live.state = {live}
    UNION ALL
    SELECT 2, live.position, live.*
    FROM page JOIN publishing_revision live ON live.part_of_id = page.page_id
    WHERE live.state = {live}
)
SELECT json_build_object(
    'clock', (SELECT json_build_object(
        'today', (now() AT TIME ZONE 'UTC')::date,
        'due_on', home.review_due_on, 'reason', home.review_pull_reason,
        'comments_open', home.comments_open)
    FROM page JOIN publishing_page home ON home.id = page.page_id),
    'page', (SELECT json_build_object({page}) FROM page),
    'included', (
        SELECT json_agg(parts - {apart}::text ORDER BY place, title) FROM shown WHERE sort = 1),
    'parts', (
        SELECT json_agg(parts - {apart}::text ORDER BY place, title) FROM shown WHERE sort = 2),
    'people', (SELECT json_agg(json_build_object(
        'name', coalesce(signed.name, person.name), 'slug', person.slug,
        'credentials', coalesce(signed.credentials, person.credentials),
        'interests', person.interests,
        'demo', person.demo OR coalesce(signed.demo, false), 'role', did.role,
        'credit_position', did.credit_position, 'decision', signed.decision,
        'sha256', signed.sha256, 'signed_at', signed.signed_at, 'expires_at', signed.expires_at
    ) ORDER BY did.credit_position, did.id)
    FROM page
    JOIN publishing_contribution did ON did.revision_id = page.id
    JOIN publishing_contributor person ON person.id = did.contributor_id
    LEFT JOIN publishing_signoff signed ON signed.contribution_id = did.id),
    'history', (SELECT json_agg(json_build_object(
        'number', number, 'published_at', published_at,
        'change_kind', change_kind, 'change_note', change_note
    )) FROM (
        SELECT past.* FROM page JOIN publishing_revision past ON past.page_id = page.page_id
        WHERE past.published_at IS NOT NULL
        ORDER BY past.published_at DESC, past.number DESC LIMIT {history}
    ) past),
    'past', (SELECT json_build_object(
        'first', min(past.published_at),
        'updated', max(past.published_at) FILTER (WHERE past.change_kind = ANY({updates})),
        'corrections', json_agg(json_build_object(
            'published_at', past.published_at, 'note', past.change_note
        ) ORDER BY past.published_at DESC) FILTER (
            WHERE past.change_kind = {correction}
            AND past.published_at > now() - {correction_shown}
        ))
    FROM page JOIN publishing_revision past ON past.page_id = page.page_id
    WHERE past.published_at IS NOT NULL),
    'sources', (SELECT json_object_agg(source.citekey, json_build_object(
        'entry', source.entry_html, 'checked_at', source.checked_at,
        'title', source.title, 'type', source.csl->>'type', 'status', source.status,
        'doi', source.doi, 'askable', source.doi <> '' OR source.pmid <> ''))
    FROM references_reference source WHERE source.id IN (
        SELECT citation.reference_id
        FROM shown JOIN publishing_citation citation ON citation.revision_id = shown.id
    )),
    'related', (SELECT json_agg(json_build_object({linked})) FROM (
        SELECT other.* FROM page JOIN publishing_revision other
            ON other.kind = page.kind AND other.condition_id = page.condition_id
        WHERE other.state = {live} AND other.page_id <> page.page_id
        ORDER BY other.published_at DESC, other.id LIMIT {related}
    ) other),
    'condition', (SELECT json_build_object({about}) FROM page JOIN publishing_revision other
        ON other.page_id = page.condition_id AND other.state = {live})
)::text
FROM page
"""

CONSTANTS: dict[str, Any] = {
    "live": Revision.State.LIVE.value,
    "updates": [kind.value for kind in UPDATES],
    "correction": Revision.ChangeKind.CORRECTION.value,
    "correction_shown": CORRECTION_SHOWN,
    "history": HISTORY_SHOWN,
    "apart": PARTS_APART,
    "related": RELATED_SHOWN,
}

# Not a part of the statement of a list, which would find it out for all pages before it too.
UPDATED = """
SELECT page_id, coalesce(
    max(published_at) FILTER (WHERE change_kind = ANY(%(updates)s)), min(published_at))
FROM publishing_revision
WHERE page_id = ANY(%(pages)s) AND published_at IS NOT NULL
GROUP BY page_id
"""


@cache
def _columns(*, from_parts: bool) -> tuple[str, ...]:
    """The columns that a page needs of its own revision, in the order of the model."""
    wanted = SHOWN if from_parts else (*SHOWN, *DOCUMENTS)
    fields = Revision._meta.concrete_fields
    return tuple(field.attname for field in fields if field.attname in wanted)


@cache
def _statement(columns: tuple[str, ...]) -> str:
    """The statement that reads a page with these columns of its own revision."""
    statement = sql.SQL(PAGE).format(
        page=_pairs(columns),
        linked=_pairs(LINKED),
        about=_pairs(LINKED, of="other"),
        **{name: sql.Literal(value) for name, value in CONSTANTS.items()},
    )
    # psycopg keeps what it made of a statement, up to 4,096 characters.
    return " ".join(statement.as_string().split())


def _pairs(columns: Iterable[str], of: str = "") -> sql.Composed:
    """Columns as json_build_object wants them: 'slug', slug, 'title', title."""
    named = ((sql.Literal(name), sql.Identifier(*filter(None, (of, name)))) for name in columns)
    return sql.SQL(", ").join([part for pair in named for part in pair])


class Linked(NamedTuple):
    """A live page that another one links to."""

    kind: str
    slug: str
    title: str
    summary: str


class Correction(NamedTuple):
    """A mistake that was put right not long ago."""

    published_at: datetime.datetime
    note: str


class Clock(NamedTuple):
    """When a page has to be reviewed again, why early if so, and the day by the database."""

    due_on: datetime.date | None
    reason: str
    today: datetime.date
    # Whether the page takes comments of readers.
    comments_open: bool


@dataclass(frozen=True)
class Around:
    """What stands around a live revision, all of it live and in the order of the page.

    Of the included pages and of the pages that are a part of this one, it is what they give to
    join: their column `parts`. Of a source, it is the entry of a list, by citekey.
    """

    people: list[dict[str, Any]]
    history: list[dict[str, Any]]
    first_published_at: datetime.datetime | None
    included: list[dict[str, Any]]
    parts: list[dict[str, Any]]
    sources: dict[str, SafeString]
    related: list[Linked]
    condition: Linked | None
    updated_at: datetime.datetime | None = None
    corrections: tuple[Correction, ...] = ()
    clock: Clock | None = None
    # What machines are told of each source: title, type, DOI and status, by citekey.
    cited: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def page_document(kind: str, slug: str) -> str | None:
    """All that the live page at an address shows, as JSON; None if there is none.

    It begins with the day by the database's clock, so a page that is made of nothing else is the
    same as long as its document is.
    """
    columns = _columns(from_parts=kinds.get(kind).read_from_parts)
    with connection.cursor() as cursor:
        cursor.execute(_statement(columns), {"kind": kind, "slug": slug})
        row = cursor.fetchone()
    return row and str(row[0])


def read_document(kind: str, document: str) -> tuple[Revision, Around]:
    """The revision of such a document with what stands around it."""
    columns = _columns(from_parts=kinds.get(kind).read_from_parts)
    found: dict[str, Any] = from_json(document)
    page = found["page"] | {"published_at": _moment(found["page"]["published_at"])}
    revision = Revision.from_db("default", columns, [page[name] for name in columns])
    return revision, _around(found)


def _around(found: dict[str, Any]) -> Around:
    past, clock = found["past"], found["clock"]
    return Around(
        people=[_person(each) for each in found["people"] or ()],
        history=[
            each | {"published_at": _moment(each["published_at"])} for each in found["history"]
        ],
        first_published_at=_moment(past["first"]),
        included=found["included"] or [],
        parts=found["parts"] or [],
        sources={key: _entry(each) for key, each in (found["sources"] or {}).items()},
        related=[Linked(**each) for each in found["related"] or ()],
        cited=found["sources"] or {},
        condition=Linked(**found["condition"]) if found["condition"] else None,
        updated_at=_moment(past["updated"] or past["first"]),
        corrections=tuple(
            Correction(_moment(each["published_at"]), each["note"])
            for each in past["corrections"] or ()
        ),
        clock=Clock(
            due_on=clock["due_on"] and datetime.date.fromisoformat(clock["due_on"]),
            reason=clock["reason"],
            today=datetime.date.fromisoformat(clock["today"]),
            comments_open=clock["comments_open"],
        ),
    )


def updated_at(page_ids: Iterable[int]) -> dict[int, datetime.datetime]:
    """When each of these pages last changed in more than its wording or layout; one query."""
    values = {"updates": CONSTANTS["updates"], "pages": list(page_ids)}
    with connection.cursor() as cursor:
        cursor.execute(UPDATED, values)
        return dict(cursor.fetchall())


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
    cited = {source.citekey: told_of(source) for source in sources}
    condition = live.filter(kind="condition", slug=content.condition).values(*LINKED).first()
    return Around(
        people=[],
        history=[],
        first_published_at=None,
        included=[revision.parts for revision in included],
        parts=[revision.parts for revision in parts],
        sources={source.citekey: source.entry for source in sources},
        related=[],
        cited=cited,
        condition=Linked(**condition) if condition else None,
    )


def told_of(source: Reference) -> dict[str, str]:
    """What machines are told of a source."""
    return {
        "title": source.title,
        "type": str(source.csl["type"]),
        "doi": source.doi,
        "status": source.status,
    }


def people_of(revision: Revision) -> list[dict[str, Any]]:
    """Who did what on a revision, as on its page."""
    then = ("name", "credentials")  # as when it was signed
    signed = ("decision", "sha256", "signed_at", "expires_at")
    rows = revision.contributions.order_by("credit_position", "id").values(
        "role",
        "credit_position",
        **{name: Coalesce(f"sign_off__{name}", f"contributor__{name}") for name in then},
        **{name: F(f"contributor__{name}") for name in ("slug", "interests")},
        demo=Q(contributor__demo=True) | Q(sign_off__demo=True),
        **{name: F(f"sign_off__{name}") for name in signed},
    )
    return [dict(row) for row in rows]


def _person(row: dict[str, Any]) -> dict[str, Any]:
    if row["signed_at"]:
        row["signed_at"] = _moment(row["signed_at"])
        row["expires_at"] = row["expires_at"] and _moment(row["expires_at"])
    return row


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _entry(source: Mapping[str, Any]) -> SafeString:
    checked_at = source["checked_at"] and _moment(source["checked_at"])
    entry = SafeString(source["entry"])  # stored output of references.entries.entry_html
    return with_check(entry, askable=source["askable"], checked_at=checked_at)
