"""Entries of sources in AMA style (11th edition): as runs, as HTML and as plain text."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from references.formatting.entries import format_ama
from references.formatting.runs import Run

__all__ = ["FORMATTER_VERSION", "Run", "ama_html", "ama_text", "format_ama"]

# Raised when the same item would give another entry; stored entries are then made anew.
FORMATTER_VERSION = 1


def ama_html(item: Mapping[str, Any]) -> SafeString:
    """The AMA entry of a CSL-JSON item as HTML: every value escaped, titles in italics, links."""
    return format_html_join("", "{}", ((run_html(run),) for run in format_ama(item)))


def ama_text(item: Mapping[str, Any]) -> str:
    """The AMA entry of a CSL-JSON item as plain text."""
    return "".join(run.text for run in format_ama(item))


def run_html(run: Run) -> SafeString:
    """One run as HTML."""
    html = format_html("{}", run.text)
    if run.script:
        html = format_html("<sup>{}</sup>" if run.script == "sup" else "<sub>{}</sub>", html)
    if run.italic:
        html = format_html("<i>{}</i>", html)
    if run.href:
        html = format_html('<a href="{}" rel="external">{}</a>', run.href, html)
    return html
