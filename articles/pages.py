"""What the public pages of this app show: blocks in reading order, from live revisions."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from articles.answers import BRIEF
from articles.content import GlossaryContent, PlainPageContent, Term
from articles.parts import CHIP, COMPARE, EVIDENCE, FACTS, TECHNIQUES
from publishing.assembly import Numbering
from publishing.frames import fill
from publishing.machines.graph import SUBJECT
from publishing.page_blocks import page_blocks, standing
from publishing.public import ShownRevision
from publishing.reading import Linked
from references.addresses import address

NO_LETTER = "#"


def article_context(shown: ShownRevision) -> dict[str, Any]:
    """Everything that the article template shows, citations numbered in reading order."""
    parts, summary = shown.parts, shown.revision.summary
    numbering = Numbering(shown.around.sources)
    context = {
        "title": shown.title,
        "summary": summary,
        "start": numbering.number(parts["start"]),
        "prose": numbering.number(_prose(shown)),
        "contents": _contents(shown, cites=bool(numbering.numbers)),
    }
    # An older renderer has made nothing for machines.
    told = [each[SUBJECT] for each in shown.around.included if SUBJECT in each]
    files = numbering.numbers and fill("articles/_reference_files.html", {"url": shown.url})
    return context | {"reference_files": files or ""} | page_blocks(shown, numbering, told)


def _prose(shown: ShownRevision) -> str:
    """The body with the options in it, the questions, and what ends the article."""
    parts, options = shown.parts, shown.around.included
    condition = parts["condition"]
    comparison = sections = questions = ""
    if options:
        rows = "".join([_row(each, condition) for each in options])
        comparison = _comparison(rows, shown.condition)
        sections = "".join([_section(each, condition) for each in options])
    if shown.around.parts:
        items = [each["item"] for each in shown.around.parts]
        items[0] = items[0].replace("<details", "<details open", 1)
        questions = fill("articles/_questions.html", {"items": SafeString("".join(items))})
    body = parts["body"].replace(COMPARE, comparison).replace(TECHNIQUES, sections)
    return f"{body}{questions}{parts['end']}"


def _comparison(rows: str, condition: Linked | None) -> SafeString:
    """The table of the options, and the way to the page that compares them in full."""
    values = {
        "headings": _headings(),
        "rows": SafeString(rows),
        "compare_url": condition and address("articles:compare", condition.slug),
    }
    return fill("articles/_comparison.html", values)


@cache
def _headings() -> SafeString:
    """The questions over the table, in the language of the site."""
    with override(settings.LANGUAGE_CODE):
        return render_to_string("articles/_comparison_headings.html", {"questions": BRIEF})


def _row(parts: Mapping[str, Any], condition: str) -> str:
    """A technique's row of the comparison, with the certainty of its evidence."""
    chip = parts["chips"].get(condition) or fill("articles/_not_assessed.html", {})
    html: str = parts["row"]
    return html.replace(CHIP, chip)


def _section(parts: Mapping[str, Any], condition: str) -> str:
    """A technique's section of an article, with the evidence for the article's condition."""
    html: str = parts["section"]
    return html.replace(EVIDENCE, parts["evidence"].get(condition, "")).replace(
        FACTS, parts["facts"]
    )


def _contents(shown: ShownRevision, *, cites: bool) -> SafeString:
    """Links to the second-level headings of the body and what follows it."""
    parts = shown.parts
    values = {
        "headings": SafeString("".join(parts["contents"])),
        "questions": bool(shown.around.parts),
        "limits": parts["has_limits"],
        "references": cites,
    }
    return fill("articles/_contents.html", values)


class Letter(NamedTuple):
    """The terms that begin with a letter, each with its definition."""

    letter: str
    id: str
    terms: list[tuple[Term, SafeString]]


def glossary_context(shown: ShownRevision) -> dict[str, Any]:
    """The glossary's introduction and its terms by their first letters."""
    content = cast(GlossaryContent, shown.content)
    numbering = Numbering(shown.around.sources)
    introduction = numbering.html(shown.fragments.get("introduction"))
    terms = sorted(enumerate(content.terms), key=lambda item: _sorted_as(item[1].term))
    letters: list[Letter] = []
    for letter, found in groupby(terms, key=lambda item: _letter(item[1].term)):
        definitions = [
            (term, numbering.html(shown.fragments.get(f"terms.{number}"))) for number, term in found
        ]
        letters.append(Letter(letter, f"letter-{len(letters) + 1}", definitions))
    return {
        **page_blocks(shown, numbering),
        "introduction": introduction,
        "letters": letters,
    }


def _sorted_as(term: str) -> tuple[bool, str, str]:
    """Letters before all else, without regard to case and accents."""
    return (_letter(term) == NO_LETTER, _plain(term), term)


def _letter(term: str) -> str:
    """The first letter of a term, as a capital without its accent."""
    first = _plain(term)[:1].upper()
    return first if first.isalpha() else NO_LETTER


def _plain(term: str) -> str:
    apart = unicodedata.normalize("NFKD", term.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def plain_page_context(shown: ShownRevision) -> dict[str, Any]:
    """A plain page and its sources, if it has any."""
    content = cast(PlainPageContent, shown.content)
    numbering = Numbering(shown.around.sources)
    body = numbering.html(shown.fragments.get("body"))
    blocks = page_blocks(shown, numbering)
    shown_of_it = {"content": content, "body": body, "standing": standing(shown)}
    return blocks | shown_of_it
