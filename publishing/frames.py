"""Page templates as frames: their fixed HTML is rendered once a process, and requests fill it.

Nearly all of a page's template is the same for every reader and every page: words, addresses,
style sheets, tags. A frame is such a template rendered with a slot in the place of each variable;
to fill one is to join strings. It must not ask what a variable is; what depends on the page is
made before and comes as the value of a slot.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

SLOT = re.compile(r"<!--slot:(\w+)-->")


def fill(template: str, values: Mapping[str, str]) -> SafeString:
    """The template with these values in its slots, escaped unless they are HTML already."""
    shared = (settings.SITE_NAME, settings.SITE_URL, settings.DEMO_MODE)
    fixed, names = _frame(template, tuple(values), get_language(), shared)
    filled = [conditional_escape(values[name]) for name in names]
    pairs = zip(fixed, [*filled, ""], strict=True)
    return SafeString("".join(part for pair in pairs for part in pair))  # a template's output


@cache
def _frame(
    template: str, names: tuple[str, ...], _language: str | None, shared: tuple[str, str, bool]
) -> tuple[list[str], list[str]]:
    """The fixed pieces of a template, and the names of the slots between them."""
    context: dict[str, object] = {name: SafeString(f"<!--slot:{name}-->") for name in names}
    context |= dict(zip(("site_name", "site_url", "demo_mode"), shared, strict=True))
    parts = SLOT.split(render_to_string(template, context))
    return parts[::2], parts[1::2]
