"""The same again: repeated texts, and many posts from one place."""

from django.utils.translation import gettext as _

from comments.scoring.model import Reason
from comments.scoring.reading import Reading
from comments.scoring.weights import (
    ALIKE_FROM,
    FLOOD_ADDRESS_FROM,
    FLOOD_ADDRESS_HIGH,
    FLOOD_SUBNET_FROM,
    FLOOD_SUBNET_HIGH,
    SAME_TEXT_LENGTH,
    SAME_TEXT_OFTEN,
    WEIGHTS,
)


def repeated(reading: Reading) -> Reason | None:
    """Exactly this text was posted before; short texts repeat honestly."""
    times = reading.submission.same_text
    if times < 1 or len(reading.folded) < SAME_TEXT_LENGTH:
        return None
    code = "repeated_often" if times >= SAME_TEXT_OFTEN else "repeated"
    message = _("The same text was posted before, %(times)d times in 30 days.") % {"times": times}
    return Reason(code, WEIGHTS[code].spam, message)


def alike(reading: Reading) -> Reason | None:
    """Nearly this text was posted before. What is exactly the same is counted as repeated."""
    submission = reading.submission
    if submission.same_text or submission.likest < ALIKE_FROM:
        return None
    if len(reading.folded) < SAME_TEXT_LENGTH:
        return None
    share = round(submission.likest * 100)
    message = _("%(share)d %% like another comment of the last 30 days.") % {"share": share}
    return Reason("alike", WEIGHTS["alike"].spam, message)


def flood_address(reading: Reading) -> Reason | None:
    """Many posts of one address within an hour."""
    posts = reading.submission.from_address
    if posts < FLOOD_ADDRESS_FROM:
        return None
    code = "flood_address_high" if posts >= FLOOD_ADDRESS_HIGH else "flood_address"
    message = _("%(posts)d posts from the same connection within an hour.") % {"posts": posts}
    return Reason(code, WEIGHTS[code].spam, message)


def flood_subnet(reading: Reading) -> Reason | None:
    """Many posts of one subnet within an hour: a clinic's network has many honest writers too."""
    posts = reading.submission.from_subnet
    if posts < FLOOD_SUBNET_FROM:
        return None
    code = "flood_subnet_high" if posts >= FLOOD_SUBNET_HIGH else "flood_subnet"
    message = _("%(posts)d posts from the same network within an hour.") % {"posts": posts}
    return Reason(code, WEIGHTS[code].spam, message)
