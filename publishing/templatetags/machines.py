"""What the head of every public page tells machines, from the words that the page itself shows."""

from html import unescape
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from publishing.machines.graph import view_graph
from publishing.trail import Step
from references.json_ld import json_ld

register = template.Library()


class BlockMetaNode(template.Node):
    """A property of Open Graph whose content is what a block of the page's template says."""

    def __init__(self, name: str, block: str) -> None:
        self.name = name
        self.block = block

    def render(self, context: Context) -> str:
        """The element; nothing where the block says nothing."""
        # The block's HTML is text, escaped as it should be but for quotes in a template's words.
        content = block_html(context, self.block).replace('"', "&quot;")
        return f'<meta property="{self.name}" content="{content}">' if content else ""


@register.tag
def block_meta(parser: Parser, token: Token) -> BlockMetaNode:  # noqa: ARG001 - a tag takes both
    """{% block_meta og:title title %}"""
    _tag, name, block = token.split_contents()
    return BlockMetaNode(name, block)


@register.simple_tag(takes_context=True)
def graph_of_view(context: Context) -> SafeString | str:
    """The graph of a page that is no revision, if its view says what it is (`machine_page`)."""
    said: dict[str, Any] | None = context.get("machine_page")
    if not said:
        return ""
    title, description = (unescape(block_html(context, name)) for name in ("title", "description"))
    way = [Step(*step) for step in context["machine_way"]]
    return json_ld({"@graph": view_graph(context["canonical_url"], title, description, said, way)})


def block_html(context: Context, name: str) -> str:
    """What the page puts into a block of base.html, on one line.

    An included template does not see the blocks of the one that includes it, so they are looked
    for among those that are being rendered.
    """
    layers = reversed(context.render_context.dicts)
    blocks: Any = next(layer[BLOCK_CONTEXT_KEY] for layer in layers if BLOCK_CONTEXT_KEY in layer)
    return " ".join(blocks.get_block(name).render(context).split())
