"""Checks JSON-LD against the vocabulary of schema.org; tests/data/README.md says where it is from.

Stricter than schema.org itself, which would take text for anything: a node may have the properties
of its type and of the types above it, and a value has to be of a range that the property names.
"""

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from tests.house import ROOT

VOCABULARY: Mapping[str, Any] = json.loads((ROOT / "tests/data/schema-org.json").read_text())
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def documents(html: str) -> list[dict[str, Any]]:
    """The JSON-LD documents of a page."""
    return [json.loads(text) for text in SCRIPT.findall(html)]


def nodes(html: str) -> list[dict[str, Any]]:
    """The nodes that stand at the top of a page's JSON-LD."""
    return [node for each in documents(html) for node in each.get("@graph", [each])]


@cache
def above(type_: str) -> frozenset[str]:
    """A type with every type above it; none for a type that we do not know."""
    if type_ not in VOCABULARY:
        return frozenset()
    return frozenset({type_}).union(*map(above, VOCABULARY[type_]["parents"]))


def ranges(type_: str, name: str) -> set[str]:
    """What a property of a type may hold; nothing when the type has no such property."""
    return {each for one in above(type_) for each in VOCABULARY[one]["properties"].get(name, ())}


def faults(document: Mapping[str, Any]) -> list[str]:
    """What schema.org does not define in a document, each with its place."""
    found = [] if document.get("@context") == "https://schema.org" else ["@context"]
    top = document.get("@graph", [{k: v for k, v in document.items() if k != "@context"}])
    named = {node["@id"]: node for node in _all_nodes(top) if "@id" in node and "@type" in node}
    for node in top:
        found += _faults_of_node(node, named, str(node.get("@type")))
    return found


def _all_nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _all_nodes(each)


def _faults_of_node(node: Mapping[str, Any], named: Mapping[str, Any], place: str) -> Iterator[str]:
    if not above(str(node.get("@type"))):
        yield f"{place}: no type {node.get('@type')}"
        return
    for name, value in node.items():
        if name in ("@type", "@id"):
            continue
        allowed = ranges(node["@type"], name)
        where = f"{place}.{name}"
        if not allowed:
            yield f"{where}: {node['@type']} has no such property"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _faults_of_value(each, allowed, named, where)


def _faults_of_value(
    value: Any, allowed: set[str], named: Mapping[str, Any], where: str
) -> Iterator[str]:
    if not isinstance(value, dict):
        if not any(is_of(value) for each, is_of in LITERALS.items() if each in allowed):
            yield f"{where}: {value!r} is none of {sorted(allowed)}"
        return
    if set(value) == {"@id"}:  # a node that stands elsewhere; what is nowhere is just a thing
        types = above(named.get(value["@id"], {}).get("@type", "Thing"))
    else:
        yield from _faults_of_node(value, named, where)
        types = above(str(value.get("@type")))
    if not types & allowed:
        yield f"{where}: {value.get('@type') or value} is none of {sorted(allowed)}"


def _is_url(value: object) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _reads(read: Callable[[str], object]) -> Callable[[object], bool]:
    def is_of(value: object) -> bool:
        try:
            return isinstance(value, str) and bool(read(value))
        except ValueError:
            return False

    return is_of


LITERALS: Mapping[str, Callable[[object], bool]] = {
    "Text": lambda value: isinstance(value, str) and bool(value.strip()),
    "URL": _is_url,
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    # ISO 8601, which knows days, months and years.
    "Date": _reads(lambda value: datetime.date.fromisoformat(f"{value}-01-01"[:10])),
    "DateTime": _reads(lambda value: "T" in value and datetime.datetime.fromisoformat(value)),
}
