"""Links: only to the web, to mail, into this site and within the page."""

import re

from django.utils.translation import gettext as _
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publishing.markdown.job import Job, inline_tokens, job_of, with_lines

# A backslash counts as a slash in browsers, so "/\host" would leave the site like "//host".
ADDRESS = re.compile(
    r"https?://[^\s/?#\\][^\s\\]*|mailto:[^\s\\]+|/(?![/\\])[^\s\\]*|#[^\s\\]+", re.ASCII
)


def check_links(state: StateCore) -> None:
    """A core rule: a link with an address that is not allowed loses it and is reported."""
    job = job_of(state.env)
    ids = {heading.id for heading in job.headings}
    for inline, _before in inline_tokens(state.tokens):
        if any(child.type == "link_open" for child in inline.children or []):
            inline.children = _checked(inline, job, ids)


def _checked(inline: Token, job: Job, ids: set[str]) -> list[Token]:
    checked: list[Token] = []
    refused = ""
    for token, line in with_lines(inline):
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            refused = "" if ADDRESS.fullmatch(address) else address or "…"
            if not refused:
                _finish_link(token, address, job, ids)
                checked.append(token)
        elif token.type == "link_close" and refused:
            checked.append(job.report("bad-address", _message(refused), line))
        else:
            checked.append(token)
    return checked


def _finish_link(token: Token, address: str, job: Job, ids: set[str]) -> None:
    """`#after` leads to the heading whose id the author gave as `{#after}`."""
    own = f"{job.prefix}h-{address[1:]}"
    if address.startswith("#") and own in ids:
        token.attrSet("href", f"#{own}")
    if address.startswith("http"):
        token.attrSet("rel", "noopener")


def _message(address: str) -> str:
    return _(
        "“%(address)s” cannot be linked. An address begins with https://, mailto:, / or #."
    ) % {"address": address[:80]}
