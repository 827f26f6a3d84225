"""Blocks between lines of colons: callouts, and the places of what a page makes from data.

    ::: safety
    See a doctor if …
    :::

A callout goes on to its closing `:::`; callouts may stand in each other. `::: compare` and
`::: techniques` are one line and stand outside everything else.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore

from publishing.markdown.job import first_line, job_of

MAX_NESTING = 12  # levels of blocks in blocks, and of marks in marks; a list takes two

MAX_CELLS = 5_000  # of all tables of a text; the parser fills up short rows, line for line

CALLOUTS: dict[str, Promise] = {
    "safety": gettext_lazy("Safety"),
    "note": gettext_lazy("Note"),
    "advice": gettext_lazy("Commonly advised; no source"),
}
SLOTS = ("compare", "techniques")

_COLONS = re.compile(r":{3,}[ \t]*(?P<name>.*?)[ \t]*", re.DOTALL)
_NESTS = {"blockquote_open", "list_item_open", "callout_open"}


@dataclass(frozen=True)
class _End:
    """Where a callout's text ends, and whether a closing line stands there."""

    line: int
    closed: bool


def colon_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule for every line that begins with three colons."""
    name = _name(state, start)
    if name is None:
        return False
    if silent:
        return True
    if name in CALLOUTS:
        _callout(state, start, end, name)
    elif name in SLOTS:
        _slot(state, start, end, name)
    else:
        _unknown(state, start, name)
    return True


def _name(state: StateBlock, line: int) -> str | None:
    """What follows the colons; empty on a closing line; None on any other line."""
    if state.is_code_block(line):
        return None
    begin = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(":::", begin):
        return None
    match = _COLONS.fullmatch(state.src, begin, state.eMarks[line])
    return match["name"].lower() if match else None


def _callout(state: StateBlock, start: int, end: int, name: str) -> None:
    found = _find_end(state, start, end)
    if not found.closed:
        message = _("The block “::: %(name)s” has no closing line “:::”.") % {"name": name}
        _show_error(state, "unclosed-block", message, start)
    opening = state.push("callout_open", "aside", 1)
    opening.map = [start, found.line]
    opening.content = _callout_start(name)
    parent, line_max = state.parentType, state.lineMax
    # A name that is not "paragraph" keeps lazy lines from running past the closing line.
    state.parentType, state.lineMax = "callout", found.line
    state.md.block.tokenize(state, start + 1, found.line)
    state.parentType, state.lineMax = parent, line_max
    state.push("callout_close", "aside", -1)
    state.line = found.line + found.closed


def _callout_start(name: str) -> str:
    title = escape(str(CALLOUTS[name]))
    return (
        f'<aside class="callout callout-{name}" role="note" aria-label="{title}">\n'
        f'<p class="callout-title">{title}</p>\n'
    )


def _find_end(state: StateBlock, start: int, end: int) -> _End:
    """The closing line that belongs to the callout on line `start`."""
    depth = 1
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return _End(line, closed=False)
        name = _name(state, line)
        if name in CALLOUTS:
            depth += 1
        elif name == "":
            depth -= 1
        if depth == 0:
            return _End(line, closed=True)
    return _End(end, closed=False)


def _slot(state: StateBlock, start: int, end: int, name: str) -> None:
    job = job_of(state.env)
    state.line = start + 1
    if state.level > 0:
        message = _("“::: %(name)s” has to stand outside lists, quotes and other blocks.")
        _show_error(state, "nested-slot", message % {"name": name}, start)
    elif name in job.slots:
        message = _("“::: %(name)s” can stand only once in a text.")
        _show_error(state, "second-slot", message % {"name": name}, start)
    else:
        job.slots.add(name)
        state.push("slot", "", 0).content = name
    if state.level == 0 and start + 1 < end and _name(state, start + 1) == "":
        state.line = start + 2


def _unknown(state: StateBlock, start: int, name: str) -> None:
    state.line = start + 1
    if not name:
        _show_error(state, "stray-colons", _("There is no block that this “:::” closes."), start)
        return
    known = ", ".join([*CALLOUTS, *SLOTS])
    message = _("There is no block called “%(name)s”. There are: %(known)s.")
    _show_error(state, "unknown-block", message % {"name": name[:40], "known": known}, start)


def _show_error(state: StateBlock, code: str, message: str, line: int) -> None:
    token = state.push("render_error_block", "p", 0)
    token.content = job_of(state.env).report(code, message, line + 1).content


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's own rule for tables, as long as their cells stay in bounds."""
    job = job_of(state.env)
    if job.cells > MAX_CELLS or start + 1 >= end or not _is_delimiter(state, start + 1):
        return False
    if silent:
        return table(state, start, end, silent)
    job.cells += _count_cells(state, start, end)
    if job.cells <= MAX_CELLS:
        return table(state, start, end, silent)
    message = _("The tables of a text can have at most %(most)s cells together.")
    _show_error(state, "large-table", message % {"most": MAX_CELLS}, start)
    return False


def _count_cells(state: StateBlock, start: int, end: int) -> int:
    """The most cells that a table which begins here can have."""
    columns = state.src.count("|", state.bMarks[start], state.eMarks[start]) + 1
    rows = next((line for line in range(start, end) if state.isEmpty(line)), end) - start
    return columns * rows


def _is_delimiter(state: StateBlock, line: int) -> bool:
    row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return "-" in row and not row.strip("|:- \t")


def report_depth(state: StateCore) -> None:
    """A core rule: says where the parser stopped because blocks stand too deep in each other."""
    for token in state.tokens:
        if token.type in _NESTS and token.level + 1 >= MAX_NESTING:
            message = _("Blocks stand too deep in each other here; what lies deeper is left out.")
            job_of(state.env).report("too-deep", message, first_line(token))
            return
