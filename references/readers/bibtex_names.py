"""The names in an author or editor field of BibTeX.

Names are parted by the word “and”; a name is “Family, Given”, “von Family, Jr, Given”,
“Given von Family”, or, wholly in braces, a group. What stands in braces is never parted.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from references.csl import MAX_NAMES
from references.readers.latex import latex_to_text
from references.readers.records import shown

Name = dict[str, Any]

_MARK = re.compile(r"\\.|[{},]|(?P<space>[\s~]+)", re.DOTALL)
_COMMA = ","


def read_names(value: str) -> tuple[list[Name], list[str]]:
    """The names of a field as CSL has them, and notes on what is no name of a person."""
    names: list[Name] = []
    others = False
    strange: list[str] = []
    # One more than is allowed, for the item to be refused for it.
    for words in islice(_each_name(value), MAX_NAMES + 1):
        if words == ["others"]:
            others = True
            continue
        name = _name(words)
        if name is None:
            name = {"literal": latex_to_text(" ".join(words).replace(" ,", ","))}
            strange.append(name["literal"])
        if any(name.values()):
            names.append(name)
    notes = [_("The list of names ends in “others”: it is not complete.")] if others else []
    if strange:
        note = _("This has too many commas for a name: %(names)s")
        notes.append(note % {"names": shown("; ".join(strange), 200)})
    return names, notes


def _each_name(value: str) -> Iterator[list[str]]:
    """The words of each name, commas being words of their own."""
    words: list[str] = []
    for word in _words(value):
        if word.lower() != "and":
            words.append(word)
        elif words:
            yield words
            words = []
    if words:
        yield words


def _words(value: str) -> Iterator[str]:
    """What white space and commas part outside of braces."""
    depth = begin = 0
    for mark in _MARK.finditer(value):
        depth = max(0, depth + {"{": 1, "}": -1}.get(mark[0], 0))
        if depth or not (mark["space"] or mark[0] == _COMMA):
            continue
        if begin < mark.start():
            yield value[begin : mark.start()]
        if mark[0] == _COMMA:
            yield _COMMA
        begin = mark.end()
    if begin < len(value):
        yield value[begin:]


def _name(words: list[str]) -> Name | None:
    """The name, or None where it has more commas than a name can have."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == _COMMA:
            parts.append([])
        else:
            parts[-1].append(word)
    if len(parts) > 3:
        return None
    if len(parts) == 1:
        return _group(words) or _in_order(words)
    particle, family = _parted(parts[0])
    suffix = parts[1] if len(parts) == 3 else []
    return _made(family, parts[-1], particle, suffix)


def _group(words: list[str]) -> Name | None:
    if len(words) == 1 and words[0].startswith("{") and _closes_at_end(words[0]):
        return {"literal": latex_to_text(words[0])}
    return None


def _closes_at_end(word: str) -> bool:
    depth = 0
    for mark in _MARK.finditer(word):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.end() == len(word)
    return False


def _in_order(words: list[str]) -> Name:
    """A name without comma: the family is the last word and the particle before it."""
    begin = next((n for n, word in enumerate(words[:-1]) if _is_particle(word)), len(words) - 1)
    particle, family = _parted(words[begin:])
    return _made(family, words[:begin], particle, [])


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """The particle, words that begin small, and the family after it, of one word at least."""
    end = next(
        (n for n, word in enumerate(words) if not _is_particle(word)),
        len(words),
    )
    end = min(end, max(0, len(words) - 1))
    return words[:end], words[end:]


def _is_particle(word: str) -> bool:
    return word[0] != "{" and latex_to_text(word)[:1].islower()


def _made(family: list[str], given: list[str], particle: list[str], suffix: list[str]) -> Name:
    parts = {
        "family": family,
        "given": given,
        "non-dropping-particle": particle,
        "suffix": suffix,
    }
    texts = {part: latex_to_text(" ".join(words)) for part, words in parts.items()}
    return {part: text for part, text in texts.items() if text}
