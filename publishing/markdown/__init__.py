"""Markdown to safe HTML: the one place of the project that turns an author's text into markup.

Pure functions: no database, no models. `render` gives a `Fragment`, whose citation clusters
stand as `<!--cite:n-->` until a page numbers them.
"""

from publishing.markdown.model import (
    EMPTY,
    MAX_CHARS,
    RENDERER_VERSION,
    CitationItem,
    Environment,
    Fragment,
    Heading,
    ImageInfo,
    MarkdownTooLarge,
    RenderError,
    Rendition,
    Term,
)
from publishing.markdown.renderer import citation_keys, render

__all__ = [
    "EMPTY",
    "MAX_CHARS",
    "RENDERER_VERSION",
    "CitationItem",
    "Environment",
    "Fragment",
    "Heading",
    "ImageInfo",
    "MarkdownTooLarge",
    "RenderError",
    "Rendition",
    "Term",
    "citation_keys",
    "render",
]
