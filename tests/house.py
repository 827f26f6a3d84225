"""What the guards of the house look at: the project's files, its Python trees and its templates."""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("milia_site", "comments", "faq", "articles", "publishing", "references")
# What tools make, and the site's data.
NOT_OURS = {
    ".git",
    ".venv",
    ".venv-wagtail",
    ".hypothesis",
    "node_modules",
    "var",
    "__pycache__",
    "htmlcov",
}
TEXT_FILES = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".yaml", ".svg", ".json", ""}
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*(blocktranslate|comment)\b.*?{%\s*end\1\s*%}", re.DOTALL)
NAMED_IN_TEMPLATE = re.compile(r"""{%\s*(extends|include)\s+["']([^"']+)["']""")
# Attributes that a reader sees or hears.
SPOKEN = {"alt", "title", "aria-label", "aria-description", "placeholder", "label", "summary"}
NOT_WORDS = {"code", "kbd", "samp"}


@cache
def files() -> tuple[Path, ...]:
    """Every text file of the project, without what tools make."""
    return tuple(sorted(_walk()))


def _walk() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in NOT_OURS and not name.endswith("_cache")
        ]
        for name in names:
            path = Path(folder, name)
            if path.suffix in TEXT_FILES and not name.startswith(".coverage"):
                yield path


def name_of(path: Path) -> str:
    """The path as it stands in the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def sources() -> tuple[Path, ...]:
    """The Python files that are not tests and not migrations."""
    return tuple(path for path in python() if not name_of(path).startswith("tests/"))


@cache
def python() -> tuple[Path, ...]:
    """Every Python file but migrations, which Django writes."""
    return tuple(
        path for path in files() if path.suffix == ".py" and path.parent.name != "migrations"
    )


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as its syntax tree."""
    return ast.parse(path.read_text())


@cache
def templates() -> dict[str, str]:
    """The source of every template by its name."""
    folder = ROOT / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in files()
        if path.is_relative_to(folder)
    }


def named_in_templates(name: str) -> Iterator[tuple[str, str]]:
    """What a template extends or includes: the tag and the other template's name."""
    yield from NAMED_IN_TEMPLATE.findall(templates()[name])


@cache
def strings(path: Path) -> frozenset[str]:
    """Every string constant of a Python file."""
    return frozenset(
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@dataclass
class Markup:
    """The elements of a template, and the words in it that are not translated."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Walks a template's HTML once its tags are taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.markup = Markup()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.markup.elements.append((tag, values))
        self.markup.spoken += [values[name] for name in SPOKEN & values.keys()]
        if tag == "meta" and values.get("name") == "description":
            self.markup.spoken.append(values.get("content", ""))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.markup.bodies.append((self._open[-1], data))
        if not NOT_WORDS.intersection(self._open):
            self.markup.spoken.append(data)


@cache
def markup(name: str) -> Markup:
    """A template's HTML; translated stretches and template tags are left out of it."""
    source = TRANSLATED.sub("", templates()[name])
    reader = _Reader()
    reader.feed(TEMPLATE_TAG.sub("", source))
    reader.close()
    return reader.markup
