"""The comparison of a condition's options: patients' questions down, options across.

An option is a live technique about the condition: what a technique says of benefits, eyes and
pregnancy is said for the condition that it is about, so that an assessment for another one alone
would bring in words about that other disease. The condition's own page lists the same techniques.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.answers import CERTAINTY, QUESTIONS, SINCE
from articles.comparison_choices import Chosen
from publishing.assembly import Numbering
from publishing.dates import day_html
from publishing.machines.graph import SUBJECT
from publishing.models import Revision
from publishing.page_blocks import reference_list
from publishing.public import PUBLIC_STATES, past_of
from publishing.reading import PARTS_APART, told_of
from references.models import Reference

State = Revision.State
OPTIONS_MAX = 60
COLUMNS = ("id", "page_id", "kind", "slug", "title", "position", "parts")
# The answers that run over several paragraphs. What is risky or unknown is never folded.
FOLDED = ("how",)
# The page shows each answer in the table and in the cards, and a browser shows one of the two.
CARD = "card-"
IDS = re.compile(r'(\b(?:id|popovertarget|aria-labelledby|aria-describedby)="|\bhref="#t-)')
# Since when the certainty of each page's live revision has stood without a break; a time when the
# page was down is one. Read from the documents as they are stored, whose fields never move.
SINCE_WHEN = """
SELECT page_id, min(published_at)
FROM (
    SELECT page_id, published_at, certainty, count(*) FILTER (WHERE certainty IS DISTINCT FROM live)
        OVER (PARTITION BY page_id ORDER BY published_at DESC, number DESC) AS breaks
    FROM (
        SELECT page_id, published_at, number, certainty, first_value(certainty)
            OVER (PARTITION BY page_id ORDER BY state = %(live)s DESC) AS live
        FROM (
            SELECT page_id, published_at, number, state, CASE WHEN state <> %(unpublished)s THEN
                jsonb_path_query_first(content,
                    '$.assessments[*] ? (@.condition == $slug).certainty',
                    jsonb_build_object('slug', %(condition)s::text)) #>> '{}' END AS certainty
            FROM publishing_revision
            WHERE page_id = ANY(%(pages)s) AND state = ANY(%(public)s)
        ) said
    ) past
) runs
WHERE breaks = 0 AND certainty IS NOT NULL
GROUP BY page_id
"""


class Option(NamedTuple):
    """A column: a technique, or nothing but its name where none is written yet."""

    slug: str
    title: str
    is_nothing: bool
    answers: Mapping[str, str]
    choices: Mapping[str, str]
    certainty: str
    # What machines are told that it is; nothing where an older renderer made nothing of it.
    subject: Mapping[str, str]


class Cell(NamedTuple):
    """What an option answers to a question; no HTML is "No good data".

    `more` is what a reader unfolds of a long answer.
    """

    label: str
    html: SafeString
    more: SafeString


@dataclass(frozen=True)
class Row:
    """A question with the answer of every option."""

    id: str
    label: str
    cells: list[Cell]


class Card(NamedTuple):
    """An option with its answer to every question."""

    option: Option
    cells: list[Cell]


@dataclass(frozen=True)
class Comparison:
    """Everything that the page shows of the options."""

    options: list[Option]
    rows: list[Row]
    cards: list[Card]
    references: SafeString | str
    # What machines are told of the sources that are shown, by citekey, in the order of their list.
    cited: Mapping[str, Mapping[str, str]]
    hidden: int
    only_nothing: bool
    cut: bool


def live_condition(slug: str) -> Revision:
    """The live condition at an address; one query. Raises what past_of finds where none is."""
    found = Revision.objects.live().filter(kind="condition", slug=slug).for_list().first()
    if found is None:
        raise past_of("condition", slug)
    return found


def compare(condition: Revision, choice: Chosen) -> Comparison:
    """The comparison of a condition's options as a reader chose it; three queries."""
    found = list(
        Revision.objects.live()
        .filter(kind="technique", condition=condition.page_id)
        .order_by("position", "title", "id")
        .only(*COLUMNS)[: OPTIONS_MAX + 1]
    )
    rows = found[:OPTIONS_MAX]
    since = certain_since([row.page_id for row in rows], condition.slug)
    options = [_option(row, condition.slug, since.get(row.page_id)) for row in rows]
    nothing = [each for each in options if each.is_nothing] or [_not_written()]
    others = [each for each in options if not each.is_nothing]
    fitting = [each for each in others if choice.fits(each.choices)]
    fitting.sort(key=lambda each: choice.place(each.choices, each.certainty))
    shown = nothing + fitting
    cited = Reference.objects.filter(citations__revision__in=rows).distinct()
    return _laid_out(
        shown,
        {source.citekey: source for source in cited},
        hidden=len(others) - len(fitting),
        cut=len(found) > OPTIONS_MAX,
    )


def certain_since(pages: Sequence[int], condition: str) -> dict[int, datetime.datetime]:
    """Since when the certainty of each page has stood; one query."""
    values: dict[str, Any] = {
        "live": State.LIVE.value,
        "unpublished": State.UNPUBLISHED.value,
        "public": [state.value for state in PUBLIC_STATES],
        "condition": condition,
        "pages": list(pages),
    }
    with connection.cursor() as cursor:
        cursor.execute(SINCE_WHEN, values)
        return dict(cursor.fetchall())


def _option(row: Revision, condition: str, since: datetime.datetime | None) -> Option:
    """A technique as a column. Parts that an older renderer made have no answers yet."""
    parts: Mapping[str, Any] = row.parts.get(PARTS_APART) or {}
    why: str = parts.get("why", {}).get(condition, "")
    answers = {**parts.get("answers", {}), CERTAINTY: why.replace(SINCE, _stands(since))}
    return Option(
        slug=row.slug,
        title=row.title,
        is_nothing=row.position == 0,
        answers=answers,
        choices=parts.get("choices", {}),
        certainty=parts.get("certainty", {}).get(condition, ""),
        subject=row.parts.get(SUBJECT) or {},
    )


def _stands(since: datetime.datetime | None) -> str:
    return " " + _("So assessed since %(day)s.") % {"day": day_html(since)} if since else ""


def _not_written() -> Option:
    """The column for doing nothing where nobody has written about it."""
    return Option(
        "", _("Do nothing"), is_nothing=True, answers={}, choices={}, certainty="", subject={}
    )


def _laid_out(
    options: list[Option], cited: Mapping[str, Reference], *, hidden: int, cut: bool
) -> Comparison:
    """The options as rows and as cards. A source has the same number in both."""
    sources = {citekey: source.entry for citekey, source in cited.items()}
    in_rows = Numbering(sources)
    rows = [
        Row(each.id, str(each.question), list(_cells(options, each.id, in_rows)))
        for each in QUESTIONS
    ]
    numbers, uses = in_rows.numbers, in_rows.uses
    in_cards = Numbering(sources, numbers, uses, prefix=f"{CARD}cite-")
    return Comparison(
        options=options,
        rows=rows,
        cards=[Card(each, list(_card(each, in_cards))) for each in options],
        references=reference_list(in_rows),
        cited={citekey: told_of(cited[citekey]) for citekey in numbers},
        hidden=hidden,
        only_nothing=all(each.is_nothing for each in options),
        cut=cut,
    )


def _cells(options: Iterable[Option], question: str, numbering: Numbering) -> Iterator[Cell]:
    for option in options:
        html = option.answers.get(question, "")
        yield Cell(option.title, *_folded(question, html, numbering))


def _card(option: Option, numbering: Numbering) -> Iterator[Cell]:
    for question in QUESTIONS:
        html = IDS.sub(rf"\1{CARD}", option.answers.get(question.id, ""))
        yield Cell(str(question.question), *_folded(question.id, html, numbering))


def _folded(question: str, html: str, numbering: Numbering) -> tuple[SafeString, SafeString]:
    """An answer, and what follows its first paragraph where only that is shown at once."""
    first, end, more = html.strip().partition("</p>")
    if question in FOLDED and first.startswith("<p>"):
        return numbering.number(first + end), numbering.number(more.strip())
    return numbering.number(html), numbering.number("")
