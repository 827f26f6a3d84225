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

from django.db import OperationalError, transaction
from psycopg.errors import QueryCanceled

from publishing.models.search import CONFIG
from publishing.search.extracts import END, START, extract
from publishing.search.spelling import LEFT_OUT, spelled
from publishing.search.statements import one, rows
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
WINDOW, LEAD = 700, 200  # characters of a text that an extract is cut from; before the first word
# What English adds to most stems; words that go on otherwise are mostly others ("need", "needle").
ENDINGS = "e|s|es|ed|d|y|ies|ied|ing|ings|er|ers|or|ors|ly|al|ion|ions|ation|ations|ment|ments|ity"
_SIGNS = re.compile(r"[^\w\s\"'’.-]+")
_REPEATED = re.compile(r"([\"'’._-])[\s\"'’._-]*\1[\"'’._-]*")
# A word in the text of a tsquery, and whatever weight it has.
_LEXEME = re.compile(r"('(?:[^']|'')*')(?::\*?[A-D]*)?")
_LEFT_OUT = re.compile(r"!\s*(?:\([^()]*\)|'(?:[^']|'')*')")
_BETWEEN = re.compile(r"&|<(?:-|\d+)>")

# "Comparison" and "compare" are one word to a reader, and two stems to PostgreSQL.
_ASKED = """
SELECT ts_rewrite(websearch_to_tsquery(%(config)s::regconfig, %(words)s),
    'comparison'::tsquery, 'comparison | compar'::tsquery)::text
"""
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
    ts_headline(%(config)s::regconfig, CASE WHEN cut.start = 0 THEN entry.summary
        ELSE substr(entry.body, cut.start, %(window)s) END, %(query)s::tsquery, %(whole)s),
    cut.start > 1, cut.start > 0 AND length(entry.body) >= cut.start + %(window)s
FROM ranked JOIN publishing_searchentry entry USING (id)
LEFT JOIN publishing_page page ON page.id = entry.page_id
CROSS JOIN LATERAL (SELECT CASE
    WHEN entry.body = '' OR entry.brief @@ %(in_summary)s::tsquery THEN 0
    ELSE (SELECT CASE WHEN place = 0 AND entry.summary <> '' THEN 0
        ELSE greatest(1, place - %(lead)s) END
        FROM coalesce(nullif(regexp_instr(entry.body, %(words)s, 1, 1, 0, 'i'), 0),
            regexp_instr(entry.body, %(begins)s, 1, 1, 0, 'i')) place) END AS start
    OFFSET 0
) cut
ORDER BY ranked.place
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
    mended. `some` says that nothing holds all words, and `words` are some of them. `matched` says
    that there is something, if perhaps not of the kind and condition; `only_left_out` that what was
    asked only leaves out, so that nothing was looked for. Counts go as far as MATCHES_COUNTED.
    """

    words: str
    hits: tuple[Hit, ...] = ()
    has_more: bool = False
    some: bool = False
    by_kind: Mapping[str, int] = field(default_factory=dict)
    by_condition: Mapping[int, int] = field(default_factory=dict)
    matched: bool = False
    only_left_out: bool = False


def cleaned(text: str) -> str:
    """What may be asked: at most so many characters and words, signs of no meaning left out.

    Quotes, `or` and a leading minus keep their meaning; of a run of signs one is left, for
    PostgreSQL refuses a query of many.
    """
    return " ".join(_words_of(text)[:MAX_TERMS])


def is_cut(text: str) -> bool:
    """Whether more words were asked for than are looked for."""
    return len(_words_of(text)) > MAX_TERMS


def _words_of(text: str) -> list[str]:
    line = clean_text(text[: MAX_CHARS * 5], single_line=True, name=True)[:MAX_CHARS]
    return _REPEATED.sub(r"\1", _SIGNS.sub(" ", line)).split()


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
    rows(f"{sql}, set_config('enable_seqscan', 'off', true)", most=str(TIMEOUT))


def explain(words: str) -> str:
    """How the database finds the entries with these words."""
    with transaction.atomic():
        prepare()
        counts = f"EXPLAIN (COSTS OFF) {_COUNTS}"
        lines = rows(counts, query=_read(words), most=MATCHES_COUNTED)
    return "\n".join(line for (line,) in lines)


def _search(asked: Asked) -> Found:
    """By all of the words; else in their mended spelling; else by some of them."""
    query = _read(asked.words)
    if _only_leaves_out(query):
        return Found(asked.words, only_left_out=True)
    found = _by_query(query, asked)
    if found.matched:
        return found
    meant = spelled(asked.words)
    if meant.words != asked.words:
        found = _by_query(_read(meant.words), replace(asked, words=meant.words))
        if found.matched:
            return found
    some = _by_query(_either(meant.kept, asked.words), replace(asked, words=meant.kept))
    return replace(some, some=True) if some.matched else Found(asked.words)


def _read(words: str) -> str:
    """The words as PostgreSQL understands them; nothing when they are too common to look for."""
    return _with_other_names(one(_ASKED, config=CONFIG, words=words))


def _only_leaves_out(query: str) -> bool:
    """Whether the query, or one side of an "or", would be every entry but a few."""
    # PostgreSQL's own word for a query that no index can answer.
    return "!" in query and one("SELECT querytree(%(query)s::tsquery)", query=query) == "T"


def _either(words: str, asked: str) -> str:
    """A query for any of the words, without what is left out of those that were asked for."""
    if not words:
        return ""
    sql = """SELECT (replace(plainto_tsquery(%(config)s::regconfig, %(words)s)::text, '&', '|')
        ::tsquery && websearch_to_tsquery(%(config)s::regconfig, %(left_out)s))::text"""
    left_out = " ".join(LEFT_OUT.findall(asked))
    return one(sql, config=CONFIG, words=words, left_out=left_out)


def _with_other_names(query: str) -> str:
    """The query, also for what is called otherwise: "milk spots" finds what says "milia"."""
    if not query or "!" in query:
        return query
    any_name = _LEXEME.sub(r"\1:A", query).replace("&", "|").replace("<->", "|")
    named = rows(_NAMED, query=any_name, named=list(NAMING_KINDS), most=ALIASES)
    for title, names in named:
        every = [title, *names.splitlines()][:ALIASES]
        for name, other in permutations(every, 2):
            query = one(_REWRITTEN, query=query, config=CONFIG, name=name, other=other)
    return query


def _by_query(query: str, asked: Asked) -> Found:
    if not query:
        return Found(asked.words)
    counts = rows(_COUNTS, query=query, most=MATCHES_COUNTED)
    hits = _hits(query, asked) if any(_fits(row, asked) for row in counts) else []
    by_kind: Counter[str] = Counter()
    by_condition: Counter[int] = Counter()
    for kind, condition, number in counts:
        if asked.condition in (None, condition):
            by_kind[kind] += number
        if condition is not None and asked.kind in ("", kind):
            by_condition[condition] += number
    return Found(
        words=asked.words,
        hits=tuple(hits[:SHOWN]),
        has_more=len(hits) > SHOWN,
        by_kind=by_kind,
        by_condition=by_condition,
        matched=bool(counts),
    )


def _fits(row: tuple[Any, ...], asked: Asked) -> bool:
    kind, condition, _number = row
    return asked.kind in ("", kind) and asked.condition in (None, condition)


def _hits(query: str, asked: Asked) -> list[Hit]:
    """The results of the page that is asked for, and one more if there is one."""
    begins = _beginnings(query)
    found = rows(
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
        words=rf"{begins}(?:{ENDINGS})?\M",
        begins=begins,
        lead=LEAD,
        window=WINDOW,
        whole=f"StartSel={START}, StopSel={END}, HighlightAll=true",
    )
    return [
        Hit._make([*row, extract(text, cut_before=before, cut_after=after)])
        for *row, text, before, after in found
    ]


def _beginnings(query: str) -> str:
    """A regular expression of PostgreSQL for where a word with a stem of the query begins."""
    stems = {each[1:-1].replace("''", "'") for each in _LEXEME.findall(_LEFT_OUT.sub("", query))}
    # English stems end in "i" for the words' "y".
    return rf"\m(?:{'|'.join(re.escape(stem.removesuffix('i')) for stem in sorted(stems))})"
