"""The corpus of attacks, and what may be in a page whatever an author writes."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib

from publishing.markdown import Environment, Fragment, ImageInfo, Term

CORPUS = Path(__file__).with_name("attack_strings.txt")

# Written out here, not taken from the sanitiser, so that a slip there shows.
BARE = "blockquote br code details em figcaption hr li pre strong summary table tbody thead tr ul"
ATTRIBUTES: dict[str, set[str]] = {tag: set() for tag in BARE.split()} | {
    "a": {"href", "title", "rel"},
    "aside": {"class", "role", "aria-label"},
    "button": {"type", "class", "popovertarget"},
    "dfn": {"class"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "figure": {"class"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "p": {"class"},
    "span": {"class", "id", "popover", "role"},
    "td": {"class"},
    "th": {"class", "scope"},
}
ADDRESS = re.compile(r"https?://[^/].*|mailto:.+|/(?![/\\]).*|#.+", re.DOTALL)
CLASSES = {
    "align-center",
    "align-left",
    "align-right",
    "callout",
    "callout-advice",
    "callout-note",
    "callout-safety",
    "callout-title",
    "figure",
    "figure-credit",
    "render-error",
    "table-scroll",
    "term",
    "term-button",
    "term-definition",
    "term-phrase",
}
ID = re.compile(r"(?:h|def)-[A-Za-z0-9_-]+")

DIAGRAM = ImageInfo(
    slug="diagram",
    url="/media/diagram.png",
    width=640,
    height=480,
    alt="A diagram",
    credit="The site",
    licence="CC BY 4.0",
    long_description="A cyst below the skin.",
)
KERATIN = Term(slug="keratin", term="Keratin", definition="A tough *protein*.", also=("keratins",))
ENVIRONMENT = Environment(images={"diagram": DIAGRAM}, terms={"keratin": KERATIN})


def attack_strings() -> list[str]:
    """The corpus; ⟨a⟩ stands for the character with the hexadecimal number a."""
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    return [
        re.sub("⟨([0-9a-f]+)⟩", lambda match: chr(int(match[1], 16)), line)
        for line in lines
        if not line.startswith("#! ")
    ]


def assert_harmless(fragment: Fragment) -> None:
    """Valid HTML with only the elements, attributes, addresses and markers that are allowed."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document = parser.parse(f"<!doctype html><title>x</title><body>{fragment.html}")
    assert not parser.errors, (parser.errors[:3], fragment.html[:500])
    body = document.find("body")
    assert [child.tag for child in document] == ["head", "body"]
    ids: set[str] = set()
    for element in body.iter():
        if not isinstance(element.tag, str):
            assert _is_marker(element.text, fragment), element.text
        elif element is not body:
            _assert_element(element, ids)


def _is_marker(text: str, fragment: Fragment) -> bool:
    if text in {"compare", "techniques"}:
        return True
    match = re.fullmatch("cite:([0-9]+)", text)
    return match is not None and int(match[1]) < len(fragment.clusters)


def _assert_element(element: ET.Element, ids: set[str]) -> None:
    assert element.tag in ATTRIBUTES, element.tag
    assert set(element.attrib) <= ATTRIBUTES[element.tag], element.attrib
    for name in {"href", "src"} & set(element.attrib):
        assert ADDRESS.fullmatch(element.attrib[name]), element.attrib
    assert set(element.get("class", "").split()) <= CLASSES, element.attrib
    if "id" in element.attrib:
        assert ID.fullmatch(element.attrib["id"]), element.attrib
        assert element.attrib["id"] not in ids, element.attrib
        ids.add(element.attrib["id"])
