"""Popping, pricking, cutting and squeezing, done or advised by others than professionals."""

import re
from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.advice import advice, by_professional, denied, lead
from comments.scoring.model import Reason
from comments.scoring.reading import Phrases, Reading, Sentence, fold_short
from comments.scoring.weights import TEXT_MAX

_TARGET: Final = (
    r"(?:it|them|one|ones|mine|hers|his|yours|theirs|ours|those|these|this|that|each|every|all|any"
    r"|both|two|spots?|bumps?|mili(?:a|um)|cysts?|dots?|pearls?|pimples?|whiteheads?|holes?|skin"
    r"|faces?|top|roof|lids?)"
)
_WIDE_TARGET: Final = (
    r"(?:it|them|mine|hers|yours|theirs|spots?|bumps?|mili(?:a|um)|cysts?|dots?|pearls?|pimples?"
    r"|whiteheads?|holes?|skin|faces?|lids?)"
)
_TOOL: Final = (
    r"(?:(?:safety |sewing )?(?:needle|pin)s?|lancets?|razor blades?|blades?|scalpels?|tweezers"
    r"|(?:nail|cuticle) (?:scissors|clippers)|toothpicks?|extractors?|thumbtacks?"
    r"|(?:(?:pocket|kitchen) )?knife|box cutter|syringes?|tattoo needle|fingernails?|razor edge"
    r"|pointed end|blackhead (?:kit|tool))"
)
# Alone they say what is meant.
_PLAIN_ACT: Final = (
    r"pop(?:s|ped|ping)?|prick(?:s|ed|ing)?|pierc(?:e|es|ed|ing)|punctur(?:e|es|ed|ing)"
    r"|lanc(?:e|es|ed|ing)|squeez(?:e|es|ed|ing)|squish(?:es|ed|ing)?|jab(?:s|bed|bing)?"
    r"|burst(?:s|ing)?|slic(?:ed|ing)|pok(?:e|es|ed|ing)|stab(?:s|bed|bing)?|drain(?:s|ed|ing)?"
    r"|extract(?:ed|ing)|(?:slice|extract)(?= (?:it|them|one|each|the|mine)\b)|flick(?:ed|ing)?"
    r"|br(?:eak|oke) the (?:skin|surface)"
)
# These need what they are done to close behind them.
_WIDE_ACT: Final = (
    r"pick(?:s|ed|ing)?|cut(?:s|ting)?|nick(?:s|ed|ing)?|snip(?:s|ped|ping)?"
    r"|scrap(?:e|es|ed|ing)|gouge(?:s|d)?|press(?:es|ed|ing)?"
    r"|push(?:es|ed|ing)?|pluck(?:s|ed|ing)?|pry|pried|dig(?:s|ging)?|dug"
    r"|pull(?:s|ed|ing)?|needl(?:ed|ing)"
)
_NOT_MEANT: Final = (
    r"(?![- ](?:up|in|to|over|round|by|into|down|upon|star|out|of|at|fun"
    r"|around|culture|song|music)\b)"
)
_ACTS: Final = Phrases(
    "blac blad box brea brok burs cut cuti cuts cutt dig digg digs drai dug extr fing flic"
    " goug jab jabb jabs kitc knif lanc nail need nick pick pier pin pins pluc pock poin poke"
    " poki pop popp pops pres pric prie pry pull punc push razo safe scal scra sewi slic snip"
    " sque squi stab syri tatt thum toot twee work",
    rf"(?:(?P<plain>{_PLAIN_ACT})\b{_NOT_MEANT}"
    rf"|(?:{_WIDE_ACT}) (?:[a-z']{{1,12}} ){{0,3}}(?:out|open|off)\b(?! of my)"
    rf"|(?:{_WIDE_ACT}) (?:at |on |out |into )?(?:(?:my|your|the|her|his) )?(?:[a-z]{{1,10}} )?"
    rf"(?:{_WIDE_TARGET})\b(?! (?:up|down|short|hair|diet|daughter|son)\b)"
    r"|work(?:s|ed|ing)? (?:it|them|one|mine|the [a-z]{1,10}) (?:free|loose|out)"
    rf"|press hard"
    rf"|(?P<tool>{_TOOL}))",
)
_TARGET_IN: Final = re.compile(rf"\b{_TARGET}\b")
_TOOL_IN: Final = re.compile(rf"\b{_TOOL}\b")
_USED: Final = re.compile(
    r"\b(?:use[ds]?|using|take|took|taking|grab|try|tried|get|works?|worked|does|takes|with)\b"
)
_NOTES: Final = re.compile(
    r"\b(?:pop|popping|prick|pierce|squeez(?:e|ing)|needles?|cut|cutting|lance|pick|picking|burst"
    r"|blades?|yourself|at home)\b"
)


def popping(reading: Reading) -> Reason | None:
    """Popping, cutting or a needle, done or advised; less if it is asked about."""
    found = advice("popping", reading, _ACTS.find(reading), _counts)
    if found is None:
        return None
    code, spans = found
    if code == "popping_asked":
        return lead(code, _("Asks about popping or cutting."), spans)
    notes = fold_short(reading.submission.safety_notes[:TEXT_MAX])
    if _NOTES.search(notes):
        message = _("Popping or cutting, against the safety notes of this page.")
        return lead("popping_against_notes", message, spans)
    return lead(code, _("Popping or cutting."), spans)


def _counts(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    if not sentence.asks and not _is_meant(reading, sentence, match):
        return False
    if by_professional(reading, sentence, match.start()):
        return False
    return sentence.asks or not denied(reading, sentence, match.start(), match.end())


def _is_meant(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    if match["tool"]:
        return reading.has(sentence, _USED)
    act = match["plain"]
    return (
        act is None
        or act.endswith("ing")
        or reading.has(sentence, _TARGET_IN)
        or reading.has(sentence, _TOOL_IN)
    )
