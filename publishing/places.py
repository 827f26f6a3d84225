"""The blocks of a text in words, for remarks that are tied to one."""

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
    """A place in the words of the editor's form, such as “Key points 2”."""
    if not place:
        return _("The whole page")
    first, *rest = place.split(".")
    fields = kinds.get(kind).model._meta.fields
    names = {field.name: str(field.verbose_name) for field in fields}
    words = names.get(first, first.replace("_", " "))
    steps = (str(int(step) + 1) if step.isdecimal() else step.replace("_", " ") for step in rest)
    return capfirst(" ".join([words, *steps]))
