"""Names of people and groups as AMA prints them: "Kurokawa I, De Wet J, Klimo PD Jr"."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Name = Mapping[str, Any]

MOST_NAMES = 6  # AMA 11th, 3.7: with more than six, the first three and "et al"
NAMES_BEFORE_ET_AL = 3
MOST_INITIALS = 3  # a longer word in capitals is a name that somebody shouted
MOST_INITIALS_SHOUTED = 2  # where the family name is all in capitals, "JIE" is a name too
MOST_ABBREVIATED = 2  # "Md.", "Yu.", "Kh."

# A given name and the stop behind it; hyphens separate names that are joined ("Jean-Paul").
_GIVEN = re.compile(r"([^\s.\-‐‑–]+)(\.?)")


def initials(given: str, *, most: int = MOST_INITIALS) -> str:
    """The initials of given names: "Jean-Paul" JP, "Wei" W, "AB" AB, "C. Titus" CT.

    A word of at most `most` capitals counts as initials already, and so does a short abbreviation
    ("Yu. V." YuV). Small words after the first are particles and stay whole ("A. de G." A de G).
    Names in a script without capitals have no initials and stay whole too.
    """
    groups = [""]
    for word, stop in _GIVEN.findall(given):
        if word.islower() and groups[-1]:
            groups += [word, ""]
        elif _is_initials(word, most) or (stop and len(word) <= MOST_ABBREVIATED):
            groups[-1] += word
        else:
            groups[-1] += word[0].upper()
    return " ".join(filter(None, groups))


def _is_initials(word: str, most: int) -> bool:
    caseless = word.upper() == word.lower()
    return caseless or (word.isupper() and len(word) <= most)


def person(name: Name) -> str:
    """One name: family name first, initials without stops, suffix without a stop."""
    literal = str(name.get("literal") or "").strip()
    family = str(name.get("family") or "").strip()
    given = str(name.get("given") or "").strip()
    if literal or not family:
        return literal or given
    family_parts = [str(name.get("non-dropping-particle") or ""), family]
    most = MOST_INITIALS_SHOUTED if family.isupper() else MOST_INITIALS
    given_parts = [initials(given, most=most), str(name.get("dropping-particle") or "")]
    suffix = str(name.get("suffix") or "").rstrip(".")
    return " ".join(part for part in [*family_parts, *given_parts, suffix] if part)


def name_list(names: Sequence[Name]) -> str:
    """Up to six names, or the first three and "et al", with commas between them."""
    if len(names) > MOST_NAMES:
        return ", ".join([*map(person, names[:NAMES_BEFORE_ET_AL]), "et al"])
    return ", ".join(map(person, names))


def editors(names: Sequence[Name]) -> str:
    """Editors with their label: "Cortes C, Lawrence ND, eds" or "Prlic A, ed"."""
    if not names:
        return ""
    return f"{name_list(names)}, {'eds' if len(names) > 1 else 'ed'}"
