"""The blocks of a text in words, for remarks that are tied to one."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.content import PageContent


def places(content: PageContent) -> dict[str, str]:
    """What a remark on this document may be about: names of fields with their words."""
    named = [block.name.partition(".")[0] for block in content.markdown_blocks() if block.text]
    return {"": _("The whole page"), "title": _("Title")} | {
        name: place_words(content.kind, name) for name in named
    }


def place_words(kind: str, place: str) -> str:
    """A place in words: those that the editor's form has for the field."""
    if not place:
        return _("The whole page")
    name = place.partition(".")[0]
    try:
        field = kinds.get(kind).model._meta.get_field(name)
    except FieldDoesNotExist:
        return capfirst(name.replace("_", " "))
    return capfirst(str(getattr(field, "verbose_name", name)))
