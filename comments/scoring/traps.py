"""What machines do and people do not: filled traps, haste, addresses made to be thrown away."""

from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.model import Reason
from comments.scoring.reading import Reading
from comments.scoring.weights import HASTE_BELOW, HASTE_EXTREME_BELOW, WEIGHTS

# Domains that lend a mailbox to anybody for some minutes. The owner's list comes beside it.
_DISPOSABLE: Final = frozenset(
    "10minutemail.com 20minutemail.com 33mail.com anonbox.net discard.email dispostable.com"
    " emailondeck.com fakeinbox.com getairmail.com getnada.com grr.la guerrillamail.com"
    " guerrillamail.de guerrillamail.net guerrillamail.org guerrillamailblock.com inboxkitten.com"
    " maildrop.cc mailcatch.com mailinator.com mailinator.net mailnesia.com mailnull.com"
    " mailsac.com mintemail.com moakt.com mohmal.com mytemp.email nada.email sharklasers.com"
    " spam4.me spamgourmet.com temp-mail.io temp-mail.org tempail.com tempinbox.com tempmail.com"
    " tempmailo.com tempr.email throwawaymail.com tmpmail.org trash-mail.com trashmail.com"
    " trashmail.de trashmail.net yopmail.com yopmail.fr yopmail.net".split()
)


def trap(reading: Reading) -> Reason | None:
    """The field that no person sees is filled in."""
    if not reading.submission.trap:
        return None
    return Reason("trap", WEIGHTS["trap"].spam, _("The hidden field was filled in."))


def haste(reading: Reading) -> Reason | None:
    """Sent sooner after the check page than anybody reads it."""
    age = reading.submission.token_age
    if age >= HASTE_BELOW:
        return None
    code = "haste_extreme" if age < HASTE_EXTREME_BELOW else "haste"
    message = _("Sent %(seconds).1f seconds after the check page.") % {"seconds": age}
    return Reason(code, WEIGHTS[code].spam, message)


def disposable(reading: Reading) -> Reason | None:
    """The e-mail address stands at a service of throw-away addresses."""
    domain = reading.email.rpartition("@")[2].strip().rstrip(".").lower()
    labels = domain.split(".")
    known = _DISPOSABLE | reading.submission.disposable
    if not any(".".join(labels[first:]) in known for first in range(len(labels))):
        return None
    message = _("The e-mail address is one to be thrown away.")
    return Reason("disposable", WEIGHTS["disposable"].spam, message)
