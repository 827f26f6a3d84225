"""The state of one conversion, and what every rule needs to read and write tokens."""

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from markdown_it.token import Token

from publishing.markdown.model import EMPTY, CitationItem, Environment, Heading, RenderError


@dataclass
class Job:
    """What one conversion knows and gathers; it travels in the parser's env and ends with it."""

    environment: Environment = EMPTY
    prefix: str = ""
    leads: bool = False
    explained: set[str] = field(default_factory=set)
    clusters: list[tuple[CitationItem, ...]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    slots: set[str] = field(default_factory=set)
    errors: list[RenderError] = field(default_factory=list)
    words: int = 0
    cells: int = 0

    def with_citekey(self, item: CitationItem) -> CitationItem:
        """The item with the citekey of the library in place of another program's key."""
        return replace(item, key=self.environment.citekeys.get(item.key, item.key))

    def report(self, code: str, message: str, line: int) -> Token:
        """Remember an error; the token shows it in the page where it happened."""
        self.errors.append(RenderError(code, message, line))
        return Token("render_error", "span", 0, content=message)


def job_of(env: MutableMapping[str, Any]) -> Job:
    """The conversion that this env belongs to."""
    return cast(Job, env["job"])


def text_token(content: str) -> Token:
    """Plain text among inline tokens."""
    return Token("text", "", 0, content=content)


def first_line(token: Token) -> int:
    """The line of a block token, counted from 1."""
    return token.map[0] + 1 if token.map else 1


def inline_tokens(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Every run of inline text that is not empty, with the type of the token before it."""
    before = ""
    for token in tokens:
        if token.type == "inline" and token.children:
            yield token, before
        before = token.type


def with_lines(inline: Token) -> Iterator[tuple[Token, int]]:
    """The parts of a run of inline text, each with its line."""
    line = first_line(inline)
    for child in inline.children or []:
        yield child, line
        line += child.type in {"softbreak", "hardbreak"}


def plain_text(tokens: Sequence[Token]) -> str:
    """The words of inline tokens without markup; citations and messages have none."""
    parts = []
    for token in tokens:
        if token.type in {"text", "code_inline", "term"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "image":
            parts.append(plain_text(token.children or []))
    return "".join(parts)
