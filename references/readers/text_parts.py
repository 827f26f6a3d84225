"""The parts of a reference in text: identifiers, names, title and journal."""

import re
from typing import Any, NamedTuple

DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:?\s*(?:https?://(?:dx\.)?doi\.org/)?)\s*"
    r"(?P<doi>10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+)",
    re.IGNORECASE,
)
PMID = re.compile(r"(?:PubMed\s+)?(?:PMID|Medline):?\s*(?P<pmid>\d{1,9})\b", re.IGNORECASE)
PMCID = re.compile(
    r"(?:PubMed Central\s+)?PMCID:?\s*(?:PMC)??(?P<pmcid>PMC\d{1,10})", re.IGNORECASE
)
URL = re.compile(r"(?:Available (?:from|at):?\s*)?(?P<url>https?://[^\s<>\"]+)", re.IGNORECASE)
NOTICE = re.compile(
    r"\s*\[(?P<phrase>[^\[\]]{0,40}?(?:appears?|retracted|corrected)[^\[\]]{0,400})\]"
)
# What stands behind pages and tells nothing that a variable holds.
REST = re.compile(
    r"(?<=[.;])\s*(?:Epub|eCollection|Available (?:from|at)|PubMed Central|PubMed PMID|discussion)"
    r"\b.*$",
    re.IGNORECASE,
)
SUFFIX = r"(?:\s+(?P<suffix>Jr|Sr|2nd|3rd|II|III|IV)\.?)?"
CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ]"
INITIALS = rf"(?P<given>{CAPITAL}(?:[a-z]?{CAPITAL}|[.\-]|\s{CAPITAL}\.){{0,7}}\.?)"
PERSON = re.compile(rf"(?P<family>[^\W\d_][^,;:\d]{{0,60}}?)\s+{INITIALS}{SUFFIX}")
TURNED = re.compile(rf"(?P<family>[^\W\d_][^,;:\d]{{0,60}}?),\s+{INITIALS}{SUFFIX}")
ET_AL = re.compile(r",?\s*(?:and\s+|&\s+)?(?:et\.?\s+al|and others)\.?$", re.IGNORECASE)
ET_AL_LENGTH = 20  # characters at the end of a list of names in which “et al” is looked for
NOT_A_NAME = re.compile(r"\b(?:of|the|in|for|a|an|with|from|on|to|by|is|are)\b")
QUOTES = '"“”„«»'
# A boundary between sentences; not one behind a single letter or within an abbreviated name.
END = re.compile(r"(?<=[.?!])\s+|(?<=[.?!][\"”’)])\s+")
QUOTED = re.compile(r"[\"“„«](?P<title>[^\"“”»]{3,1000})[\"“”»]\s*")
ABBREVIATED = re.compile(r"(?:[A-Z][A-Za-z]{0,8}\.\s?){2,}[A-Za-z]*$")


class Names(NamedTuple):
    """People or groups as CSL names."""

    people: list[dict[str, str]]
    et_al: bool


def take_identifiers(text: str) -> tuple[dict[str, Any], str]:
    """DOI, PMID, PMCID, address and notices as variables, and the text without them."""
    item: dict[str, Any] = {}
    notices = []
    while found := NOTICE.search(text):
        kind = "retraction" if "retract" in found["phrase"].lower() else "correction"
        where = re.sub(r"^.*?(?:appears? in|in)[:\s]+", "", found["phrase"])
        notices.append({"type": kind, "citation": where})
        text = text[: found.start()] + text[found.end() :]
    if notices:
        item["custom"] = {"notices": notices}
    cut = len(text)
    for variable, pattern, group in (
        ("DOI", DOI, "doi"),
        ("PMCID", PMCID, "pmcid"),
        ("PMID", PMID, "pmid"),
        ("URL", URL, "url"),
    ):
        for found in pattern.finditer(text):
            if variable == "URL" and "doi.org/" in found["url"]:
                continue
            item[variable] = _trimmed(found[group])
            cut = min(cut, found.start())
    tail = text[cut:]
    text = REST.sub("", text[:cut].rstrip(" ,;"))
    for pattern in (DOI, PMCID, PMID, URL):
        tail = pattern.sub("", tail)
    if "DOI" in item:
        item.pop("URL", None)
    # Words such as “Accessed …” may stand between or behind the identifiers.
    return item, f"{text} {tail.strip(' .,;')}".strip()


def _trimmed(value: str) -> str:
    """Without punctuation behind it; a bracket goes unless it was opened within."""
    value = value.rstrip(".,;:'\"")
    while value.endswith((")", "]")) and value.count("(") < value.count(")"):
        value = value[:-1].rstrip(".,;")
    return value


def names_of(text: str) -> Names | None:
    """The names of a list “Family AB, Family CD, et al”; None if it is no such list."""
    text = text.strip().rstrip(".")
    et_al = ET_AL.search(text, max(0, len(text) - ET_AL_LENGTH))
    if et_al:
        text = text[: et_al.start()].rstrip(" ,;")
    separator = ";" if ";" in text else ","
    parts = [re.sub(r"^(?:and|&)\s+", "", part.strip()) for part in text.split(separator)]
    if "and" in text or "&" in text:
        parts = [piece for part in parts for piece in re.split(r"\s+(?:and|&)\s+", part)]
    people = [_person(part) for part in parts if part]
    if separator == "," and not all(people):
        people = _turned(parts)
    known = [person for person in people if person]
    return Names(known, et_al is not None) if known and len(known) == len(people) else None


def _person(text: str) -> dict[str, str] | None:
    found = PERSON.fullmatch(text) or TURNED.fullmatch(text)
    if not found or NOT_A_NAME.search(found["family"]):
        return None
    person = {"family": found["family"], "given": found["given"].strip()}
    if found["suffix"]:
        person["suffix"] = found["suffix"]
    return person


def _turned(parts: list[str]) -> list[dict[str, str] | None]:
    """Names whose initials stand behind a comma: “Smith, J. B., Jones, C.”."""
    if len(parts) % 2:
        return [None]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [_person(f"{family}, {given}") for family, given in pairs]


def without_quotes(title: str) -> str:
    """The title without quotation marks around it and without its full stop."""
    title = title.strip().rstrip(" .")
    if title[:1] in QUOTES and title[-1:] in QUOTES:
        title = title[1:-1].rstrip(" .")
    return title


def split_title_and_journal(text: str) -> tuple[str, str]:
    """Title and journal: the journal is the last sentence, or a run of abbreviated words."""
    text = text.strip().rstrip(" .,;")
    if quoted := QUOTED.match(text):
        return quoted["title"], text[quoted.end() :]
    ends = list(END.finditer(text))
    if not ends:
        return text, ""
    if abbreviated := ABBREVIATED.search(text):
        before = [found for found in ends if found.end() <= abbreviated.start()]
        if before and before[-1].end() == abbreviated.start():
            return text[: before[-1].start()], text[before[-1].end() :]
    return text[: ends[-1].start()], text[ends[-1].end() :]
