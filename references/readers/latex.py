"""The LaTeX in a field of BibTeX as plain text: accents, commands, quotes, simple maths."""

import logging
import re
from functools import cache

from pylatexenc import (  # type: ignore[import-untyped]  # it comes without types
    latex2text,
    latexwalker,
)

MAX_LATEX = 80_000  # characters; no variable keeps as many

# A hostile field would fill the log: it may hold a thousand commands without arguments.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

# Most fields have no more than this, and pylatexenc takes a hundred times as long for them.
_SIMPLE = re.compile(r"(?:[^\\$]|\\[%&#_$])*")
_SIGN = re.compile(r"---?|``|''|[!?]`|[{}~]|\\[%&#_$]")
_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿"}
_SIGNS |= {"{": "", "}": "", "~": " "}
# Maths as Pandoc tells it from money: no space inside the dollars, and no digit behind unless
# there is a command, an index or a power between them.
_SPECIAL = re.compile(
    r"""
    \\(?:url|path)\s*\{(?P<address>[^{}]*)\}
    | \\href\s*\{(?P<target>[^{}]*)\}
    | \\text(?P<place>super|sub)script\s*\{(?P<script>[^{}]{1,20})\}
    | \\.
    | \$(?=[^\s$])(?:(?=[^$]*[\\_^])|(?![^$]*\$\d))(?P<maths>(?:\\.|[^$\\])*)(?<=\S)\$
    | [$%&]
    """,
    re.VERBOSE | re.DOTALL,
)
_SCRIPT = re.compile(r"(?P<place>[_^])(?:\{(?P<words>[^{}]{1,20})\}|(?P<one>\d))")
_HIGH = str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TABLES = {"^": _HIGH, "super": _HIGH, "_": _LOW, "sub": _LOW}
_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "%&#_$"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)
# What pylatexenc does not know or gives as another character.
_MACROS = {
    "textasciicircum": "^",
    "textquotedbl": '"',
    "textquotesingle": "'",
    "textasciigrave": "`",
    "textdegree": "°",
    "degree": "°",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "slash": "/",
    "newline": " ",
    "-": "",
}


def latex_to_text(latex: str) -> str:
    """The text on one line; what is no LaTeX that can be read stays as it stands."""
    if len(latex) > MAX_LATEX:
        return " ".join(latex.split())
    if _SIMPLE.fullmatch(latex):
        return " ".join(_SIGN.sub(_plain, latex).split())
    prepared = _SPECIAL.sub(_prepared, latex)
    try:
        text = _converter().nodelist_to_text(_nodes(prepared))
    except Exception:  # its parser meets hostile input with errors of many kinds
        text = latex
    return " ".join(text.split())


def _plain(found: re.Match[str]) -> str:
    return _SIGNS.get(found[0], found[0][-1])


def _nodes(latex: str) -> object:
    return latexwalker.LatexWalker(latex, tolerant_parsing=True).get_latex_nodes()[0]


@cache
def _converter() -> latex2text.LatexNodes2Text:
    macros = [latex2text.MacroTextSpec(name, text) for name, text in _MACROS.items()]
    context = latex2text.get_default_latex_context_db()
    context.add_context_category("own", macros=macros, prepend=True)
    return latex2text.LatexNodes2Text(latex_context=context, math_mode="text")


def _prepared(found: re.Match[str]) -> str:
    """What pylatexenc would misread, in words it understands."""
    if found["address"] is not None:
        return unescaped(found["address"]).translate(_ESCAPES)
    if found["target"] is not None:
        return ""
    if found["script"] is not None:
        return _scripted(found["place"], found["script"], found["script"])
    if found["maths"] is not None:
        return f"${_SCRIPT.sub(_maths_script, found['maths'])}$"
    return found[0] if found[0].startswith("\\") else f"\\{found[0]}"


def _maths_script(found: re.Match[str]) -> str:
    return _scripted(found["place"], found["words"] or found["one"], found[0])


def _scripted(place: str, words: str, otherwise: str) -> str:
    """Raised or lowered characters, if Unicode has all of them."""
    table = _TABLES[place]
    return words.translate(table) if all(ord(word) in table for word in words) else otherwise


def unescaped(address: str) -> str:
    r"""An address without LaTeX's escapes, as some programs write it: “\_”, “{\%}”."""
    return re.sub(r"\{\\([_%&#~$])\}|\\([_%&#~${}])", r"\1\2", address)
