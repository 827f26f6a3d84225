"""Claims: sentences that state something about health, and whether they name their source.

A claim is a sentence that cites, or one that has a number, a word of safety, a comparison, a verb
of effect, or speaks of studies. What stands in a callout of common advice is none: it says that it
has no source. The words are English; on a site in another language only sentences that cite count.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from django.utils.translation import gettext as _

from publishing.checks.language import english
from publishing.checks.model import Draft, Finding, Level
from publishing.checks.said import Said, said_in
from publishing.content import PageContent
from publishing.markdown import Fragment

_UNIT = r"(?:mg|µg|μg|mcg|ml|iu|units?|mmol|j/cm[²2]|mg/kg|mg/ml|milligrams?|micrograms?)"
_SUBSTANCE = (
    r"(?:cream|gel|ointment|lotion|solution|peel|foam|serum|wash|shampoo|paste|spray|acid|"
    r"peroxide|retinoid|tretinoin|adapalene|tazarotene|isotretinoin|lidocaine|hydroquinone|"
    r"strength|concentration)"
)
_NUMBER = r"\d+(?:[.,]\d+)?"
_RANGE = rf"{_NUMBER}\s?%?(?:\s?(?:to|–|-)\s?{_NUMBER})?"
# 0.05 mg; 0.05% tretinoin; a cream with 0.05% of it. A share of people, such as 40%, is no dose.
_DOSE = re.compile(
    rf"(?<![\w.]){_RANGE}\s?{_UNIT}\b"
    rf"|(?<![\w.]){_RANGE}\s?%\s(?:[\w-]+\s){{0,2}}{_SUBSTANCE}s?\b"
    rf"|\b{_SUBSTANCE}s?\s(?:[\w-]+\s){{0,3}}\(?{_RANGE}\s?%",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b\d+\b"
    r"|\b(?:safe(?:ly|r|st|ty)?|unsafe|risks?|risky|harm(?:s|ful|less)?|danger(?:s|ous)?"
    r"|side effects?|infections?|allerg\w+|scar(?:s|ring)?|bleed(?:s|ing)?|poison\w*)\b"
    r"|\b(?:better|worse|best|worst|least|most)\b|\b(?:more|less|fewer)\b[^.;]*\bthan\b"
    r"|\b\w{3,}er than\b|\bas \w+ as\b"
    r"|\b(?:cures?|cured|clears?|cleared|heals?|healed|treats|prevents?|prevented|reduces?|reduced"
    r"|improves?|improved|removes|works|worked|effective(?:ly)?|relieves?)\b"
    r"|\b(?:studies|trials?|research|evidence|experts?|doctors)\s"
    r"(?:show|shows|suggest|suggests|find|finds|found|prove|proves|say|says)\b",
    re.IGNORECASE,
)

# What says that nothing is known claims nothing.
_UNKNOWN = re.compile(
    r"\b(?:we|nobody|no one)\s(?:do not|don['’]t|did not)?\s?knows?\b|\b(?:is|are) not known\b"
    r"|\bunknown\b|\bwe found no\b",
    re.IGNORECASE,
)


def is_claim(sentence: Said) -> bool:
    """Whether a sentence is a claim, as the module says it."""
    if sentence.advice:
        return False
    if sentence.cites or not english():
        return sentence.cites
    return bool(_CLAIM.search(sentence.text)) and not _UNKNOWN.search(sentence.text)


class Counted(NamedTuple):
    """Claims of a document that name their source, all its claims, and its sentences of advice."""

    cited: int
    every: int
    advice: int


def count(content: PageContent, fragments: Mapping[str, Fragment]) -> Counted:
    """How many claims of a document name their source; beside them, what says that it has none."""
    said = [
        sentence
        for block in content.markdown_blocks()
        if block.name in fragments
        for sentence in said_in(block, fragments[block.name])
    ]
    claims = [sentence.cites for sentence in said if is_claim(sentence)]
    claims += [bool(bare.citekeys) for bare in content.bare_citations() if bare.sentence]
    return Counted(sum(claims), len(claims), sum(sentence.advice for sentence in said))


def uncited_doses(draft: Draft) -> Iterator[Finding]:
    """Doses and concentrations without a citation in their sentence or the next."""
    for sentence, after in zip_longest(draft.said, draft.said[1:]):
        dose = _DOSE.search(sentence.text)
        near = after is not None and after.place == sentence.place and after.cites
        if dose and not sentence.cites and not near:
            message = _(
                "The dose “%(dose)s” has no source. Cite one in this sentence or the next, or take "
                "the dose out."
            )
            yield Finding(
                code="uncited-dose",
                level=Level.BLOCK,
                message=message % {"dose": dose[0]},
                place=sentence.place,
                line=sentence.line,
                quote=sentence.text,
            )


def uncited_claims(draft: Draft) -> Iterator[Finding]:
    """Claims without a citation. Their doses are the matter of a rule of its own."""
    for sentence in draft.said:
        if is_claim(sentence) and not sentence.cites and not _DOSE.search(sentence.text):
            yield Finding(
                code="uncited-claim",
                level=Level.WARN,
                message=_("This claim names no source. Cite one, or mark it as common advice."),
                place=sentence.place,
                line=sentence.line,
                quote=sentence.text,
            )
