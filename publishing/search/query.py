"""Asking the index: words in, ranked results out, in bounded time.

Of what matches, at most CANDIDATES are ranked, those that match in their title before all others;
extracts are cut for the shown ones only. A reader's mistyped words are tried again as words that
the index knows.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from publishing.models.search import CONFIG, MAX_WORD
from references.text import clean_text

MAX_CHARS = 200
MAX_TERMS = 12
CANDIDATES = 200
SHOWN = 10
MATCHES_COUNTED = 5_000
TIMEOUT = 1_000  # milliseconds, for all statements of a search together and for each
ALIASES = 5
# The kinds of entry whose other names are looked for too, and the kind that comes last.
NAMING_KINDS = ("condition", "term")
LAST = "reference"
# What stands around a found word in an extract until the page is made; no text can hold these.
START, END = "\x02", "\x03"
_SIGNS = re.compile(r"[^\w\s\"'’.-]+")
_REPEATED = re.compile(r"([\"'’._-])[\s\"'’._-]*\1[\"'’._-]*")
_TERM = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]{3,}")
# A word in the text of a tsquery, and whatever weight it has.
_LEXEME = re.compile(r"('(?:[^']|'')*')(?::\*?[A-D]*)?")
_BETWEEN = re.compile(r"&|<(?:-|\d+)>")

# Conditions and terms that have one of the words in a name.
_NAMED = """
SELECT title, names FROM publishing_searchentry
WHERE kind = ANY(%(named)s) AND names <> '' AND brief @@ %(query)s::tsquery
ORDER BY length(names), id LIMIT %(most)s
"""
_REWRITTEN = """
SELECT ts_rewrite(%(query)s::tsquery, plainto_tsquery(%(config)s::regconfig, %(name)s),
    plainto_tsquery(%(config)s::regconfig, %(name)s)
    || phraseto_tsquery(%(config)s::regconfig, %(other)s))::text
"""
_COUNTS = """
SELECT kind, condition_id, count(*) FROM (
    SELECT kind, condition_id FROM publishing_searchentry
    WHERE vector @@ %(query)s::tsquery LIMIT %(most)s
) matching GROUP BY kind, condition_id
"""
_FOUND = """
WITH candidate AS MATERIALIZED (
    SELECT id, min(sort) AS sort FROM (
        (SELECT id, 0 AS sort FROM publishing_searchentry
         WHERE brief @@ %(in_title)s::tsquery
             AND (%(is_plain)s OR vector @@ %(query)s::tsquery)
             AND (%(kind)s = '' OR kind = %(kind)s)
             AND (%(condition)s::bigint IS NULL OR condition_id = %(condition)s::bigint)
         LIMIT %(candidates)s)
        UNION ALL
        (SELECT id, 1 FROM publishing_searchentry
         WHERE brief @@ %(query)s::tsquery
             AND (%(is_plain)s OR vector @@ %(query)s::tsquery)
             AND (%(kind)s = '' OR kind = %(kind)s)
             AND (%(condition)s::bigint IS NULL OR condition_id = %(condition)s::bigint)
         LIMIT %(candidates)s)
        UNION ALL
        (SELECT id, 2 FROM publishing_searchentry
         WHERE vector @@ %(query)s::tsquery AND (%(kind)s = '' OR kind = %(kind)s)
             AND (%(condition)s::bigint IS NULL OR condition_id = %(condition)s::bigint)
         LIMIT %(candidates)s)
    ) every GROUP BY id ORDER BY sort LIMIT %(candidates)s
), ranked AS MATERIALIZED (
    SELECT entry.id, row_number() OVER (
        ORDER BY sort, (entry.kind = %(last)s),
            CASE WHEN sort < 2 THEN ts_rank(entry.brief, %(weighed)s::tsquery, 1)
            ELSE ts_rank(entry.vector, %(weighed)s::tsquery, 1) END DESC,
            entry.id
    ) AS place
    FROM candidate JOIN publishing_searchentry entry USING (id)
    ORDER BY place LIMIT %(shown)s + 1 OFFSET %(offset)s
)
SELECT entry.kind, page.kind, entry.slug, entry.anchor,
    ts_headline(%(config)s::regconfig, entry.title, %(query)s::tsquery, %(whole)s),
    ts_headline(%(config)s::regconfig, CASE
        WHEN entry.body = '' OR entry.brief @@ %(in_summary)s::tsquery THEN entry.summary
        ELSE substr(entry.body, greatest(1, (
            SELECT coalesce(min(place), 1) FROM unnest(%(words)s::text[]) word,
                strpos(lower(entry.body), word) place WHERE place > 0) - 200), 700)
        END, %(query)s::tsquery, %(extract)s)
FROM ranked JOIN publishing_searchentry entry USING (id)
LEFT JOIN publishing_page page ON page.id = entry.page_id
ORDER BY ranked.place
"""
_MENDED = """
SELECT asked.word, known.word FROM unnest(%(words)s::text[]) asked(word)
CROSS JOIN LATERAL (
    SELECT word FROM (
        SELECT word, entries, similarity(word, asked.word) AS alike
        FROM publishing_searchword WHERE word %% asked.word
        ORDER BY alike DESC, entries DESC LIMIT 20
    ) near
    ORDER BY alike + ln(entries + 1) / 8 + (left(word, 1) = left(asked.word, 1))::int * 0.1 DESC,
        word LIMIT 1
) known
WHERE NOT EXISTS (SELECT FROM publishing_searchword same WHERE same.word = asked.word)
"""


class TooSlow(Exception):
    """The search took longer than a reader should wait."""


class Hit(NamedTuple):
    """One result; `heading` and `extract` have START and END around the words that were found."""

    kind: str
    page_kind: str | None  # none of a source
    slug: str
    anchor: str
    heading: str
    extract: str


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: cleaned words, and the kind and condition to look in."""

    words: str
    kind: str = ""
    condition: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of results, and how many there are of each kind and about each condition.

    `words` are those that were looked for; they differ from what was asked where a spelling was
    mended. `some` says that nothing holds all of them. Counts go as far as MATCHES_COUNTED.
    """

    words: str
    hits: tuple[Hit, ...] = ()
    has_more: bool = False
    some: bool = False
    by_kind: Mapping[str, int] = field(default_factory=dict)
    by_condition: Mapping[int, int] = field(default_factory=dict)


def cleaned(text: str) -> str:
    """What may be asked: at most so many characters and words, signs of no meaning left out.

    Quotes, `or` and a leading minus keep their meaning; of a run of signs one is left, for
    PostgreSQL refuses a query of many.
    """
    line = clean_text(text[: MAX_CHARS * 5], single_line=True, name=True)[:MAX_CHARS]
    line = _REPEATED.sub(r"\1", _SIGNS.sub(" ", line))
    return " ".join(line.split()[:MAX_TERMS])


def search(asked: Asked) -> Found:
    """What the index holds for these words. Raises TooSlow."""
    try:
        with transaction.atomic():
            prepare()
            return _search(asked)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from error
        raise


def prepare() -> None:
    """Set what the statements of one search need, until the transaction ends.

    The planner does not count what it costs to unpack the vector of every entry, and would rather
    read them all than use the index when a word is common.
    """
    sql = "SELECT set_config('statement_timeout', %(most)s, true)"
    _rows(f"{sql}, set_config('enable_seqscan', 'off', true)", most=str(TIMEOUT))


def explain(words: str) -> str:
    """How the database finds the entries with these words."""
    with transaction.atomic():
        prepare()
        counts = f"EXPLAIN (COSTS OFF) {_COUNTS}"
        lines = _rows(counts, query=_read(words), most=MATCHES_COUNTED)
    return "\n".join(line for (line,) in lines)


def _search(asked: Asked) -> Found:
    """By all of the words; else in their mended spelling; else by some of them."""
    found = _by_query(_read(asked.words), asked)
    if found.by_kind:
        return found
    if mended := _mended(asked.words):
        asked = replace(asked, words=mended)
        found = _by_query(_read(mended), asked)
        if found.by_kind:
            return found
    return replace(_by_query(_either(asked.words), asked), some=True)


def _read(words: str) -> str:
    """The words as PostgreSQL understands them; nothing when they are too common to look for."""
    sql = "SELECT websearch_to_tsquery(%(config)s::regconfig, %(words)s)::text"
    return _with_other_names(_one(sql, config=CONFIG, words=words))


def _either(words: str) -> str:
    """A query for any of the words."""
    sql = "SELECT replace(plainto_tsquery(%(config)s::regconfig, %(words)s)::text, '&', '|')"
    return _one(sql, config=CONFIG, words=words)


def _with_other_names(query: str) -> str:
    """The query, also for what is called otherwise: "milk spots" finds what says "milia"."""
    if not query or "!" in query:
        return query
    any_name = _LEXEME.sub(r"\1:A", query).replace("&", "|").replace("<->", "|")
    named = _rows(_NAMED, query=any_name, named=list(NAMING_KINDS), most=ALIASES)
    for title, names in named:
        every = [title, *names.splitlines()][:ALIASES]
        for name, other in permutations(every, 2):
            query = _one(_REWRITTEN, query=query, config=CONFIG, name=name, other=other)
    return query


def _by_query(query: str, asked: Asked) -> Found:
    if not query:
        return Found(asked.words)
    counts = _rows(_COUNTS, query=query, most=MATCHES_COUNTED)
    hits = _hits(query, asked) if any(_fits(row, asked) for row in counts) else []
    by_kind: Counter[str] = Counter()
    by_condition: Counter[int] = Counter()
    for kind, condition, number in counts:
        if asked.condition in (None, condition):
            by_kind[kind] += number
        if condition is not None and asked.kind in ("", kind):
            by_condition[condition] += number
    return Found(asked.words, tuple(hits[:SHOWN]), len(hits) > SHOWN, False, by_kind, by_condition)


def _fits(row: tuple[Any, ...], asked: Asked) -> bool:
    kind, condition, _number = row
    return asked.kind in ("", kind) and asked.condition in (None, condition)


def _hits(query: str, asked: Asked) -> list[Hit]:
    """The results of the page that is asked for, and one more if there is one."""
    rows = _rows(
        _FOUND,
        query=query,
        # All words are there: what counts is where, not how near they are to each other.
        weighed=_BETWEEN.sub("|", query),
        in_title=_LEXEME.sub(r"\1:A", query),
        in_summary=_LEXEME.sub(r"\1:B", query),
        is_plain="!" not in query,  # or what is left out may stand in the long text
        kind=asked.kind,
        condition=asked.condition,
        candidates=CANDIDATES,
        last=LAST,
        shown=SHOWN,
        offset=(asked.page - 1) * SHOWN,
        config=CONFIG,
        words=[word.lower() for word in _TERM.findall(asked.words)],
        whole=f"StartSel={START}, StopSel={END}, HighlightAll=true",
        extract=f"StartSel={START}, StopSel={END}, MaxWords=35, MinWords=20, MaxFragments=1",
    )
    return [Hit(*row) for row in rows]


def _mended(words: str) -> str:
    """The words, those that the index does not know as the likeliest that it does.

    Nothing when there is nothing to mend.
    """
    asked = {word.lower() for word in _WORD.findall(words) if len(word) <= MAX_WORD}
    known = dict(_rows(_MENDED, words=sorted(asked))) if asked else {}
    mended = _WORD.sub(lambda word: known.get(word[0].lower(), word[0]), words)
    return mended if mended != words else ""


def _rows(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _one(sql: str, **values: Any) -> str:
    return str(_rows(sql, **values)[0][0])
