"""Strict checks of the HTML that the site answers."""

from typing import Any

import html5lib

ALLOWED_ERRORS: frozenset[str] = frozenset()


def parse(text: str) -> tuple[Any, list[Any]]:
    """The document as an element tree, and its parse errors."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document = parser.parse(text)
    return document, parser.errors


def check(text: str, *, where: str) -> None:
    """Fails on a parse error, an inline handler or style, a double id, or two h1."""
    document, found = parse(text)
    errors = [
        f"{code} at {position} {details}"
        for position, code, details in found
        if code not in ALLOWED_ERRORS
    ]
    assert not errors, f"{where}: {errors[:5]}"
    ids: set[str] = set()
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on"), f"{where}: {name}={value!r}"
            assert name != "style", f"{where}: style={value!r}"
            if name == "id":
                assert value not in ids, f"{where}: the id {value!r} is there twice"
                ids.add(value)
    headings = list(document.iter("h1"))
    # Django's log-in page has none.
    wanted = {0, 1} if where.startswith("/admin/") else {1}
    assert len(headings) in wanted, f"{where}: {len(headings)} h1"
