"""Content documents: one page's text and facts as one typed, frozen value.

The working copy, a revision, a preview, a difference, a restore, an export and an import are all
this same document. As JSON it is canonical (sorted keys, UTF-8, no floats), so that a SHA-256 of
it stands for exactly one text; `publishing.files` reads and writes it as a Markdown file.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)

from publishing.markdown import MAX_CHARS
from references.text import clean_text

MAX_MARKDOWN = MAX_CHARS
MAX_LINE = 500
# The validation context of documents that were cleaned before they were stored.
STORED: Mapping[str, bool] = MappingProxyType({"stored": True})


def _clean_line(value: str, info: ValidationInfo) -> str:
    return value if _is_clean(info) else clean_text(value, single_line=True)


def _clean_name(value: str, info: ValidationInfo) -> str:
    return value if _is_clean(info) else clean_text(value, single_line=True, name=True)


def _clean_markdown(value: str, info: ValidationInfo) -> str:
    return value if _is_clean(info) else clean_text(value).strip("\n")


def _is_clean(info: ValidationInfo) -> bool:
    """Whether the document was cleaned when it was made, as every stored one was."""
    return info.context is STORED


Line = Annotated[str, AfterValidator(_clean_line), StringConstraints(max_length=MAX_LINE)]
Name = Annotated[str, AfterValidator(_clean_name), StringConstraints(max_length=200)]
Title = Annotated[Name, StringConstraints(min_length=1, max_length=200)]
InlineMarkdown = Annotated[Line, Field(description="One line of Markdown with citations.")]
Markdown = Annotated[
    str, AfterValidator(_clean_markdown), StringConstraints(max_length=MAX_MARKDOWN)
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Citekey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=100)]


class CreditRole(TextChoices):
    """What a credited person did for a text."""

    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    ILLUSTRATOR = "illustrator", _("Illustrator")


class Document(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Credit(Document):
    """A credited contributor, by slug, and what they did."""

    contributor: Slug
    role: CreditRole = CreditRole.AUTHOR


class PageContent(Document):
    """What every kind of page has. A kind adds its fields, in reading order."""

    kind: ClassVar[str]
    current_schema: ClassVar[int] = 1
    # The field that is the text below the front matter of a content file.
    body_field: ClassVar[str]
    # From a schema number to the function that turns its raw data into the next one's.
    upgrades: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}

    slug: Slug
    title: Title
    condition: Slug | None = None
    contributors: tuple[Credit, ...] = ()

    @property
    def summary(self) -> str:
        """One or two plain sentences for lists, without Markdown."""
        return ""

    @property
    def part_of(self) -> Slug | None:
        """The slug of the page that shows this one as a part of itself."""
        return None

    @property
    def position(self) -> int:
        """The place among the other pages of the same list, smallest first."""
        return 0

    @property
    def includes(self) -> tuple[Slug, ...]:
        """The slugs of the pages whose live facts this page shows, in order."""
        return ()

    @property
    def defines(self) -> tuple[Slug, ...]:
        """The glossary terms that this page defines itself, so that it need not explain them."""
        return ()

    @property
    def names(self) -> tuple[str, ...]:
        """Other names of what the page is about, under which readers look for it."""
        return ()

    def markdown_blocks(self) -> tuple["MarkdownBlock", ...]:
        """Every Markdown field of the document, in reading order."""
        raise NotImplementedError

    def bare_citations(self) -> tuple["BareCitation", ...]:
        """What cites sources outside the Markdown, such as an assessment."""
        return ()

    def to_data(self) -> dict[str, Any]:
        """The document as plain JSON types, with its kind and schema number."""
        data = self.model_dump(mode="json")
        return {"kind": self.kind, "schema": self.current_schema, **data}

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no insignificant white space, UTF-8."""
        return json.dumps(self.to_data(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def sha256(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal: what a reviewer signs."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_data(cls, data: Mapping[str, Any], *, stored: bool = False) -> Self:
        """Read a document, upgrading an older schema; one that was stored is clean already.

        Raises UnknownSchema, or pydantic's ValidationError naming the field.
        """
        fields = dict(data)
        kind = fields.pop("kind", cls.kind)
        number = fields.pop("schema", None)
        known = map(str, range(1, cls.current_schema + 1))
        if kind != cls.kind or not isinstance(number, int | str) or str(number) not in known:
            raise UnknownSchema(kind=kind, number=number)
        for older in range(int(number), cls.current_schema):
            fields = cls.upgrades[older](fields)
        return cls.model_validate(fields, context=STORED if stored else None)


class MarkdownBlock(Document):
    """One Markdown field: its name in the document, its text, and how it is rendered."""

    name: str
    text: str
    inline: bool = False
    # Sets the ids of several documents on one page apart.
    prefix: str = ""
    # Its pictures lead the page: they load at once, not when the reader comes near.
    leads: bool = False


class BareCitation(NamedTuple):
    """A sentence that is a field of its own, and the citekeys of its sources."""

    sentence: str
    citekeys: tuple[str, ...]


class UnknownSchema(ValueError):
    """A document of a kind or schema number that this version does not know."""

    def __init__(self, *, kind: object, number: object) -> None:
        super().__init__(
            _(
                "This is not a document this version can read (kind %(kind)s, schema "
                "%(number)s). Upgrade the site, or export the page again."
            )
            % {"kind": kind, "number": number}
        )
