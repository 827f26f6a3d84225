"""Reads what the database knows of everything that a document names."""

from publishing.checks.model import Surroundings
from publishing.cited_keys import places_of_keys
from publishing.content import PageContent
from references.aliases import citekeys_of
from references.models import Reference


def look_around(content: PageContent) -> Surroundings:
    """The surroundings of a document, in a fixed number of queries."""
    keys = tuple(places_of_keys(content))
    aliases = citekeys_of(keys)
    references = Reference.objects.filter(citekey__in={*keys, *aliases.values()})
    sources = {reference.citekey: reference for reference in references}
    return Surroundings(
        keys=frozenset(sources) | aliases.keys(),
        references={citekey: source.csl for citekey, source in sources.items()},
        statuses={citekey: source.status for citekey, source in sources.items()},
        images={},
        addresses=frozenset(),
        included={},
    )
