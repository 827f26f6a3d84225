"""Citations in Pandoc's form, as far as a numeric style uses it.

`[@key]`, `[@a; @b, p. 3]`, `[-@key]` and a bare `@key` become clusters. Source of the grammar:
https://pandoc.org/MANUAL.html#citation-syntax. AMA's superscript has room for a locator, as in
7(p3), but for no words: "see", "also" and the like are left out, other words are reported.
"""

import re

from django.utils.translation import gettext as _
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from publishing.markdown.job import Job, inline_tokens, job_of, text_token, with_lines
from publishing.markdown.model import CitationItem

MAX_CLUSTER = 2_000  # characters between the brackets

_KEY = r"@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<key>\w+(?:[:.#$%&+?<>~/-]\w+)*))"
_BARE = re.compile(rf"-?{_KEY}")
_ITEM = re.compile(
    rf"(?P<before>[^@;\[\]\\`]*){_KEY}(?P<after>(?:\{{[^{{}}\[\]]*\}}|[^@;\[\]\\`])*)"
)
_CLUSTER = re.compile(rf"\[([^\[\]\\`]{{1,{MAX_CLUSTER}}})\]")
_NO_CITATION_AFTER = re.compile(r"[\w@/.+%~#&-]")
_SILENT_WORDS = re.compile(
    r"(?:see|also|see also|and|cf\.?|compare|e\.?g\.?,?|eg,?)?", re.IGNORECASE
)
_PUNCTUATION = re.compile(r"(?:\.{3}|[.,…])(?!\w)")

_LOCATOR_WORDS = {
    "p": ("p", "pp", "page", "pages"),
    "ch": ("ch", "chap", "chapter"),
    "fig": ("fig", "figure"),
    "table": ("table", "tab"),
    "sec": ("sec", "section", "§"),
    "para": ("para", "paragraph"),
    "vol": ("vol", "volume"),
    "suppl": ("suppl", "supplement"),
}
_SHORT_WORDS = {word: short for short, words in _LOCATOR_WORDS.items() for word in words}
_PLACE = r"(?=[\w.]*\d|[ivxlc]+\b)\w+(?:\.\w+)*"
_LOCATOR = re.compile(
    rf"(?P<word>{'|'.join(sorted(_SHORT_WORDS, key=len, reverse=True))})?\.?\s*"
    rf"(?P<places>{_PLACE}(?:\s*[-–—]\s*\w+(?:\.\w+)*)?(?:\s*,\s*{_PLACE}(?:\s*[-–—]\s*\w+)?)*)",
    re.IGNORECASE,
)


def citation_rule(state: StateInline, silent: bool) -> bool:
    """An inline rule: a cluster in brackets, or a bare key. Links have had their try before."""
    start = state.src[state.pos]
    if start == "[":
        return _bracketed(state, silent)
    return start in "@-" and _bare(state, silent)


def _bracketed(state: StateInline, silent: bool) -> bool:
    match = _CLUSTER.match(state.src, state.pos, state.posMax)
    if match is None or "@" not in match[1]:
        return False
    parsed = parse_cluster(match[1])
    if parsed is None:
        return False
    if not silent:
        _push(state, *parsed, source=match[0])
    state.pos = match.end()
    return True


def _bare(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1 : state.pos]
    match = _BARE.match(state.src, state.pos, state.posMax)
    if match is None or _NO_CITATION_AFTER.match(before):
        return False
    if not silent:
        _push(state, [CitationItem(match["braced"] or match["key"], "")], [], source=match[0])
    state.pos = match.end()
    return True


def _push(state: StateInline, items: list[CitationItem], words: list[str], *, source: str) -> None:
    token = state.push("cite", "", 0)
    token.content = source
    token.meta = {"items": items, "words": words}


def parse_cluster(text: str) -> tuple[list[CitationItem], list[str]] | None:
    """The items of what stands between brackets, and the words that have no place in AMA.

    None if it is no cluster: every part between semicolons must cite one key.
    """
    items: list[CitationItem] = []
    words: list[str] = []
    position = 0
    while position <= len(text):
        match = _ITEM.match(text, position)
        if match is None or text[match.end() : match.end() + 1] not in ("", ";"):
            return None
        before = match["before"].removesuffix("-")
        if before and not before[-1].isspace():
            return None
        locator, rest = _locator(match["after"])
        items.append(CitationItem(match["braced"] or match["key"], locator))
        before = " ".join(before.split())
        words += [word for word in (before, rest) if not _SILENT_WORDS.fullmatch(word)]
        position = match.end() + 1
    return items, words


def _locator(after: str) -> tuple[str, str]:
    """A locator in AMA's form ("p3") and what is left over of the words after a key."""
    words = " ".join(after.split()).strip(", ")
    if words.startswith("{") and words.endswith("}"):
        words = words[1:-1].strip()
    match = _LOCATOR.match(words)
    if match is None or not (match["word"] or re.search(r"\d", match["places"])):
        return "", words
    places = re.sub(r"\s", "", re.sub("[–—]", "-", match["places"]))
    short = _SHORT_WORDS[match["word"].lower()] if match["word"] else "p"
    if short == "p" and ("-" in places or "," in places):
        short = "pp"
    return f"{short}{places}", words[match.end() :].strip(", ")


def settle_citations(state: StateCore) -> None:
    """A core rule: puts clusters where AMA wants them and gives each its place in the fragment."""
    job = job_of(state.env)
    for inline, _before in inline_tokens(state.tokens):
        if any(child.type == "cite" for child in inline.children or []):
            inline.children = _settled(inline, job)


def _settled(inline: Token, job: Job) -> list[Token]:
    settled: list[Token] = []
    in_link = False
    for token, line in with_lines(inline):
        if token.type in {"link_open", "link_close"}:
            in_link = token.type == "link_open"
        if token.type == "cite" and in_link:
            settled.append(text_token(token.content))
        elif token.type == "cite":
            _attach(settled, token)
            settled += [
                job.report("words-in-citation", _words_message(words), line)
                for words in token.meta["words"]
            ]
        elif token.type == "text" and settled and settled[-1].type == "cite":
            _move_punctuation(settled, token)
        else:
            settled.append(token)
    for token in settled:
        if token.type == "cite":
            token.meta["number"] = len(job.clusters)
            job.clusters.append(tuple(map(job.with_citekey, token.meta["items"])))
    return settled


def _attach(settled: list[Token], token: Token) -> None:
    """Put a cluster right behind the word before it; two neighbours become one."""
    while settled and settled[-1].type in {"text", "softbreak"}:
        settled[-1].content = settled[-1].content.rstrip()
        if settled[-1].content:
            break
        settled.pop()
    if settled and settled[-1].type == "cite":
        settled[-1].meta["items"].extend(token.meta["items"])
    else:
        settled.append(token)


def _move_punctuation(settled: list[Token], token: Token) -> None:
    """A full stop or comma goes before the cluster; colons and semicolons stay behind it."""
    if match := _PUNCTUATION.match(token.content):
        settled.insert(-1, text_token(match[0]))
        token.content = token.content[match.end() :]
    if token.content:
        settled.append(token)


def _words_message(words: str) -> str:
    return _(
        "A citation has room for a place such as “p. 3”, but not for “%(words)s”. "
        "Say that in the sentence."
    ) % {"words": words[:80]}
