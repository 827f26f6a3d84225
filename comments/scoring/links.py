"""Links: how many, through shorteners, or written so that no filter sees them."""

import re
from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.model import Reason, Span
from comments.scoring.reading import Reading, fold_short
from comments.scoring.weights import LINKS_COUNTED, SPANS_MAX, WEIGHTS

_SCHEME: Final = re.compile(r"(?:https?:/{1,3}|www\.)[^\s<>\"'\])]{2,300}")
_ENDING: Final = re.compile(
    r"\.(?:(?:com|net|org|info|biz|ru|cn|xyz|top|shop|online|site|club|vip|win|bet|casino|loan"
    r"|click|link|example|uk|gov|int)(?![\w@.-])|[a-z]{2,20}/)"
)
_REST: Final = re.compile(r"[^\s<>\"'\])]{0,200}")
_SHORTENERS: Final = re.compile(
    r"(?:https?:/{1,3})?(?:www\.)?(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly"
    r"|cutt\.ly|rb\.gy|shorturl\.at|rebrand\.ly|t\.ly|tiny\.cc|adf\.ly|bl\.ink|v\.gd|qr\.ae"
    r"|lnkd\.in|wa\.me|t\.me)/"
)
# Where readers who name their source link to.
_SOURCES: Final = re.compile(
    r"(?:https?:/{1,3})?(?:(?:www|dx|pubmed|pmc|en)\.|(?:[a-z]{2,12}\.){1,3}(?=nih\.gov))?"
    r"(?:doi\.org|nih\.gov|who\.int|nhs\.uk|cochranelibrary\.com|dermnetnz\.org|wikipedia\.org)"
    r"(?:/|$|\s)"
)
_SUBJECT: Final = re.compile(
    r"mili(?:a|um)|skin|spots?\b|bumps?\b|doctor|derm|eye|face|cheek|nose\b|lid\b|acne|cream|laser"
    r"|treatment|clinic|nurse|bab(?:y|ies)|newborn|needle|scar|peel|retino|patient|study|evidence"
    r"|symptom|health|medic|haut|augen|arzt|peau|visage|médecin|piel|кож|врач|лиц"
)
_NOT_IN_ADDRESS: Final = re.compile(r"[\s<>\"'()\[\]?,;]")
_HOST_MAX: Final = 80
_AFTER_AT: Final = re.compile(r"(?:@|\bat)[ )\]}>]{0,2}$")
_AT_MAX: Final = 5
_HIDDEN: Final = re.compile(
    r"hxxps?\b|h ?t ?t ?p ?s? ?: ?/ ?/ |[\[(][.\n][\])]|[\[({]dot[\])}]"
    r"| dot (?:com|net|org|info|shop|ru|xyz)\b| [.\n] ?(?:com|net|org|ru|xyz)\b"
    r"|w w w ?[.\n] ?[a-z0-9]|\[(?:url|link)\b|<a[ \n]{1,3}href"
)
# One of these stands in whatever the expression finds; looking for them is quicker.
_TRACES: Final = tuple(
    "hxxp|/ |[.|[\n|(.|(\n| dot |dot)|dot]|dot}| .| \n|w w w|[url|[link|<a".split("|")
)


def links(reading: Reading) -> Reason | None:
    """Links in the text; those through shorteners count more."""
    spans = _found(reading.folded)
    if not spans:
        return None
    sources = sum(bool(_SOURCES.match(reading.folded, *span)) for span in spans)
    short = sum(bool(_SHORTENERS.match(reading.folded, *span)) for span in spans)
    points = (
        min(len(spans) - sources, LINKS_COUNTED) * WEIGHTS["links"].spam
        + min(sources, LINKS_COUNTED) * WEIGHTS["links_source"].spam
        + min(short, LINKS_COUNTED) * WEIGHTS["links_short"].spam
    )
    message = _("Links: %(number)d.") % {"number": len(spans)}
    return Reason("links", points, message, tuple(reading.span(*span) for span in spans))


def links_hidden(reading: Reading) -> Reason | None:
    """Links that were hidden from filters, or written in the markup of other systems."""
    spans: list[Span] = []
    if any(trace in reading.folded for trace in _TRACES):
        spans += reading.spans(_HIDDEN.finditer(reading.folded))
    if not reading.text.isascii():
        found = [reading.span(*span) for span in _found(reading.folded)]
        spans += [span for span in found if not reading.text[slice(*span)].isascii()]
    if not spans:
        return None
    message = _("Links written in a hidden way.")
    return Reason("links_hidden", WEIGHTS["links_hidden"].spam, message, tuple(sorted(spans)))


def links_stray(reading: Reading) -> Reason | None:
    """A link in a text without one word on health: off the subject of every page here."""
    spans = [span for span in _found(reading.folded) if not _SOURCES.match(reading.folded, *span)]
    if not spans or _SUBJECT.search(reading.folded):
        return None
    message = _("A link, and not a word on the subject.")
    found = tuple(reading.span(*span) for span in spans)
    return Reason("links_stray", WEIGHTS["links_stray"].spam, message, found)


def links_in_name(reading: Reading) -> Reason | None:
    """A link where the name stands."""
    if not _found(fold_short(reading.name)):
        return None
    message = _("A link in place of a name.")
    return Reason("links_in_name", WEIGHTS["links_in_name"].spam, message)


def _found(folded: str) -> list[tuple[int, int]]:
    """Where links stand, in order, the first few of them; e-mail addresses are none."""
    found = {match.start(): match.end() for match in _SCHEME.finditer(folded)}
    reached = 0
    for match in _ENDING.finditer(folded):
        if match.start() < reached:
            continue
        before = folded[max(reached, match.start() - _HOST_MAX) : match.start()]
        host = _NOT_IN_ADDRESS.split(before)[-1]
        start = match.start() - len(host)
        address = "@" in host or _AFTER_AT.search(folded, max(0, start - _AT_MAX), start)
        rest = _REST.match(folded, match.end() - 1)
        if host and not address and rest:
            found.setdefault(start, rest.end())
            reached = rest.end()
            if len(found) >= SPANS_MAX:
                break
    return sorted(found.items())[:SPANS_MAX]
