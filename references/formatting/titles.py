"""Capitals, quotation marks and page ranges as AMA prints them."""

import re

# Words that stay small inside a title (AMA 11th, 10.2; the list is that of citeproc-js, so that
# our entries agree with the reference managers that editors know).
_SMALL_WORDS = """
    a about above across afore after against al along alongside amid amidst among amongst an and
    anenst apropos apud around as aside astride at athwart atop barring before behind below beneath
    beside besides between beyond but by c ca circa d' de despite down during et except for
    forenenst from given in inside into lest like modulo near next nor notwithstanding of off on
    onto or out over per plus pro qua sans since so than the through throughout thru thruout till
    to toward towards under underneath until unto up upon v v. van versus via vis-à-vis von vs vs.
    with within without yet
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"<[^<>]*>|[^\s\-‐‑–—/:<>]+|[\s\-‐‑–—/:<>]")
_VERSION = re.compile(r"v\d")
_FIRST_LETTER = re.compile(r"\A[\"'“‘(\[{¿¡]*[^\W\d_]")
_OPENING = re.compile(r"(^|[\s(\[{—–\-/])\"")
_PAGES = re.compile(r"([A-Za-z]*)(\d+)\s*[-‐‑–—]\s*([A-Za-z]*)(\d+)(?=$|[,;\s])")


def title_case(text: str) -> str:
    """The title of a book or report with capitals for all but the small words.

    Words that already hold a capital are left alone ("cuDNN"); the first word, the last one, and
    the first after a colon always get one.
    """
    tokens = _WORD.findall(text)
    words = [index for index, token in enumerate(tokens) if _is_word(token)]
    last = words[-1] if words else -1
    starts = True
    for index in words:
        token = tokens[index]
        small = token.lower().strip("\"'“”‘’(),.;?!") in SMALL_WORDS
        if token.islower() and (starts or index == last or not small):
            tokens[index] = _capitalised(token)
        starts = token.endswith(("?", "!", ".")) or ":" in tokens[index + 1 : index + 2]
    return "".join(tokens)


def _is_word(token: str) -> bool:
    return token[0] not in "<>-‐‑–—/:" and not token.isspace()


def _capitalised(token: str) -> str:
    """The word with a capital; numbers ("28th") and versions ("v1.0.4") keep their form."""
    if _VERSION.match(token):
        return token
    return _FIRST_LETTER.sub(lambda match: match.group().upper(), token)


def curly(text: str) -> str:
    """Straight quotation marks and apostrophes made typographic; a prime after a digit stays."""
    if '"' not in text and "'" not in text:
        return text
    text = _OPENING.sub(r"\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(\[{“—–])'(?=\w)", r"\1‘", text)
    return text.replace("'", "’")


def pages(text: str) -> str:
    """Page ranges in full with hyphens: "1234–45" becomes "1234-1245"."""
    return re.sub(r"\s*[‐‑–—]\s*", "-", _PAGES.sub(_full_range, text))


def _full_range(match: re.Match[str]) -> str:
    prefix, first, prefix_again, last = match.groups()
    if len(last) < len(first) and prefix_again in {"", prefix}:
        last = first[: len(first) - len(last)] + last
        prefix_again = prefix
    return f"{prefix}{first}-{prefix_again}{last}"
