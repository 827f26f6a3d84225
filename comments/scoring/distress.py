"""Words of self-harm: better one time too often than one time too few."""

from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.advice import lead
from comments.scoring.model import Reason
from comments.scoring.reading import Phrases, Reading

_WANT: Final = r"(?:want(?:ed)? to|wanna|going to|gonna|thinking (?:of|about)|tempted to|ready to)"
_SELF: Final = r"(?:myself|my self|yourself|urself|himself|herself|themselves)"
# No denial counts here: "I am not suicidal, but" is read by a person too.
_WORDS: Final = Phrases(
    "a abou any been bett bite blea burn can cann cant coul cut cuti cuts cutt dese didn disa"
    " do don dont dran drin drow easi end ende endi feel give go goin gonn good got hang happ"
    " harm hate have hit hiti hits hitt hope hurt if isn jump just keep kept kill kms kys life"
    " much no nobo not noth over pray rath read reli save scra see self sick slee slit star"
    " stop suic swal take taki temp the thin thou thro tire took unal wann want will wish won"
    " worl",
    rf"(?:suicid(?:e|al)|kys|kms|unalive|self[- ]?harm(?:s|ed|ing)?"
    rf"|(?:kill(?:ed|ing)?|hang(?:ed|ing)?|harm(?:ed|ing)?|drown(?:ing)?) {_SELF}"
    rf"|(?:hurt|burn|cut)(?:ting|ing)? {_SELF} (?:on purpose|again|every|since|because"
    r"|when|to feel)"
    r"|(?:been|started|keep|kept|stop|thinking of|thinking about|feel like) (?:cutting|hurting"
    r"|burning) myself"
    r"|(?:cut|cuts|cutting|slit|slitting) (?:my|his|her|their) (?:own )?(?:wrists?|arms?|legs?"
    r"|thighs?)(?! (?:shaving|hair|on (?:a|the)|with the|while|off))"
    r"|burn(?:ing)? my (?:arms?|legs?) (?:so|to|because)"
    rf"|{_WANT} (?:die|be dead|end (?:it all|it|my life|things)\b(?! early)|disappear|kill me"
    r"|not (?:exist|wake up)|never wake)"
    r"|(?:end(?:ing|ed)?|take|taking|took|taken) (?:my|your|his|her|their) (?:own )?li(?:fe|ves)"
    r"|(?:want|wants|going|gonna|about|ready|thought of|thinking of|thinking about) (?:to )?"
    r"end(?:ing)? it(?! (?:early|there))"
    r"|(?:happier|better|easier|relieved) (?:off )?(?:if i (?:was|were|am|wasn't|weren't)"
    r" (?:gone|dead|here|around|not)|without me)|if i (?:was|were) (?:gone|dead|no longer here)"
    r"|(?:no|any|the|much) point (?:of|in|to) (?:being (?:alive|here)|living|life|going on"
    r"|carrying on|all this)|(?:drink|drank|swallow(?:ed)?) (?:bleach|poison|all (?:my|the|her"
    r"|his) (?:pills|tablets))|(?:hope (?:you|i|u)|just|deserve to|could just|bleach and) die"
    r"|(?:wish|wished|hope|pray|prayed) (?:that )?i (?:wouldn't|won't|don't|didn't|would not)"
    r" (?:wake|exist|live)|life (?:is|has become) (?:over|meaningless|pointless|unbearable)"
    r"|can(?:'t|not) (?:cope any ?more|live like this|bear (?:to live|life|another day))"
    r"|(?:don't|do not) want to (?:carry on|continue living)|starv(?:e|ing) myself|hate myself"
    r"|(?:a burden (?:to|on|for) (?:everyone|everybody|my|them))"
    r"|(?:want|wish|wanted) (?:it|everything) (?:all )?to (?:end|be over)|end it all|(?:wish"
    r"|wished) (?:that )?(?:i|she|he) (?:was|were) (?:dead|never born)"
    r"|wish i had never (?:been born|woken)|(?:easier|better) if i (?:was|were) (?:dead|gone)"
    r"|better off (?:dead|without me)"
    r"|(?:not|don't|dont|do not|didn't) (?:want|wanna|wish) (?:to )?(?:live|be alive|be here"
    r"|exist|go on|wake up)(?! (?:near|in|there|with my|at|next|on)\b)"
    r"|no (?:reason|point) (?:to live|to go on|in living|in going on|left to live)(?! in fear)"
    r"|(?:not|isn't|no longer) worth living|life is(?:n't| not) worth"
    r"|(?:won't|will not|don't|not) wake up|overdos(?:e|ed|ing)|can(?:'t|not|t) go on(?! \w)"
    r"|can(?:'t|not|t) (?:take|do) (?:it|this) any ?more|see no way out|nothing to live for"
    r"|rather (?:be dead|die|not (?:be here|exist|wake))|better (?:not to|never to|if i didn't)"
    r" (?:wake|exist|be here|have been born)|(?:nobody|no one|no-one) would (?:miss me|care if i"
    r"|notice if i)|world (?:would be )?(?:better )?without me|(?:got|have|saved) (?:the|my|enough)"
    r" pills (?:here|ready|saved|for it)|sleep and (?:never|not) wake|(?:wish i (?:wasn't|weren't"
    r"|was not)) (?:here|alive)|(?:tired|sick) of (?:living|being alive|life)"
    r"|given? up on (?:life|living)"
    r"|hate (?:being alive|living)|disappear for ?ever|goodbye (?:for ever|forever|world)"
    r"|(?:end(?:ed|ing)? it) (?:long ago|now|tonight|soon|for good|once and for all)"
    r"|(?:scratch|cut|burn|bite|hit)(?:t?ing|s)? my (?:arms?|legs?|wrists?|thighs?|head) (?:until"
    r"|till|so|to feel|because|on purpose)|go (?:and )?(?:die|hang yourself|jump off)"
    r"|(?:jump(?:ing)?|throw(?:ing)? myself) (?:off|from|in front of) (?:a|the) (?:bridge|roof"
    r"|cliff|balcony|building|train|window))",
)


def self_harm(reading: Reading) -> Reason | None:
    """Words of self-harm, of the writer or of somebody else, or said to somebody."""
    spans = reading.spans(_WORDS.find(reading))
    return lead("self_harm", _("Words of self-harm."), spans) if spans else None
