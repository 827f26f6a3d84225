"""What goes into a rendering and what comes out, as plain data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

# Raised when the same text would give other HTML; `manage.py rerender` then renews old pages.
RENDERER_VERSION = 9
MAX_CHARS = 50_000  # characters of Markdown, about 8,000 words; the worst take under 2 s


class MarkdownTooLarge(ValueError):
    """A text has more than MAX_CHARS characters and was not looked at."""

    def __init__(self, length: int) -> None:
        super().__init__(
            _("The text has %(length)s characters; at most %(most)s are possible. Split it.")
            % {"length": length, "most": MAX_CHARS}
        )


class Rendition(NamedTuple):
    """A smaller copy of a picture: AVIF, WEBP, JPEG or PNG, its width in pixels, its address."""

    format: str
    width: int
    url: str


@dataclass(frozen=True)
class ImageInfo:
    """A picture that texts may show; width and height in pixels, an empty alt is decorative."""

    slug: str
    url: str
    width: int
    height: int
    alt: str
    credit: str
    licence: str
    long_description: str
    renditions: tuple[Rendition, ...] = ()


@dataclass(frozen=True)
class Term:
    """A glossary term and the other forms under which a text may use it."""

    slug: str
    term: str
    definition: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Environment:
    """What a text may refer to: pictures and terms by slug.

    `heading_ids` maps the words of headings to the ids they had before and keep; `citekeys` maps
    the keys of other programs to those of the library.
    """

    images: Mapping[str, ImageInfo] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    heading_ids: Mapping[str, str] = field(default_factory=dict)
    citekeys: Mapping[str, str] = field(default_factory=dict)


EMPTY = Environment()


@dataclass(frozen=True)
class CitationItem:
    """One source in a cluster; the locator in AMA's form, such as p3 or pp33-35, or empty."""

    key: str
    locator: str


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 4 and its id on the page."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class RenderError:
    """What an author has to mend; the line counts from 1 in the source."""

    code: str
    message: str
    line: int


@dataclass(frozen=True)
class Fragment:
    """One rendered text.

    In `html`, which is sanitised, cluster n of `clusters` stands as `<!--cite:n-->`; the places
    of what a page makes from data stand as `<!--compare-->` and `<!--techniques-->`.
    """

    html: str
    clusters: tuple[tuple[CitationItem, ...], ...]
    headings: tuple[Heading, ...]
    words: int
    errors: tuple[RenderError, ...]

    @property
    def citekeys(self) -> tuple[str, ...]:
        """The sources that the text cites, each once, in order of first use."""
        return tuple(dict.fromkeys(item.key for cluster in self.clusters for item in cluster))

    def to_json(self) -> dict[str, Any]:
        """As lists, dictionaries, strings and numbers only."""
        data = asdict(self)
        data["clusters"] = [list(cluster) for cluster in data["clusters"]]
        return data | {name: list(data[name]) for name in ("headings", "errors")}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Fragment":
        """The fragment that `to_json` gave."""
        return cls(
            html=data["html"],
            clusters=tuple(
                tuple(CitationItem(**item) for item in cluster) for cluster in data["clusters"]
            ),
            headings=tuple(Heading(**heading) for heading in data["headings"]),
            words=data["words"],
            errors=tuple(RenderError(**error) for error in data["errors"]),
        )
