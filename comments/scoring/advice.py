"""What several medical signals ask of a sentence: is it a question, does it say no, who acts?"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from comments.scoring.model import Reason, Span
from comments.scoring.reading import Reading, Sentence
from comments.scoring.weights import SPANS_MAX, WEIGHTS

PROFESSIONAL: Final = (
    r"(?:doctors?|dr|doc|derm(?:s|atologists?|atology)?|nurses?|gp|surgeons?|clinics?|clinicians?"
    r"|hospitals?|(?:a?esthetici|beautici|optici|physici)ans?|facialists?|ophthalmologists?"
    r"|specialists?|consultants?|practitioners?|pa?ediatricians?|midwi(?:fe|ves)|health visitors?"
    r"|professionals?|professionally)"
)
_NO: Final = re.compile(
    r"\b(?:not|never|no|nobody|no[- ]one|none|neither|nor|without|(?:do|does|did|wo|would|should"
    r"|must|ca|could|is|are|was|were|had|need)n'?t|cannot|avoid(?:s|ed|ing)?|resist(?:s|ed|ing)?"
    r"|instead of|rather than|stop|stopped|refrain|against|warn(?:s|ed|ing)?|tempted|temptation"
    r"|urge|scared|afraid|fear|forbid(?:s|den)?|hands off)\b"
)
# Words of denial that deny nothing that counts here.
_NO_DENIAL: Final = re.compile(
    r"\b(?:not only|why not|(?:don'?t|do not|never) (?:wait|worry|hesitate|bother|mind|listen"
    r"|waste|be (?:afraid|scared|shy|silly))|no (?:need|problems?|big deal|harm|risk|reason|pain"
    r"|scar|more)|(?:not|isn'?t|aren'?t) (?:that |so |very |really |too |at all )?(?:hard"
    r"|difficult|bad|dangerous|painful|a (?:problem|big deal))|never (?:had )?(?:a |any )?problems?"
    r"|(?:don'?t|do not|doesn'?t|didn'?t) (?:need|have to|even need|feel|hurt)"
    r"|without (?:any |a )?(?:problems?|pain|trouble|doctors?|scars?|leaving)"
    r"|nothing (?:bad|happened)|can'?t go wrong)\b"
)
_NEW_CLAUSE: Final = re.compile(
    r"[;:]|\b(?:but|then|so|however|although|because|until|unless"
    r"|and (?:i|you|we|it|then|just|go))\b"
    r"|, ?(?:just|simply|i|you|we|go|take|use|they|pop|squeeze|prick|pick)\b(?! ?,)"
)
_DENIED_LATER: Final = re.compile(
    r"\b(?:bad idea|big mistake|mistake|regret(?:ted|s)?|never again|infected|infection"
    r"|(?:makes?|made) (?:it|them|things|everything) (?:all )?worse|leaves? (?:a )?scars?"
    r"|left (?:me )?(?:with )?(?:a )?scars?"
    r"|ha(?:ve|d|s) (?:the|a|my) (?:scar|dent|mark)|is (?:dangerous|stupid|never))\b"
)
_SCARS: Final = re.compile(r"\b(?:with|get|got|getting|for the|because of the) scars\b")
_BY_PROFESSIONAL: Final = re.compile(
    rf"\b(?:by|at|from|with|see|saw|to) (?:an? |my |the |our |your )?(?:\w{{1,15}} )?"
    rf"{PROFESSIONAL}\b|\bprofessionally\b"
)
_PROFESSIONAL: Final = re.compile(rf"\b{PROFESSIONAL}\b")
_PASSED_OVER: Final = re.compile(
    rf"\b(?:no(?: need (?:for|of|to see))?|without|forget|skip|whatever|if|instead of"
    rf"|(?:don'?t|do not|didn'?t) need|cheaper than|better than|more than|than any|never mind"
    rf"|why pay|not) (?:\w{{1,12}} ){{0,3}}"
    rf"{PROFESSIONAL}\b"
)
_ONESELF: Final = re.compile(
    r"\b(?:myself|yourself|ourselves|themselves|at home"
    r"|(?:on|by) (?:my|your|our) own|kitchen|diy)\b"
)
_BEFORE: Final = 70  # characters before the act in which a denial is looked for
_BEHIND: Final = 70


def denied(
    reading: Reading, sentence: Sentence, start: int, end: int, *, later: bool = True
) -> bool:
    """Whether the sentence says not to do, or not to have done, what stands from start to end.

    With `later`, a denial behind it counts too: "… is a bad idea".
    """
    before = reading.folded[max(sentence.start, start - _BEFORE) : start]
    before = _NO_DENIAL.sub("", before)
    for border in _NEW_CLAUSE.finditer(before):
        before = " " * border.end() + before[border.end() :]
    if _NO.search(before) or (later and reading.has(sentence, _SCARS)):
        return True
    return later and bool(
        _DENIED_LATER.search(reading.folded, end, min(sentence.end, end + _BEHIND))
    )


def by_professional(
    reading: Reading, sentence: Sentence, start: int, *, behind: bool = True
) -> bool:
    """Whether somebody whose work it is did it: "the nurse …", or behind the act "… by a nurse"."""
    if reading.has(sentence, _ONESELF) or reading.has(sentence, _PASSED_OVER):
        return False
    named = reading.first(sentence, _PROFESSIONAL)
    return 0 <= named < start or (behind and reading.has(sentence, _BY_PROFESSIONAL))


Counts = Callable[[Reading, Sentence, re.Match[str]], bool]


def advice(
    code: str, reading: Reading, found: Iterable[re.Match[str]], counts: Counts
) -> tuple[str, tuple[Span, ...]] | None:
    """The code, with `_asked` if all that counts is asked, and the stretches that count."""
    said: list[Span] = []
    asked: list[Span] = []
    for match in found:
        sentence = reading.sentence(match.start())
        if counts(reading, sentence, match):
            (asked if sentence.asks else said).append(reading.span(*match.span()))
    if not said and not asked:
        return None
    return (code if said else f"{code}_asked"), tuple(sorted((*said, *asked))[:SPANS_MAX])


def lead(code: str, message: str, spans: tuple[Span, ...]) -> Reason:
    """The reason of a signal that leads the moderator's eye."""
    return Reason(code, WEIGHTS[code].priority, message, spans)
