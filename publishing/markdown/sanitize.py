"""The last step of every rendering: nothing leaves that is not on these lists.

The rules before this step write no markup of an author's; this step does not rely on it. An
attribute stays only in exactly the form in which our own rules write it.
"""

import re

import nh3

from publishing.markdown.links import ADDRESS

_ID = r"[A-Za-z0-9_-]+"
_ANY = re.compile(r".*", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,9}")


def _one_of(*values: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, values)))


_HEADING = {"id": re.compile(rf"(?:{_ID}-)?h-{_ID}")}
_COPY = r"/media/images/[0-9a-f-]{36}-[0-9]{1,4}\.(?:avif|webp|jpg|png) [0-9]{1,4}w"
_COPIES = {
    "srcset": re.compile(rf"{_COPY}(?:, {_COPY})*"),
    "sizes": _one_of("(min-width: 48rem) 44rem, 100vw"),
}
_CELL = {"class": _one_of("align-left", "align-center", "align-right")}

_BARE_TAGS = (
    "blockquote br code details em figcaption hr li picture pre strong summary table tbody thead "
    "tr ul"
)
ALLOWED: dict[str, dict[str, re.Pattern[str]]] = {
    **{tag: {} for tag in _BARE_TAGS.split()},
    "h2": _HEADING,
    "h3": _HEADING,
    "h4": _HEADING,
    "a": {"href": ADDRESS, "title": _ANY, "rel": _one_of("noopener")},
    "aside": {
        "class": re.compile(r"callout callout-(?:safety|note|advice)"),
        "role": _one_of("note"),
        "aria-label": _ANY,
    },
    "button": {
        "type": _one_of("button"),
        "class": _one_of("term-button"),
        "popovertarget": re.compile(rf"(?:{_ID}-)?def-{_ID}"),
    },
    "data": {"value": re.compile(r"cite:[0-9]+|compare|techniques")},
    "dfn": {"class": _one_of("term")},
    "div": {
        "class": _one_of("table-scroll"),
        "role": _one_of("region"),
        "aria-label": _ANY,
        "tabindex": _one_of("0"),
    },
    "figure": {"class": _one_of("figure")},
    "img": {
        "src": re.compile(r"https?://[^\s/?#\\][^\s\\]*|/(?![/\\])[^\s\\]*"),
        "alt": _ANY,
        "width": _NUMBER,
        "height": _NUMBER,
        "loading": _one_of("lazy"),
        **_COPIES,
    },
    "ol": {"start": _NUMBER},
    "source": {"type": _one_of("image/avif", "image/webp"), **_COPIES},
    "p": {"class": _one_of("callout-title")},
    "span": {
        "class": _one_of("figure-credit", "render-error", "term-definition", "term-phrase"),
        "id": re.compile(rf"(?:{_ID}-)?def-{_ID}"),
        "popover": _one_of(""),
        "role": _one_of("note"),
    },
    "td": _CELL,
    "th": {**_CELL, "scope": _one_of("col")},
}


def _keep(tag: str, attribute: str, value: str) -> str | None:
    # nh3 also asks about elements that it is going to drop.
    form = ALLOWED.get(tag, {}).get(attribute)
    return value if form and form.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags=set(),
    attributes={tag: set(attributes) for tag, attributes in ALLOWED.items() if attributes},
    attribute_filter=_keep,
    link_rel=None,
    generic_attribute_prefixes=set(),
    url_schemes={"http", "https", "mailto"},
)
_MARKER = re.compile(r'<data value="([^"]+)"></data>')


def sanitize(html: str) -> str:
    """Clean HTML, with the markers that a page replaces.

    Inside the renderer a marker is an element, which no author can write. It becomes a comment
    only here, after every "<!--" of an author's (an attribute may hold one) was made harmless.
    """
    clean = _CLEANER.clean(html).replace("<!--", "&lt;!--")
    return _MARKER.sub(r"<!--\1-->", clean)
