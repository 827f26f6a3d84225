"""Which pictures of the library a document shows."""

import re

from publishing.content import PageContent

IMAGE_ADDRESS = re.compile(r"image:([a-z0-9-]+)")


def images_named(content: PageContent) -> set[str]:
    """The names of the pictures in the Markdown of a document."""
    return {
        slug for block in content.markdown_blocks() for slug in IMAGE_ADDRESS.findall(block.text)
    }
