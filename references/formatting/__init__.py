"""Entries of sources in AMA style (11th edition): as runs, as HTML and as plain text."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from references.formatting.entries import format_ama
from references.formatting.runs import Run

__all__ = ["FORMATTER_VERSION", "Run", "ama_html", "ama_text", "format_ama"]

# Raised when the same item would give another entry; stored entries are then made anew.
FORMATTER_VERSION = 1


def ama_html(item: Mapping[str, Any]) -> SafeString:
    """The AMA entry of a CSL-JSON item as HTML: every value escaped, titles in italics, links."""
    return SafeString("".join(map(run_html, format_ama(item))))  # each run is escaped


def ama_text(item: Mapping[str, Any]) -> str:
    """The AMA entry of a CSL-JSON item as plain text."""
    return "".join(run.text for run in format_ama(item))


def run_html(run: Run) -> str:
    """One run as HTML, its text and address escaped."""
    html = escape(run.text)
    if run.script:
        html = f"<sup>{html}</sup>" if run.script == "sup" else f"<sub>{html}</sub>"
    if run.italic:
        html = f"<i>{html}</i>"
    if run.href:
        html = f'<a href="{escape(run.href)}" rel="external">{html}</a>'
    return html
