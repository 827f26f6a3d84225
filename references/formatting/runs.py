"""Runs: the pieces a formatted entry is made of, and how pieces join into sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Script = Literal["", "sup", "sub"]

# The inline markup that CSL-JSON allows in titles. Anything else in angle brackets is text.
_MARKUP = re.compile(r"(</?(?:i|em|b|strong|sup|sub|scp|sc)>|<span [^<>]*>|</span>)")
_TERMINAL = (".", "?", "!")
_CLOSERS = "\"'”’»"


@dataclass(frozen=True, slots=True)
class Run:
    """Some text in one style; `href` makes it a link, `script` raises or lowers it."""

    text: str
    italic: bool = False
    href: str = ""
    script: Script = ""


def marked_up(text: str, *, italic: bool = False) -> list[Run]:
    """The runs of a text with CSL's inline markup; bold and small capitals become plain.

    Italic words inside an italic title are set upright, as printers do.
    """
    if "<" not in text:
        return [Run(text, italic)] if text else []
    runs: list[Run] = []
    slanted, script = italic, ""
    for piece in _MARKUP.split(text):
        if not _MARKUP.fullmatch(piece):
            if piece:
                runs.append(Run(piece, slanted, script=_script(script)))
        elif piece in {"<i>", "<em>"}:
            slanted = not italic
        elif piece in {"</i>", "</em>"}:
            slanted = italic
        elif piece in {"<sup>", "<sub>"}:
            script = piece[1:-1]
        elif piece in {"</sup>", "</sub>"}:
            script = ""
    return runs


def _script(name: str) -> Script:
    return "sup" if name == "sup" else "sub" if name == "sub" else ""


def sentence(runs: Sequence[Run]) -> list[Run]:
    """The runs with a full stop at the end, unless they already end a sentence.

    A stop goes before a closing double quotation mark, as American printers set it.
    """
    if not runs:
        return []
    last = runs[-1]
    text = last.text.rstrip()
    if text.rstrip(_CLOSERS).endswith(_TERMINAL):
        ended = text
    elif text.endswith("”"):
        ended = f"{text[:-1]}.”"
    elif last.italic or last.script or last.href:
        return [*runs[:-1], _with_text(last, text), Run(".")]
    else:
        ended = f"{text}."
    return [*runs[:-1], _with_text(last, ended)]


def _with_text(run: Run, text: str) -> Run:
    """The run with another text; `dataclasses.replace` takes three times as long."""
    return Run(text, run.italic, run.href, run.script)


def joined(parts: Iterable[Sequence[Run]], separator: str = " ") -> list[Run]:
    """The parts that are not empty, one after the other with the separator between them."""
    runs: list[Run] = []
    for part in parts:
        if part:
            if runs:
                runs.append(Run(separator))
            runs.extend(part)
    return runs


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same runs with neighbours of one style made one."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if last and (last.italic, last.href, last.script) == (run.italic, run.href, run.script):
            result[-1] = _with_text(last, last.text + run.text)
        else:
            result.append(run)
    return tuple(result)
