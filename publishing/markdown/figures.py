"""Pictures: `![alt](image:slug "Caption")` on a line of its own becomes a figure."""

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publishing.markdown.job import (
    Job,
    inline_tokens,
    job_of,
    plain_text,
    with_lines,
)
from publishing.markdown.model import ImageInfo, Rendition

# Formats that are smaller and not known to every browser, the smallest first.
MODERN = {"AVIF": "image/avif", "WEBP": "image/webp"}
# How wide pages show a figure: a column of text, or all of a narrow screen.
SIZES = "(min-width: 48rem) 44rem, 100vw"
_ADDRESS = re.compile(r"image:([a-z0-9-]+)")


def make_figures(state: StateCore) -> None:
    """A core rule: paragraphs that hold nothing but pictures become figures."""
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "inline" and tokens and _is_figures(tokens[-1], token):
            tokens.pop()
            for image, line in with_lines(token):
                if image.type == "image":
                    tokens += _figure(state, image, line)
        elif not (token.type == "paragraph_close" and tokens[-1].type == "figure_close"):
            tokens.append(token)
    state.tokens = tokens


def _is_figures(before: Token, inline: Token) -> bool:
    children = inline.children or []
    return (
        before.type == "paragraph_open"
        and any(child.type == "image" for child in children)
        and all(
            child.type in {"image", "softbreak"}
            or (child.type == "text" and not child.content.strip())
            for child in children
        )
    )


def _figure(state: StateCore, image: Token, line: int) -> list[Token]:
    job = job_of(state.env)
    address = str(image.attrs.get("src", ""))
    match = _ADDRESS.fullmatch(address)
    info = job.environment.images.get(match[1]) if match else None
    caption = Token("inline", "", 0, map=[line - 1, line], children=[])
    caption.content = str(image.attrs.get("title", ""))
    if caption.content:
        caption.children = state.md.inline.parse(caption.content, state.md, state.env, [])
    opening, closing = Token("figure_open", "figure", 1), Token("figure_close", "figure", -1)
    if info is None:
        shown = _escaped_error(job, address, line)
        credit = details = ""
    else:
        shown = _img(info, plain_text(image.children or []) or info.alt, lazy=not job.leads)
        credit, details = _credit(info), _details(info)
    opening.content = f'<figure class="figure">{shown}'
    if caption.children or credit or details:
        opening.content += "<figcaption>"
        closing.content = f"{credit}{details}</figcaption>"
    closing.content += "</figure>\n"
    return [opening, caption, closing]


def _escaped_error(job: Job, address: str, line: int) -> str:
    if address.startswith("image:"):
        message = _("There is no picture called “%(name)s”. Upload it, or correct the name.") % {
            "name": address.removeprefix("image:")[:80]
        }
        code = "unknown-image"
    else:
        message = _("“%(address)s” is no picture of this site. Write image: and its name.") % {
            "address": address[:80]
        }
        code = "foreign-image"
    content = escape(job.report(code, message, line).content)
    return f'<span class="render-error">{content}</span>'


def _img(info: ImageInfo, alt: str, *, lazy: bool) -> str:
    plain = [each for each in info.renditions if each.format not in MODERN]
    loading = ' loading="lazy"' if lazy else ""
    image = (
        f'<img src="{escape(info.url)}"{_srcset(plain)} alt="{escape(alt)}" '
        f'width="{info.width}" height="{info.height}"{loading}>'
    )
    sources = "".join(
        f'<source type="{kind}"{_srcset(copies)}>'
        for name, kind in MODERN.items()
        if (copies := [each for each in info.renditions if each.format == name])
    )
    return f"<picture>{sources}{image}</picture>" if sources else image


def _srcset(copies: Sequence[Rendition]) -> str:
    """The attributes that let a browser choose among copies of one format."""
    if not copies:
        return ""
    addresses = ", ".join(f"{escape(each.url)} {each.width}w" for each in copies)
    return f' srcset="{addresses}" sizes="{SIZES}"'


def _credit(info: ImageInfo) -> str:
    parts = []
    if info.credit:
        parts.append(_("Picture: %(credit)s") % {"credit": info.credit})
    if info.licence:
        parts.append(_("Licence: %(licence)s") % {"licence": info.licence})
    return f' <span class="figure-credit">{escape(". ".join(parts))}.</span>' if parts else ""


def _details(info: ImageInfo) -> str:
    if not info.long_description:
        return ""
    summary = escape(_("Description of the picture"))
    return f"<details><summary>{summary}</summary><p>{escape(info.long_description)}</p></details>"


def report_loose_images(state: StateCore) -> None:
    """A core rule: a picture amid words has no place for its credit, and is reported."""
    job = job_of(state.env)
    for inline, _before in inline_tokens(state.tokens):
        if not any(child.type == "image" for child in inline.children or []):
            continue
        inline.children = [
            job.report(
                "image-not-alone",
                _("A picture has to stand in a paragraph of its own."),
                line,
            )
            if child.type == "image"
            else child
            for child, line in with_lines(inline)
        ]
