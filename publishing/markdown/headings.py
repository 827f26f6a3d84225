"""Headings: levels 2 to 4, because the page's title is its only h1, and ids that stay."""

import re

from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publishing.markdown.job import Job, first_line, job_of, plain_text
from publishing.markdown.model import Heading

MAX_ID = 60  # characters

_WANTED_ID = re.compile(r"\{#([A-Za-z][A-Za-z0-9-]{0,59})\}")
_KEPT_ID = re.compile(r"h-[a-z0-9-]+")


def read_heading_ids(state: StateCore) -> None:
    """A core rule before inline text is parsed: takes `{#after}` off, and sets the level."""
    for place, token in enumerate(state.tokens):
        if token.type not in {"heading_open", "heading_close"}:
            continue
        level = min(max(int(token.tag[1]), 2), 4)
        token.tag = f"h{level}"
        if token.type == "heading_open":
            _read_wanted_id(token, state.tokens[place + 1])


def _read_wanted_id(heading: Token, inline: Token) -> None:
    words, _braces, _id = inline.content.rpartition("{#")
    match = _WANTED_ID.fullmatch(inline.content.rstrip(), len(words))
    if match and not words.endswith("\\"):
        inline.content = words.rstrip()
        heading.meta["wanted"] = match[1].lower()


def give_heading_ids(state: StateCore) -> None:
    """A core rule: an id for every heading; the author's first, then kept ones, then new ones."""
    job = job_of(state.env)
    found = [
        (token, plain_text(state.tokens[place + 1].children or []).strip())
        for place, token in enumerate(state.tokens)
        if token.type == "heading_open"
    ]
    taken: set[str] = set()
    for token, _text in found:
        _give_wanted(token, taken, job)
    for token, text in found:
        kept = job.environment.heading_ids.get(text, "")
        name = kept.removeprefix(job.prefix) if kept.startswith(job.prefix) else ""
        if "id" not in token.attrs and name not in taken and _KEPT_ID.fullmatch(name):
            _give(token, name, taken, job)
    counts: dict[str, int] = {}
    for token, text in found:
        if "id" not in token.attrs:
            _give(token, _new_id(text, taken, counts), taken, job)
    job.headings += [
        Heading(int(token.tag[1]), str(token.attrs["id"]), text) for token, text in found
    ]


def _give(token: Token, name: str, taken: set[str], job: Job) -> None:
    taken.add(name)
    token.attrSet("id", f"{job.prefix}{name}")


def _give_wanted(token: Token, taken: set[str], job: Job) -> None:
    wanted = token.meta.get("wanted")
    if not wanted:
        return
    if f"h-{wanted}" in taken:
        message = _("The id “%(id)s” stands at two headings; give one of them another.")
        job.report("double-id", message % {"id": wanted}, first_line(token))
        return
    _give(token, f"h-{wanted}", taken, job)


def _new_id(text: str, taken: set[str], counts: dict[str, int]) -> str:
    base = f"h-{slugify(text)[:MAX_ID].strip('-_').replace('_', '-') or 'section'}"
    name = base
    while name in taken:
        counts[base] = counts.get(base, 1) + 1
        name = f"{base}-{counts[base]}"
    return name
