"""What a check looks at and what it finds, as plain data."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks.said import Said, said_in
from publishing.content import PageContent
from publishing.markdown import Fragment, Term


class Level(TextChoices):
    """What a finding does to a text that is submitted."""

    BLOCK = "block", gettext_lazy("has to be mended")  # unless somebody waives it with a reason
    WARN = "warn", gettext_lazy("worth a look")  # blocks nothing


@dataclass(frozen=True)
class Finding:
    """One result of a check.

    `place` is the name of a field of the document, such as `body` or `key_points.0`, or empty for
    the whole page; `line` counts from 1 within it, 0 is all of it. `quote` are the words that the
    finding is about: with the code and the place they are its identity, so that a waiver stays
    when text moves by a line and falls when the words change.
    """

    code: str
    level: Level
    message: str
    place: str = ""
    line: int = 0
    quote: str = ""
    # The place in words, for people; `check` fills it in.
    label: str = ""
    # Whether somebody may waive it with a reason; what the renderer cannot show, nobody can.
    waivable: bool = True

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of what the finding is about."""
        return hashlib.sha256(f"{self.place}\0{self.quote}".encode()).hexdigest()

    @property
    def blocks(self) -> bool:
        return self.level == Level.BLOCK

    def to_json(self) -> dict[str, Any]:
        """As a revision keeps it and as the editor's script reads it."""
        return asdict(self) | {"level": str(self.level), "fingerprint": self.fingerprint}

    def __str__(self) -> str:
        if self.place and self.line:
            return _("%(label)s, line %(line)s: %(message)s") % asdict(self)
        return f"{self.label}: {self.message}" if self.place else self.message


@dataclass(frozen=True)
class Draft:
    """What the rules read: a document, its rendered blocks, and what it refers to."""

    content: PageContent
    fragments: Mapping[str, Fragment]
    surroundings: "Surroundings"

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every sentence of the Markdown outside headings, in reading order."""
        return tuple(
            sentence
            for block in self.content.markdown_blocks()
            if block.name in self.fragments
            for sentence in said_in(block, self.fragments[block.name])
        )


@dataclass(frozen=True)
class Surroundings:
    """What the database knows of everything a document names, read in a fixed number of queries.

    `keys` are the cited keys that the library knows, aliases among them; `references` are CSL-JSON
    items by citekey, `statuses` their status; `images` are the fields of pictures by name;
    `addresses` are the paths on this site, among those that the document links to, that readers can
    open; `included` are the documents, as data, of the live pages that the document shows; `terms`
    is the glossary.
    """

    keys: frozenset[str]
    references: Mapping[str, Mapping[str, Any]]
    statuses: Mapping[str, str]
    images: Mapping[str, Mapping[str, Any]]
    addresses: frozenset[str]
    included: Sequence[Mapping[str, Any]]
    terms: Sequence[Term]


Rule = Callable[[Draft], Iterable[Finding]]
