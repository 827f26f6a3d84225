"""The tag `once`, for what no request changes."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language

register = template.Library()


class OnceNode(template.Node):
    """Renders its contents at the first use in each language, and then repeats them."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.rendered: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The contents. They are rendered without variables, so that none can be kept."""
        language = get_language()
        html = self.rendered.get(language)
        if html is None:
            html = self.rendered[language] = self.nodelist.render(context.new())
        return html


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:  # noqa: ARG001 - a tag takes both
    """{% once %} … {% endonce %}: words, addresses of pages and files, the same for everybody."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist)
