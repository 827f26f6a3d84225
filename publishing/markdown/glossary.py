"""Glossary terms are explained where a page first uses them, without any script.

The term is a button that opens its definition as a popover; a browser without popovers shows
the definition in the running text.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publishing.markdown.job import Job, inline_tokens, job_of, plain_text, text_token
from publishing.markdown.model import Term

# What stands on the line of the word beside it, such as a bracket, a comma or a hyphen.
BEFORE = re.compile(r"[^\w\s]{1,8}$")
AFTER = re.compile(r"[^\w\s]{1,8}")
GLOSSARY = "/glossary/#term-"  # the public address of a term


class Finder:
    """Finds the terms of a glossary in running text; upper and lower case are the same."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._by_form = {
            form.casefold(): term for term in terms.values() for form in (term.term, *term.also)
        }

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        forms = sorted(filter(None, self._by_form), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)

    def term(self, form: str) -> Term | None:
        """The term that is written so."""
        return self._by_form.get(form.casefold())


def explain_terms(state: StateCore) -> None:
    """A core rule: turns the first use of each term outside headings and links into a button."""
    job = job_of(state.env)
    if all(slug in job.explained for slug in job.environment.terms):
        return
    finder = Finder(job.environment.terms)
    for inline, before in inline_tokens(state.tokens):
        if before != "heading_open":
            inline.children = _explained(inline.children or [], finder, job, state.md)


def _explained(children: list[Token], finder: Finder, job: Job, md: MarkdownIt) -> list[Token]:
    explained: list[Token] = []
    in_link = False
    for token in children:
        if token.type in {"link_open", "link_close"}:
            in_link = token.type == "link_open"
        if token.type == "text" and not in_link:
            explained += _split(token, finder, job, md)
        else:
            explained.append(token)
    return explained


def _split(token: Token, finder: Finder, job: Job, md: MarkdownIt) -> list[Token]:
    parts: list[Token] = []
    done = 0
    for match in finder.pattern.finditer(token.content):
        term = finder.term(match[0])
        if term is None or term.slug in job.explained:
            continue
        job.explained.add(term.slug)
        text = token.content[done : match.start()]
        before, after = BEFORE.search(text), AFTER.match(token.content, match.end())
        around = (before[0] if before else "", after[0] if after else "")
        parts += [
            text_token(text.removesuffix(around[0])),
            _term_token(match[0], term, job, md, around),
        ]
        done = match.end() + len(around[1])
    return [*parts, text_token(token.content[done:])]


def _term_token(
    written: str, term: Term, job: Job, md: MarkdownIt, around: tuple[str, str]
) -> Token:
    # The definition is Markdown; a popover shows only its words.
    (inline,) = md.parseInline(term.definition, {"job": Job()})
    return Token(
        "term",
        "dfn",
        0,
        content=written,
        meta={
            "id": f"{job.prefix}def-{term.slug}",
            "slug": term.slug,
            "around": around,
            "definition": plain_text(inline.children or []),
        },
    )


def term_html(token: Token) -> str:
    """The button and its popover, in one piece with the marks beside the word.

    A browser may end a line before or after a button, whatever adjoins it.
    """
    popover = escape(token.meta["id"])
    html = (
        f'<dfn class="term"><button type="button" class="term-button" popovertarget="{popover}">'
        f"{escape(token.content)}</button></dfn>"
        f'<span class="term-definition" id="{popover}" popover="" role="note">'
        f" {escape(token.meta['definition'])} "
        f'<a href="{GLOSSARY}{escape(token.meta["slug"])}">{escape(_("Glossary"))}</a></span>'
    )
    before, after = map(escape, token.meta["around"])
    whole = f'<span class="term-phrase">{before}{html}{after}</span>'
    return whole if before or after else html
