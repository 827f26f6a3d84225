"""BibTeX, with the fields of BibLaTeX where BibTeX has none.

No value can end its field or begin an entry: what has a meaning in LaTeX is written as a
command, and every value stands on one line in braces that match.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from references.readers.bibtex_dates import FIRST_SEASON, MONTHS
from references.readers.bibtex_tables import (
    DATES,
    FIELDS_BY_TYPE,
    NAMES,
    TEXTS,
    number_variable,
)
from references.text import clean_text

_ENTRY_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "graphic": "artwork",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "movie",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "post": "online",
    "post-weblog": "online",
    "report": "techreport",
    "review": "article",
    "review-book": "article",
    "software": "software",
    "song": "audio",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "online",
}
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_THESES = {"PhD thesis": "phdthesis", "Master's thesis": "mastersthesis"}
# Styles of BibTeX write titles in small letters but for what stands in a second pair of braces.
_TITLES = frozenset({"title", "shorttitle", "booktitle"})

_COMMANDS = str.maketrans(
    {character: f"\\{character}" for character in "%&#_$"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# What LaTeX would set as one sign: dashes, quotation marks, turned marks.
_LIGATURE = re.compile(r"(?<=-)-|(?<=[`!?])`|(?<=')'")
_NOTE = ("note", ("note",))
_ENDS_ADDRESS = re.compile(r"[{}\\\"\s]")
_NO_KEY = re.compile(r"[^\w.:+/-]")


def write(items: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """An entry of each citekey and item, with a blank line behind; the rest is left out."""
    for key, item in items:
        kind = _entry_type(item)
        lines = [f"  {name} = {value},\n" for name, value in _fields(kind, item)]
        yield f"@{kind}{{{_NO_KEY.sub('', key)},\n{''.join(lines)}}}\n\n"


def _entry_type(item: Mapping[str, Any]) -> str:
    kind = item["type"]
    if kind == "thesis":
        return _THESES.get(item.get("genre", ""), "thesis")
    return _ENTRY_TYPES.get(kind, "misc")


def _fields(kind: str, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields in their order, those that hold something."""
    for variable, name in NAMES:
        yield from _field(name, " and ".join(filter(None, map(_name, item.get(variable, ())))))
    yield from _text_field("title", item.get("title", ""))
    yield from _dates(item)
    renamed = FIELDS_BY_TYPE.get(item["type"], {})
    for variable, names in (*TEXTS, (number_variable(item["type"]), ("number",)), _NOTE):
        if variable != "genre" or kind not in _THESES.values():
            yield from _text_field(renamed.get(variable, names[0]), item.get(variable, ""))
    yield from _field("entrysubtype", _SUBTYPES.get(item["type"], ""))
    # Pages are joined by two hyphens, which LaTeX sets as one dash.
    pages = re.sub("-+", "-", item.get("page", ""))
    yield from _field("pages", _encoded(pages).replace("-", "--"))
    for variable, name in (("DOI", "doi"), ("URL", "url")):
        yield from _field(name, _ENDS_ADDRESS.sub(_percent, _line(item.get(variable, ""))))


def _field(name: str, value: str) -> Iterator[tuple[str, str]]:
    if value:
        yield name, f"{{{value}}}"


def _text_field(name: str, text: str) -> Iterator[tuple[str, str]]:
    value = _encoded(text)
    yield from _field(name, f"{{{value}}}" if value and name in _TITLES else value)


def _dates(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    issued = item.get("issued", {})
    days = issued.get("date-parts", [])
    if len(days) == 1 and not issued.keys() & {"season", "circa"}:
        for name, part in zip(("year", "month", "day"), days[0], strict=False):
            yield name, MONTHS[part - 1] if name == "month" else f"{{{part}}}"
    elif days:
        yield from _field("date", _date(issued))
        yield from _field("year", str(days[0][0]))
    else:
        yield from _field("year", _date(issued))
    for variable, names in DATES:
        yield from _field(names[0], _date(item.get(variable, {})))


def _date(date: Mapping[str, Any]) -> str:
    """The date as BibLaTeX writes it, or its words."""
    days = [list(day) for day in date.get("date-parts", [])]
    season = str(date.get("season", ""))
    if not days:
        return _encoded(date.get("literal") or date.get("raw") or "")
    if len(days[0]) == 1 and season in {"1", "2", "3", "4"}:
        days[0].append(FIRST_SEASON - 1 + int(season))
    circa = "~" if date.get("circa") else ""
    return "/".join("-".join(f"{part:02}" for part in day) + circa for day in days)


def _name(name: Mapping[str, Any]) -> str:
    """The name as “von Family, Jr, Given”; one of a group, or of one part, in braces."""
    given, suffix, family = (_line(name.get(part, "")) for part in ("given", "suffix", "family"))
    whole = _line(name.get("literal", "")) or ("" if given or suffix else family)
    particles = (name.get(f"{kind}dropping-particle", "") for kind in ("", "non-"))
    particle = _line(" ".join(particles))
    if whole and not particle:
        is_bare = "literal" not in name and " " not in whole and whole.lower() != "others"
        return _part(whole) if is_bare else f"{{{_encoded(whole)}}}"
    if not all(word[:1].islower() for word in particle.split()):
        particle, family = "", f"{particle} {family}"
    parts = [f"{particle} {_family(family)}".strip()]
    parts += [_part(suffix)] if suffix else []
    parts += [_part(given) or "{}"] if given or suffix or particle else []
    return ", ".join(parts)


def _family(family: str) -> str:
    """The family so that none of its words is taken for a particle."""
    small = family[:1].islower() and " " in family
    return f"{{{_encoded(family)}}}" if small else _part(family) or "{}"


def _part(text: str) -> str:
    """The part of a name, in braces where a comma or an “and” would end it."""
    ends = "," in text or "and" in text.lower().split()
    return f"{{{_encoded(text)}}}" if ends else _encoded(text)


def _encoded(text: str) -> str:
    return _LIGATURE.sub(r"{}\g<0>", _line(text).translate(_COMMANDS))


def _line(text: str) -> str:
    return clean_text(text, single_line=True)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
