"""Which keys a document cites, and where."""

from django.utils.translation import gettext as _

from publishing.content import PageContent
from publishing.markdown import citation_keys
from references.aliases import citekeys_of


def cited_keys(content: PageContent) -> tuple[str, ...]:
    """Every citekey that a document leans on, each once, in order of first use."""
    keys = tuple(places_of_keys(content))
    citekeys = citekeys_of(keys)
    return tuple(dict.fromkeys(citekeys.get(key, key) for key in keys))


def places_of_keys(content: PageContent) -> dict[str, str]:
    """Each key that a document cites, in order of first use, with the block it stands in."""
    places: dict[str, str] = {}
    for block in content.markdown_blocks():
        for key in citation_keys(block.text):
            places.setdefault(key, block.name)
    for bare in content.bare_citations():
        for key in bare.citekeys:
            places.setdefault(key, _("Assessments"))
    return places
