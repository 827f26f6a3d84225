"""What the writer is asked, kindly, before a comment is stored."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from comments.scoring.model import Reason

_SENTENCES: Final = {
    "phone": _("This looks like a phone number. Leave it out? Everybody could read it."),
    "email": _("This looks like an e-mail address. Leave it out? Everybody could read it."),
    "postal": _("This looks like a postal address. Leave it out? Everybody could read it."),
    "dose": _("This names an amount of a medicine. What was right for you may harm somebody else."),
    "stop_medicine": _(
        "This speaks of stopping a medicine. Readers may take it as advice."
        " A moderator will look at it with care."
    ),
    "popping_against_notes": _(
        "This speaks of popping or cutting, which the safety notes of this page are about."
        " A moderator will look at it with care."
    ),
    "babies": _(
        "This speaks of treating a baby. Readers may take it as advice."
        " A moderator will look at it with care."
    ),
    "links": _("This has a link. A moderator will look at where it leads."),
    "shouting": _("This is written in capitals or with many marks. It may sound angry."),
}


def doubts(reasons: Iterable[Reason]) -> Iterator[str]:
    """A sentence for each reason that a writer can do something about.

    What catches machines is not told, nor is anything said here on self-harm: the help page does.
    """
    for reason in reasons:
        if reason.code in _SENTENCES:
            yield str(_SENTENCES[reason.code])
