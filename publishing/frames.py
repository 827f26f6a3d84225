"""Page templates as frames: their fixed HTML is rendered once a process, and requests fill it.

Nearly all of a page's template is the same for every reader and every page: words, addresses,
style sheets, tags. A frame is such a template rendered with a slot in the place of each variable;
to fill one is to join strings. It may ask whether a variable is there (an empty one is not), and
nothing else about it; what depends on the page is made before and comes as the value of a slot.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

SLOT = re.compile(r"<!--slot:(\w+)-->")
# Indentation and empty lines are for the readers of templates.
LINE_END = re.compile(r"\s*\n\s*")


def fill(template: str, values: Mapping[str, object]) -> SafeString:
    """The template with these values in its slots, escaped unless they are HTML already.

    White space around the whole is left out, so that frames can stand in a line of text; within,
    the template's lines begin at their first letter, so no frame has a <pre> of its own.
    """
    there = tuple([bool(value) for value in values.values()])
    first, rest = _frame(template, tuple(values), there)
    html = [first]
    for name, text in rest:
        value = values[name]
        html += (value if isinstance(value, SafeString) else escape(str(value)), text)
    return SafeString("".join(html))  # a template's output


@cache
def _frame(
    template: str, names: tuple[str, ...], there: tuple[bool, ...]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What stands before the first slot of a template; each slot's name and what follows it."""
    context = {
        name: SafeString(f"<!--slot:{name}-->") if filled else ""
        for name, filled in zip(names, there, strict=True)
    }
    with override(settings.LANGUAGE_CODE):
        html = render_to_string(template, context)
    first, *rest = SLOT.split(LINE_END.sub("\n", html.strip()))
    return first, tuple(zip(rest[::2], rest[1::2], strict=True))
