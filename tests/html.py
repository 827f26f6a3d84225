"""Strict checks of the HTML that the site answers."""

import html5lib

ALLOWED_ERRORS: frozenset[str] = frozenset()


def parse(text: str) -> html5lib.HTMLParser:
    """The document and its parse errors."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    parser.document = parser.parse(text)
    return parser


def check(text: str, *, where: str) -> None:
    """Fails on a parse error, an inline handler or style, a double id, or two h1."""
    parser = parse(text)
    errors = [
        f"{code} at {position} {details}"
        for position, code, details in parser.errors
        if code not in ALLOWED_ERRORS
    ]
    assert not errors, f"{where}: {errors[:5]}"
    ids: set[str] = set()
    for element in parser.document.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on"), f"{where}: {name}={value!r}"
            assert name != "style", f"{where}: style={value!r}"
            if name == "id":
                assert value not in ids, f"{where}: the id {value!r} is there twice"
                ids.add(value)
    headings = list(parser.document.iter("h1"))
    assert len(headings) == 1, f"{where}: {len(headings)} h1"
