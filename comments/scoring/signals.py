"""The signals, in the order in which a moderator reads what they say."""

from collections.abc import Callable
from typing import Final

from comments.scoring.distress import self_harm
from comments.scoring.floods import alike, flood_address, flood_subnet, repeated
from comments.scoring.letters import invisible, scripts, shouting
from comments.scoring.links import links, links_hidden, links_in_name, links_stray
from comments.scoring.medical import babies, dose, stop_medicine
from comments.scoring.model import Reason
from comments.scoring.personal import email, phone, postal
from comments.scoring.popping import popping
from comments.scoring.reading import Reading
from comments.scoring.traps import disposable, haste, trap
from comments.scoring.words import flattery, owner_words, pitch, sold

Signal = Callable[[Reading], Reason | None]

# What a name is asked for too.
OF_NAMES: Final[tuple[Signal, ...]] = (self_harm, phone, email)

SIGNALS: Final[tuple[Signal, ...]] = (
    *(self_harm, stop_medicine, popping, babies, dose, phone, email, postal),
    *(
        trap,
        haste,
        links,
        links_stray,
        links_hidden,
        links_in_name,
        sold,
        pitch,
        flattery,
        owner_words,
    ),
    *(repeated, alike, shouting, scripts, invisible),
    *(disposable, flood_address, flood_subnet),
)
