"""What no page can be without: everything that it names is there. Nobody can waive these."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from publishing.checks.model import Draft, Finding, Level
from publishing.cited_keys import places_of_keys

MAX_KEYS = 1_000  # sources of one page; guidelines with the longest lists have half of it


def what_cannot_be_shown(draft: Draft) -> Iterator[Finding]:
    """What the renderer could not make of the text, such as a picture that is not there."""
    for place, fragment in draft.fragments.items():
        for error in fragment.errors:
            yield Finding(
                code=error.code,
                level=Level.BLOCK,
                message=error.message,
                place=place,
                line=error.line,
                waivable=False,
            )


def unknown_sources(draft: Draft) -> Iterator[Finding]:
    """Citations without a reference."""
    places = places_of_keys(draft.content)
    if len(places) > MAX_KEYS:
        message = _("This cites over %(most)s sources. Split it into several pages.")
        yield Finding(
            code="too-many-sources",
            level=Level.BLOCK,
            message=message % {"most": MAX_KEYS},
            waivable=False,
        )
        return
    for key, place in places.items():
        if key not in draft.surroundings.keys:
            message = _("The reference “%(key)s” is not in the library. Add it or correct the key.")
            yield Finding(
                code="unknown-source",
                level=Level.BLOCK,
                message=message % {"key": key},
                place=place,
                quote=key,
                waivable=False,
            )
