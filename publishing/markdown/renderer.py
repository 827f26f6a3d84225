"""The one function that turns Markdown into HTML, and the parser it uses."""

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from publishing.markdown.blocks import MAX_NESTING, colon_rule, report_depth, table_rule
from publishing.markdown.citations import citation_rule, settle_citations
from publishing.markdown.figures import make_figures, report_loose_images
from publishing.markdown.glossary import explain_terms, term_html
from publishing.markdown.headings import give_heading_ids, read_heading_ids
from publishing.markdown.job import Job, inline_tokens, job_of, plain_text
from publishing.markdown.links import check_links
from publishing.markdown.model import (
    EMPTY,
    MAX_CHARS,
    Environment,
    Fragment,
    MarkdownTooLarge,
)
from publishing.markdown.sanitize import sanitize
from references.text import clean_text

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


def render(
    text: str,
    env: Environment = EMPTY,
    *,
    inline: bool = False,
    explained: set[str] | None = None,
    prefix: str = "",
    leads: bool = False,
) -> Fragment:
    """The safe HTML of a Markdown text, with everything a page needs to know about it.

    `inline` takes the text as one line of running text, without blocks. `explained` holds the
    slugs of the terms that the page has explained already, and grows. `prefix` begins every id,
    so that several fragments can stand on one page. Pictures of a text that `leads` the page load
    at once, others when the reader comes near. Raises MarkdownTooLarge; every other fault
    of a text is in `errors` and shows in the HTML.
    """
    job = Job(env, prefix, leads, set() if explained is None else explained)
    tokens = _parse(text, job, inline=inline)
    html = sanitize(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {"job": job}))
    return Fragment(
        html=html,
        clusters=tuple(job.clusters),
        headings=tuple(job.headings),
        words=job.words,
        errors=tuple(sorted(job.errors, key=lambda error: error.line)),
    )


def citation_keys(text: str) -> tuple[str, ...]:
    """The keys that a text cites, each once, in order of first use. Raises MarkdownTooLarge."""
    if "@" not in text:
        return ()
    job = Job()
    _parse(text, job, inline=False)
    return tuple(dict.fromkeys(item.key for cluster in job.clusters for item in cluster))


def _parse(text: str, job: Job, *, inline: bool) -> list[Token]:
    if len(text) > MAX_CHARS:
        raise MarkdownTooLarge(len(text))
    parse = _MARKDOWN.parseInline if inline else _MARKDOWN.parse
    return parse(clean_text(text), {"job": job})


def _count_words(state: StateCore) -> None:
    job = job_of(state.env)
    for token in state.tokens:
        if token.type in {"code_block", "fence"}:
            job.words += len(_WORD.findall(token.content))
    for inline, _before in inline_tokens(state.tokens):
        job.words += len(_WORD.findall(plain_text(inline.children or [])))


def _set_attributes(state: StateCore) -> None:
    """Alignment becomes a class, header cells get their scope, code has no language."""
    for token in state.tokens:
        if token.type in {"th_open", "td_open"}:
            match = _ALIGNMENT.fullmatch(str(token.attrs.pop("style", "")))
            if match:
                token.attrSet("class", f"align-{match[1]}")
            if token.type == "th_open":
                token.attrSet("scope", "col")
        elif token.type == "fence":
            token.info = ""


Tokens = Sequence[Token]
Env = MutableMapping[str, Any]


def _content(_self: RendererHTML, tokens: Tokens, i: int, _o: OptionsDict, _env: Env) -> str:
    return tokens[i].content


def _term(_self: RendererHTML, tokens: Tokens, i: int, _o: OptionsDict, _env: Env) -> str:
    return term_html(tokens[i])


def _cite(_self: RendererHTML, tokens: Tokens, i: int, _o: OptionsDict, _env: Env) -> str:
    return f'<data value="cite:{tokens[i].meta["number"]}"></data>'


def _slot(_self: RendererHTML, tokens: Tokens, i: int, _o: OptionsDict, _env: Env) -> str:
    return f'<data value="{tokens[i].content}"></data>\n'


def _error(_self: RendererHTML, tokens: Tokens, i: int, _o: OptionsDict, _env: Env) -> str:
    span = f'<span class="render-error">{escape(tokens[i].content)}</span>'
    return f"<p>{span}</p>\n" if tokens[i].type == "render_error_block" else span


def _table_open(_self: RendererHTML, _t: Tokens, _i: int, _o: OptionsDict, _env: Env) -> str:
    label = escape(_("Table"))
    return f'<div class="table-scroll" role="region" aria-label="{label}" tabindex="0"><table>\n'


def _table_close(_self: RendererHTML, _t: Tokens, _i: int, _o: OptionsDict, _env: Env) -> str:
    return "</table></div>\n"


class _Markdown(MarkdownIt):
    """CommonMark that leaves addresses to our own check, which can report them."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's names
        return True

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - markdown-it's name
        # The default decodes %-escapes, which would let characters back in that were cleaned out.
        return link


def _build() -> MarkdownIt:
    md = _Markdown("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    md.enable("table").disable(["html_block", "html_inline"])
    # A definition `[x]: /y` vanishes from the page, and a long one can be used a thousand times.
    md.disable("reference")
    md.block.ruler.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before(
        "fence", "colons", colon_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.inline.ruler.after("link", "citation", citation_rule)
    core = md.core.ruler
    core.after("block", "read_heading_ids", read_heading_ids)
    core.after("block", "report_depth", report_depth)
    core.after("inline", "make_figures", make_figures)
    for rule in (
        report_loose_images,
        settle_citations,
        give_heading_ids,
        check_links,
        explain_terms,
        _count_words,
        _set_attributes,
    ):
        core.push(rule.__name__.strip("_"), rule)
    for kind in ("callout_open", "figure_open", "figure_close"):
        md.add_render_rule(kind, _content)
    for kind in ("render_error", "render_error_block"):
        md.add_render_rule(kind, _error)
    md.add_render_rule("term", _term)
    md.add_render_rule("cite", _cite)
    md.add_render_rule("slot", _slot)
    md.add_render_rule("table_open", _table_open)
    md.add_render_rule("table_close", _table_close)
    return md


_MARKDOWN = _build()
