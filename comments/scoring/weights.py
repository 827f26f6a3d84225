"""Every weight and threshold of the scoring, in one place."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Weight(NamedTuple):
    """What one signal adds: to the points for spam, or to the place in the queue."""

    spam: int = 0
    priority: int = 0
    urgent: bool = False  # the moderator is told at once


SPAM_FROM: Final = 100  # points from which a comment goes to the spam list
PRIORITY_MAX: Final = 5_000
TEXT_MAX: Final = 5_000  # characters looked at
NAME_MAX: Final = 80
EMAIL_MAX: Final = 254
SPANS_MAX: Final = 50  # of one reason
MATCHES_MAX: Final = 60  # of one expression that are looked at closely

WEIGHTS: Final[Mapping[str, Weight]] = {
    "trap": Weight(spam=100),
    "haste": Weight(spam=50),
    "haste_extreme": Weight(spam=90),  # alone no proof: a reader may know the page by heart
    "links": Weight(spam=25),  # for each link
    "links_source": Weight(spam=5),  # for each one to where sources stand
    "links_short": Weight(spam=40),  # for each one through a shortener
    "links_stray": Weight(spam=60),
    "links_hidden": Weight(spam=60),
    "links_in_name": Weight(spam=60),
    "repeated": Weight(spam=60),
    "repeated_often": Weight(spam=100),
    "alike": Weight(spam=50),
    "shouting": Weight(spam=30),
    "scripts": Weight(spam=60),
    "invisible": Weight(spam=60),
    "sold": Weight(spam=60),  # for each different thing
    "pitch": Weight(spam=40),  # for each different phrase
    "flattery": Weight(spam=40),  # for each different phrase
    "owner_words": Weight(spam=60),  # for each different word
    "disposable": Weight(spam=40),
    "flood_address": Weight(spam=50),
    "flood_address_high": Weight(spam=100),
    "flood_subnet": Weight(spam=30),
    "flood_subnet_high": Weight(spam=70),
    "self_harm": Weight(priority=2_000, urgent=True),
    "stop_medicine": Weight(priority=600, urgent=True),
    "stop_medicine_asked": Weight(priority=150),
    "popping": Weight(priority=300),
    "popping_against_notes": Weight(priority=600, urgent=True),
    "popping_asked": Weight(priority=100),
    "babies": Weight(priority=400, urgent=True),
    "babies_asked": Weight(priority=150),
    "dose": Weight(priority=200),
    "dose_asked": Weight(priority=100),
    "phone": Weight(priority=80),
    "email": Weight(priority=80),
    "postal": Weight(priority=80),
    "failed": Weight(priority=50),
}

# From here on a signal speaks.
HASTE_BELOW: Final = 3.0  # seconds
HASTE_EXTREME_BELOW: Final = 1.0
LINKS_COUNTED: Final = 10
SAME_TEXT_OFTEN: Final = 3
SAME_TEXT_LENGTH: Final = 30  # characters; shorter ones ("Thank you!") repeat honestly
ALIKE_FROM: Final = 0.8
SHOUTING_CAPITALS: Final = 15
SHOUTING_SHARE: Final = 0.6  # of the letters that can be capitals
SHOUTING_MARKS: Final = 5  # of "!" and "?" in a row
FLOOD_ADDRESS_FROM: Final = 5
FLOOD_ADDRESS_HIGH: Final = 20
FLOOD_SUBNET_FROM: Final = 20
FLOOD_SUBNET_HIGH: Final = 100
COMBINING_IN_A_ROW: Final = 5
WORDS_COUNTED: Final = 5  # different bad words
FLATTERY_COUNTED: Final = 2  # so that praise alone is never spam
PHONE_DIGITS_MIN: Final = 7
PHONE_DIGITS_MAX: Final = 15
MIXED_FROM: Final = 4  # letters of a word that mixes scripts; shorter ones are units and formulas
